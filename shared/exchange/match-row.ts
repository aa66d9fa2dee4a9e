import type { ImportLookUp, ImportPlace } from '../desktop/exchange-views.ts';
import type { StoredRow } from '../entities/define-entity.ts';
import type { CheckedRow } from './check-rows.ts';
import type { ImportKind } from './import-fields.ts';
import type { CellValue } from './read-cell.ts';
import { type ProblemCode, type RowProblem, shownValue } from './row-problem.ts';

/** What a row changes on this laptop. */
export type RowEffect =
  | { kind: 'create'; entity: 'location' | 'stock_movement'; row: StoredRow }
  | { kind: 'update'; entity: 'location'; id: string; fields: StoredRow }
  /** All of it is as the file says. */
  | { kind: 'none' };

export interface MatchOptions {
  kind: ImportKind;
  /** Of the row, or of the file; null if none is named. */
  siteId: string | null;
  /** Of the movements that opening stock becomes. */
  reason: string;
  /** UTC epoch milliseconds. */
  at: number;
}

export type MatchedRow = { effect: RowEffect } | { problems: readonly RowProblem[] };

/** Holds a row against what this laptop knows. */
export function matchRow(row: CheckedRow, found: ImportLookUp, options: MatchOptions): MatchedRow {
  switch (options.kind) {
    case 'locations':
      return matchLocation(row, found, options);
    case 'stock':
      return matchStock(row, found, options);
    case 'products':
      return { effect: { kind: 'none' } };
  }
}

const LOCATION_FIELDS = ['name', 'zone', 'capacity', 'blocked', 'note'] as const;

/** A column that the file does not have leaves a location as it is. */
function matchLocation(
  { row, values }: CheckedRow,
  { places: [place] }: ImportLookUp,
  { siteId }: MatchOptions,
): MatchedRow {
  if (siteId === null) return { problems: [problemOf(row, 'site', values, 'empty')] };
  const given = LOCATION_FIELDS.filter((name) => name in values);
  if (place === undefined) {
    const fields = Object.fromEntries(
      LOCATION_FIELDS.map((name) => [name, stored(values[name] ?? null)]),
    );
    const made = { ...fields, site_id: siteId, code: String(values['code']) };
    const blocked = values['blocked'] === true ? 1 : 0;
    return { effect: { kind: 'create', entity: 'location', row: { ...made, blocked } } };
  }
  const changed = given
    .map((name) => [name, stored(valueFor(name, values))] as const)
    .filter(([name, value]) => value !== stored(place[name]));
  if (changed.length === 0) return { effect: { kind: 'none' } };
  const fields = Object.fromEntries(changed);
  return { effect: { kind: 'update', entity: 'location', id: place.id, fields } };
}

/** Whether it is blocked is not nothing: an empty cell says no. */
function valueFor(name: keyof ImportPlace, values: CheckedRow['values']): CellValue {
  return name === 'blocked' ? values['blocked'] === true : (values[name] ?? null);
}

/** The difference to what is there becomes a movement, so that a second import of the same changes nothing. */
function matchStock(
  { row, values }: CheckedRow,
  { product, places, onHand }: ImportLookUp,
  { reason, at }: MatchOptions,
): MatchedRow {
  const problems: RowProblem[] = [];
  const tell = (field: string, code: ProblemCode): void => {
    problems.push(problemOf(row, field, values, code));
  };
  if (product === null)
    tell((values['sku'] ?? null) === null ? 'barcode' : 'sku', 'unknownProduct');
  const [place, another] = places;
  if (place === undefined) tell('location', 'unknownLocation');
  if (another !== undefined) tell('location', 'ambiguousLocation');
  const { lot = null, serial = null, expires_on: expiresOn = null } = values;
  const quantity = Number(values['quantity']);
  if (product?.tracking === 'lot' && lot === null) tell('lot', 'lotMissing');
  if (product?.tracking === 'serial' && serial === null) tell('serial', 'serialMissing');
  if (serial !== null && quantity > 1) tell('quantity', 'serialOne');
  if (product?.tracksExpiry === true && expiresOn === null && quantity > 0) {
    tell('expires_on', 'expiryMissing');
  }
  if (problems.length > 0 || product === null || place === undefined) return { problems };
  if (quantity === onHand) return { effect: { kind: 'none' } };
  const goods = { lot: String(lot ?? ''), serial: String(serial ?? '') };
  return {
    effect: {
      kind: 'create',
      entity: 'stock_movement',
      row: {
        ...goods,
        site_id: place.siteId,
        kind: 'adjust',
        product_id: product.id,
        from_location_id: null,
        to_location_id: place.id,
        quantity: quantity - onHand,
        reason,
        reverses: null,
        moved_at: at,
        expires_on: stored(expiresOn),
      },
    },
  };
}

function stored(value: CellValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function problemOf(
  row: number,
  field: string,
  values: CheckedRow['values'],
  code: ProblemCode,
): RowProblem {
  return { row, field, code, value: shownValue(String(values[field] ?? '')), facts: {} };
}
