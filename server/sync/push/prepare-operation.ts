import type { StoredValue } from '../../../shared/entities/define-entity.ts';
import { type AnyEntity, ENTITIES, entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import {
  type Operation,
  OPERATION_BYTES_MAX,
  type RowChange,
} from '../../../shared/sync/operation.ts';
import { argumentsOf } from './operation-arguments.ts';
import { reencodeChange } from '../../../shared/sync/reencode-change.ts';
import { OperationRefused } from './operation-refused.ts';

export interface PreparedChange {
  entity: AnyEntity;
  change: RowChange;
}

/**
 * The changes of an operation as this server's definitions have them, in the order in which they can be done: what is
 * pointed to is written before what points to it and removed after it. Throws OperationRefused, or UPGRADE_REQUIRED.
 */
export function prepareOperation(operation: Operation): PreparedChange[] {
  const bytes = Buffer.byteLength(argumentsOf(operation));
  if (bytes > OPERATION_BYTES_MAX) {
    throw new OperationRefused('TOO_LARGE', 'This is more than can be sent in one piece.', {
      details: { bytes, most: OPERATION_BYTES_MAX },
    });
  }
  return operation.changes.map(prepareChange).toSorted((a, b) => rankOf(a) - rankOf(b));
}

function prepareChange(given: RowChange): PreparedChange {
  const entity = knownEntity(given);
  const change = reencodeChange(entity, given);
  assertShape(entity, change);
  return { entity, change };
}

const PLACES: ReadonlyMap<string, number> = new Map(ENTITIES.map(({ name }, at) => [name, at]));

function rankOf({ change }: PreparedChange): number {
  const place = PLACES.get(change.entity) ?? 0;
  return change.kind === 'remove' ? 2 * ENTITIES.length - place : place;
}

function knownEntity({ entity }: RowChange): AnyEntity {
  if (PLACES.has(entity)) return entityNamed(entity);
  throw new TallymanError(
    'UPGRADE_REQUIRED',
    'This Tallyman is newer than the server. Ask for the server to be updated.',
    { details: { entity } },
  );
}

/** A laptop neither names columns that there are not, nor gives a row another id or another site. */
function assertShape(entity: AnyEntity, change: RowChange): void {
  const shapes = change.kind === 'create' ? [change.row] : [change.from];
  if (change.kind === 'update') shapes.push(change.to);
  const known = new Set(entity.columns.map(({ name }) => name));
  // No engine keeps half a character, PostgreSQL no NUL, and a laptop has to be answered for good.
  if (shapes.some((shape) => Object.values(shape).some(cannotBeKept))) {
    throw badShape(change, 'has a character that cannot be kept');
  }
  const isKnown = shapes.every((shape) => Object.keys(shape).every((name) => known.has(name)));
  const ids = shapes.every((shape) => (shape['id'] ?? change.id) === change.id);
  const sameKeys =
    change.kind !== 'update' ||
    (Object.keys(change.to).every((name) => name in change.from) &&
      Object.keys(change.from).every((name) => name in change.to));
  // Ids are compared as text, so one id must have one spelling.
  if (isKnown && ids && sameKeys && change.id === change.id.toLowerCase()) return;
  throw badShape(change, 'is not whole');
}

function cannotBeKept(value: StoredValue): boolean {
  return typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());
}

export function badShape({ entity, id }: RowChange, what: string): OperationRefused {
  return new OperationRefused('BAD_INPUT', `This change of a ${spoken(entity)} ${what}.`, {
    details: { entity, id },
  });
}

export function spoken(entity: string): string {
  return entity.replaceAll('_', ' ');
}
