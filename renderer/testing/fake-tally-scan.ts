import type {
  ScanOutcomeKind,
  TallyProblem,
  TallyScanInput,
} from '../../shared/desktop/tally-views.ts';
import { isSuspect } from '../../shared/scan/is-suspect.ts';
import { readScan } from '../../shared/scan/read-scan.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import type { FakeCatalogue, FakeProduct } from './fake-catalogue.ts';
import type { FakeStore } from './fake-store.ts';
import { type FakeEntry, type FakeTally, linesOf } from './fake-tally-state.ts';

export interface FakeScanOptions {
  store: FakeStore;
  catalogue: FakeCatalogue;
  scanner: () => ScannerProfile;
}

/** What a scan is in a tally, by the rules of the real one as far as screens show them. */
export function fakeEntry(
  options: FakeScanOptions,
  tally: FakeTally,
  input: TallyScanInput,
): FakeEntry {
  const { store, catalogue, scanner } = options;
  const reading = readScan(input.text, scanner(), input.at);
  const entry: FakeEntry = {
    entryId: input.scanId,
    text: input.text,
    code: reading.code,
    kind: 'unknown',
    problem: null,
    productId: null,
    locationId: tally.locationId,
    lot: reading.lot ?? '',
    serial: reading.serial ?? '',
    expiresOn: reading.expiresOn,
    quantity: 0,
    at: input.at,
    voidReason: null,
  };
  const match = reading.location === null ? productOfCode(catalogue, reading.code) : null;
  if (match) {
    const quantity = (reading.quantity ?? 1) * match.packQuantity;
    const goods = { ...entry, productId: match.product.id, quantity };
    return { ...goods, ...judged(options, tally, goods) };
  }
  const place = store
    .rows('location')
    .find(({ row }) => row['site_id'] === tally.siteId && row['code'] === reading.code);
  if (!place) return entry;
  const isBlocked = tally.kind !== 'count' && place.row['blocked'] === 1;
  return isBlocked
    ? { ...entry, kind: 'wrongPlace', problem: 'placeBlocked', locationId: place.id }
    : { ...entry, kind: 'place', locationId: place.id };
}

function judged(
  { store, scanner }: FakeScanOptions,
  tally: FakeTally,
  entry: FakeEntry,
): { kind: ScanOutcomeKind; problem: TallyProblem | null } {
  const own = linesOf(tally).filter(({ productId }) => productId === entry.productId);
  if (entry.locationId === null && tally.kind !== 'receive') {
    return { kind: 'problem', problem: 'placeNeeded' };
  }
  if (entry.serial !== '' && own.some(({ serial }) => serial === entry.serial)) {
    return { kind: 'problem', problem: 'serialTwice' };
  }
  if (tally.kind === 'receive' && tally.subjectId !== null) {
    const awaited = fakeExpected(store, tally).get(entry.productId ?? '');
    if (!awaited) return { kind: 'suspect', problem: 'notExpected' };
    const comes = own.reduce((sum, { quantity }) => sum + quantity, entry.quantity);
    if (awaited.before + comes > awaited.expected) {
      return { kind: 'suspect', problem: 'moreThanExpected' };
    }
  }
  const before = tally.entries.findLast(
    ({ text, voidReason }) => text === entry.text && voidReason === null,
  );
  return isSuspect(before ?? null, entry, scanner().quietMs)
    ? { kind: 'suspect', problem: 'repeated' }
    : { kind: 'ok', problem: null };
}

/** What a delivery still lacks, by product. */
export function fakeExpected(
  store: FakeStore,
  tally: FakeTally,
): Map<string, { expected: number; before: number }> {
  const sums = new Map<string, { expected: number; before: number }>();
  for (const { row } of store.rows('delivery_line')) {
    if (row['delivery_id'] !== tally.subjectId) continue;
    const productId = String(row['product_id']);
    const sum = sums.get(productId) ?? { expected: 0, before: 0 };
    sums.set(productId, {
      expected: sum.expected + Number(row['expected']),
      before: sum.before + Number(row['received']),
    });
  }
  return sums;
}

function productOfCode(
  { products }: FakeCatalogue,
  code: string,
): { product: FakeProduct; packQuantity: number } | null {
  for (const product of products) {
    const pack = product.packs.find((one) => one.code === code);
    if (pack) return { product, packQuantity: pack.packQuantity };
    if (product.sku === code) return { product, packQuantity: 1 };
  }
  return null;
}
