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
  checked: CheckedRow,
  { places: [place] }: ImportLookUp,
  { siteId }: MatchOptions,
): MatchedRow {
  const { values } = checked;
  if (siteId === null) return { problems: [problemOf(checked, 'site', 'empty')] };
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
function matchStock(checked: CheckedRow, found: ImportLookUp, options: MatchOptions): MatchedRow {
  const problems = stockProblems(checked, found);
  const [place] = found.places;
  if (problems.length > 0 || found.product === null || place === undefined) return { problems };
  const { lot = null, serial = null, expires_on: expiresOn = null } = checked.values;
  const quantity = Number(checked.values['quantity']);
  if (quantity === found.onHand) return { effect: { kind: 'none' } };
  const row = {
    site_id: place.siteId,
    kind: 'adjust',
    product_id: found.product.id,
    from_location_id: null,
    to_location_id: place.id,
    quantity: quantity - found.onHand,
    reason: options.reason,
    reverses: null,
    moved_at: options.at,
    lot: String(lot ?? ''),
    serial: String(serial ?? ''),
    expires_on: stored(expiresOn),
  };
  return { effect: { kind: 'create', entity: 'stock_movement', row } };
}

function stockProblems(
  checked: CheckedRow,
  { product, places: [place, another] }: ImportLookUp,
): readonly RowProblem[] {
  const { sku = null, lot = null, serial = null, expires_on: expiresOn = null } = checked.values;
  const quantity = Number(checked.values['quantity']);
  const rules: readonly (readonly [isBroken: boolean, field: string, code: ProblemCode])[] = [
    [product === null, sku === null ? 'barcode' : 'sku', 'unknownProduct'],
    [place === undefined, 'location', 'unknownLocation'],
    [another !== undefined, 'location', 'ambiguousLocation'],
    [product?.tracking === 'lot' && lot === null, 'lot', 'lotMissing'],
    [product?.tracking === 'serial' && serial === null, 'serial', 'serialMissing'],
    [serial !== null && quantity > 1, 'quantity', 'serialOne'],
    [
      product?.tracksExpiry === true && expiresOn === null && quantity > 0,
      'expires_on',
      'expiryMissing',
    ],
  ];
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, field, code]) => problemOf(checked, field, code));
}

function stored(value: CellValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function problemOf({ row, values }: CheckedRow, field: string, code: ProblemCode): RowProblem {
  return { row, field, code, value: shownValue(String(values[field] ?? '')), facts: {} };
}
