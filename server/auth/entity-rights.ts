import { COUNT_STAGES } from '../../shared/entities/stock-count.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../shared/entities/registry.ts';
import type { WriteKind } from '../../shared/sync/patterns/sync-pattern.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';

/** From which role on somebody may do it, in the scope of the row. */
type EntityRight = Partial<Record<WriteKind, Role>> & {
  /** For an update of these columns alone, to these values if it says which. */
  lesser?: { role: Role; columns: Readonly<Record<string, readonly unknown[] | 'any'>> };
};

const everything = (role: Role): EntityRight => ({ create: role, update: role, remove: role });

/**
 * What a change of a row asks of its author. Entities that are not here: whoever works there adds events, and supervisors
 * write everything else.
 */
const ENTITY_RIGHTS: Readonly<Record<string, EntityRight>> = {
  stock_movement: everything('picker'),
  product_note: everything('picker'),
  product_photo: everything('picker'),
  site_photo: everything('picker'),
  // Whoever receives the goods says that they have come; what was ordered is not theirs to change.
  delivery: { ...everything('supervisor'), lesser: { role: 'picker', columns: { state: 'any' } } },
  barcode: everything('counter'),
  count_observation: everything('counter'),
  count_place: everything('counter'),
  // Whoever counts begins the count and hands it over for review.
  stock_count: {
    ...everything('supervisor'),
    lesser: {
      role: 'counter',
      columns: { stage: [COUNT_STAGES.counting, COUNT_STAGES.review] },
    },
  },
  person: everything('administrator'),
  site: everything('administrator'),
};

/** `to`: the columns of an update. */
export function roleToWrite(entity: AnyEntity, kind: WriteKind, to: StoredRow = {}): Role {
  const right = ENTITY_RIGHTS[entity.name];
  if (right === undefined) return entity.pattern.kind === 'appendOnly' ? 'picker' : 'supervisor';
  if (kind === 'update' && right.lesser !== undefined && isWithin(right.lesser.columns, to)) {
    return right.lesser.role;
  }
  return right[kind] ?? 'supervisor';
}

function isWithin(
  columns: Readonly<Record<string, readonly unknown[] | 'any'>>,
  to: StoredRow,
): boolean {
  const written = Object.entries(to);
  return (
    written.length > 0 &&
    written.every(([column, value]) => {
      const allowed = Object.hasOwn(columns, column) ? columns[column] : undefined;
      return allowed === 'any' || allowed?.includes(value) === true;
    })
  );
}
