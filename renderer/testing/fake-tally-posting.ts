import type { TallyPost } from '../../shared/desktop/tally-views.ts';
import { countPlaceId } from '../../shared/domain/count-ids.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { RowChange } from '../../shared/sync/operation.ts';
import type { FakeStore } from './fake-store.ts';
import type { FakeLine, FakeTally } from './fake-tally-state.ts';

interface FakePosting extends TallyPost {
  lines: readonly FakeLine[];
  personId: string | null;
}

/** The rows that a tally becomes. */
export function fakePosting(store: FakeStore, tally: FakeTally, posting: FakePosting): RowChange[] {
  const changes =
    tally.kind === 'count'
      ? [
          ...posting.lines.map((line) => observation(store, tally, { line, posting })),
          ...posting.donePlaces.map((locationId) =>
            donePlace(store, tally, { locationId, posting }),
          ),
        ]
      : posting.lines
          .filter(({ quantity }) => quantity > 0)
          .map((line) => movement(store, tally, { line, posting }));
  if (changes.length === 0) throw new TallymanError('BAD_INPUT', 'There is nothing to post yet.');
  return changes;
}

function movement(
  store: FakeStore,
  tally: FakeTally,
  { line, posting }: { line: FakeLine; posting: FakePosting },
): RowChange {
  const { kind } = tally;
  const to = kind === 'move' ? tally.toLocationId : line.locationId;
  const deliveryLine =
    kind === 'receive'
      ? store
          .rows('delivery_line')
          .find(
            ({ row }) =>
              row['delivery_id'] === tally.subjectId && row['product_id'] === line.productId,
          )
      : undefined;
  return created('stock_movement', store.newId(), {
    site_id: tally.siteId,
    kind,
    product_id: line.productId,
    from_location_id: kind === 'receive' ? null : line.locationId,
    to_location_id: kind === 'issue' ? null : to,
    quantity: line.quantity,
    reason: posting.reason,
    reverses: null,
    moved_at: store.now(),
    lot: line.lot,
    serial: line.serial,
    expires_on: line.expiresOn,
    cause: null,
    person_id: posting.personId,
    delivery_line_id: deliveryLine?.id ?? null,
    count_id: null,
  });
}

function observation(
  store: FakeStore,
  tally: FakeTally,
  { line, posting }: { line: FakeLine; posting: FakePosting },
): RowChange {
  return created('count_observation', store.newId(), {
    site_id: tally.siteId,
    count_id: tally.subjectId,
    product_id: line.productId,
    location_id: line.locationId,
    lot: line.lot,
    serial: line.serial,
    expires_on: line.expiresOn,
    round: 1,
    quantity: line.quantity,
    seen_at: line.at,
    person_id: posting.personId,
    note: posting.reason,
    reverses: null,
  });
}

function donePlace(
  store: FakeStore,
  tally: FakeTally,
  { locationId, posting }: { locationId: string; posting: FakePosting },
): RowChange {
  const countId = tally.subjectId ?? '';
  return created('count_place', countPlaceId(countId, locationId), {
    site_id: tally.siteId,
    count_id: countId,
    location_id: locationId,
    person_id: posting.personId,
    done_at: store.now(),
  });
}

function created(entity: string, id: string, row: StoredRow): RowChange {
  const { version } = entityNamed(entity);
  return { kind: 'create', entity, version, id, row: { id, ...row } };
}
