import {
  TALLY_ENTRIES_SHOWN,
  type TallyEntry,
  type TallyLine,
  type TallyProblem,
  type TallySummary,
  type TallyView,
} from '../../../shared/desktop/tally-views.ts';
import type { ExpectedLine, GoodsReads } from '../../store/tally/goods-reads.ts';
import type { TallyEntries } from '../../store/tally/tally-entries.ts';
import type { TallyLines } from '../../store/tally/tally-lines.ts';
import type { EntryRow, LineRow, TallyRow } from '../../store/tally/tally-rows.ts';

export interface ViewPorts {
  goods: GoodsReads;
  entries: TallyEntries;
  lines: TallyLines;
}

export function tallySummary(tally: TallyRow, { goods, entries, lines }: ViewPorts): TallySummary {
  const { siteId, subjectId } = tally;
  const codeOf = (id: string | null): string | null =>
    id === null ? null : (goods.location(siteId, id)?.code ?? null);
  return {
    ...tally,
    subjectCode: subjectId === null ? null : subjectCode(tally, subjectId, goods),
    locationCode: codeOf(tally.locationId),
    toLocationCode: codeOf(tally.toLocationId),
    personName: goods.personName(tally.personId),
    pieces: lines.pieces(tally.tallyId),
    ...entries.tones(tally.tallyId),
  };
}

export function tallyView(tally: TallyRow, ports: ViewPorts): TallyView {
  const items = lineViews(tally, ports.lines.list(tally.tallyId), ports.goods);
  const entries = entryViews(
    tally,
    ports.entries.newest(tally.tallyId, TALLY_ENTRIES_SHOWN),
    ports.goods,
  );
  return { ...tallySummary(tally, ports), items, entries };
}

/** One of many, as after each scan, or all of them. */
export function lineViews(
  tally: TallyRow,
  rows: readonly LineRow[],
  goods: GoodsReads,
): TallyLine[] {
  const productIds = [...new Set(rows.map(({ productId }) => productId))];
  const products = goods.products(productIds);
  const packs = goods.packs(productIds);
  const places = goods.locationCodes(tally.siteId, [
    ...new Set(rows.map(({ locationId }) => locationId)),
  ]);
  const expected = expectedOf(tally, productIds, goods);
  return rows.map((row) => {
    const product = products.get(row.productId);
    const awaited = expected?.get(row.productId) ?? null;
    return {
      key: String(row.lineId),
      productId: row.productId,
      // Archived and gone from this laptop since.
      productName: product?.name ?? row.productId,
      sku: product?.sku ?? '',
      unit: product?.unit ?? '',
      packs: packs.get(row.productId) ?? [],
      locationId: row.locationId === '' ? null : row.locationId,
      locationCode: places.get(row.locationId) ?? null,
      lot: row.lot,
      serial: row.serial,
      expiresOn: row.expiresOn,
      quantity: row.quantity,
      scanned: row.scanned,
      typed: row.typed,
      problem: row.problem ?? lineProblem(row, expected && (awaited ?? NOT_EXPECTED)),
      expected: awaited?.expected ?? null,
      before: awaited?.before ?? null,
      at: row.at,
    };
  });
}

interface Awaited {
  expected: number;
  before: number;
}

const NOT_EXPECTED: Awaited = { expected: 0, before: 0 };

function lineProblem(row: LineRow, awaited: Awaited | null): TallyProblem | null {
  if (row.locationId === '') return 'placeNeeded';
  if (awaited === null || row.quantity === 0) return null;
  if (awaited === NOT_EXPECTED) return 'notExpected';
  return awaited.before + row.quantity > awaited.expected ? 'moreThanExpected' : null;
}

/** Null if the tally is not of a delivery. */
function expectedOf(
  { kind, siteId, subjectId }: TallyRow,
  productIds: readonly string[],
  goods: GoodsReads,
): Map<string, Awaited> | null {
  if (kind !== 'receive' || subjectId === null) return null;
  const [only] = productIds;
  const lines: readonly ExpectedLine[] =
    productIds.length === 1 && only !== undefined
      ? goods.expectedLines(siteId, subjectId, only)
      : goods.expectedLines(siteId, subjectId);
  const sums = new Map<string, Awaited>();
  for (const { productId, expected, received } of lines) {
    const sum = sums.get(productId) ?? NOT_EXPECTED;
    sums.set(productId, { expected: sum.expected + expected, before: sum.before + received });
  }
  return sums;
}

function entryViews(tally: TallyRow, rows: readonly EntryRow[], goods: GoodsReads): TallyEntry[] {
  const names = goods.products([...new Set(rows.flatMap(({ productId }) => productId ?? []))]);
  const places = goods.locationCodes(tally.siteId, [
    ...new Set(rows.flatMap(({ locationId }) => locationId ?? [])),
  ]);
  return rows.flatMap((row) =>
    row.kind === null
      ? []
      : [
          {
            entryId: row.entryId,
            code: row.code,
            kind: row.kind,
            problem: row.problem,
            productId: row.productId,
            productName: row.productId === null ? null : (names.get(row.productId)?.name ?? null),
            quantity: row.quantity,
            locationCode: row.locationId === null ? null : (places.get(row.locationId) ?? null),
            at: row.at,
            voidReason: row.voidReason,
          },
        ],
  );
}

function subjectCode(
  { kind, siteId }: TallyRow,
  subjectId: string,
  goods: GoodsReads,
): string | null {
  return kind === 'count'
    ? (goods.stockCount(siteId, subjectId)?.code ?? null)
    : goods.deliveryCode(siteId, subjectId);
}
