import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { Settings } from '../../shared/desktop/settings.ts';
import {
  type ScanOutcome,
  type TallyLine,
  type TallyPosted,
  type TallySummary,
  type TallyView,
} from '../../shared/desktop/tally-views.ts';
import { TALLIES_CHANGED } from '../../shared/desktop/tallies-changed.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';
import type { FakeStore } from './fake-store.ts';
import { fakePosting } from './fake-tally-posting.ts';
import { fakeEntry, fakeExpected } from './fake-tally-scan.ts';
import {
  counts,
  type FakeEntry,
  type FakeLine,
  type FakeTally,
  keyOfGoods,
  linesOf,
} from './fake-tally-state.ts';

export interface FakeTallyOptions {
  store: FakeStore;
  catalogue: FakeCatalogue;
  calls: string[];
  now: () => number;
  settings: () => Settings;
}

/** Tallies in memory, by the rules of the real ones as far as screens show them. */
export function createFakeTally(options: FakeTallyOptions): DesktopApp['tally'] {
  const { store, calls, now, settings } = options;
  const tallies: FakeTally[] = [];
  const posted = new Map<string, TallyPosted>();
  const find = (tallyId: string): FakeTally => {
    const tally = tallies.find((one) => one.tallyId === tallyId);
    if (!tally) throw new TallymanError('NOT_FOUND', 'This tally is not on this laptop any more.');
    return tally;
  };
  const open = (tallyId: string): FakeTally => {
    const tally = find(tallyId);
    if (tally.state === 'open') return tally;
    throw new TallymanError('CONFLICT', 'This was posted or given up already. Begin a new one.');
  };
  const ofEntry = (entryId: string): { tally: FakeTally; entry: FakeEntry } => {
    for (const tally of tallies) {
      const entry = tally.entries.find((one) => one.entryId === entryId);
      if (entry) return { tally, entry };
    }
    throw new TallymanError('NOT_FOUND', 'This scan is not on this laptop any more.');
  };
  const tell = (tally: FakeTally): void => {
    tally.updatedAt = now();
    store.changed([TALLIES_CHANGED]);
  };
  const scan = { store, catalogue: options.catalogue, scanner: () => settings().scanner };

  return {
    start: async (input) => {
      const { kind, siteId, subjectId, locationId } = input;
      let tally = tallies.find(
        (one) =>
          one.state === 'open' &&
          one.kind === kind &&
          one.siteId === siteId &&
          one.subjectId === subjectId,
      );
      if (!tally) {
        const started = { startedAt: now(), updatedAt: now(), personId: settings().personId };
        const places = { locationId: null, toLocationId: null };
        const subject = { kind, siteId, subjectId };
        const empty = { state: 'open' as const, entries: [], typed: new Map() };
        tally = { tallyId: store.newId(), ...subject, ...places, ...started, ...empty };
        tallies.push(tally);
      }
      if (locationId !== null) tally.locationId = locationId;
      tell(tally);
      return viewOf(options, tally);
    },
    list: async ({ kind, siteId }) =>
      tallies
        .filter(({ state }) => state === 'open')
        .filter((one) => kind === null || one.kind === kind)
        .filter((one) => siteId === null || one.siteId === siteId)
        .toSorted((a, b) => b.updatedAt - a.updatedAt)
        .map((tally) => summaryOf(options, tally)),
    get: async (tallyId) => viewOf(options, find(tallyId)),
    scan: async (input) => {
      const tally = find(input.tallyId);
      const known = tally.entries.find(({ entryId }) => entryId === input.scanId);
      if (known) return outcomeOf(options, tally, known);
      const entry = fakeEntry(scan, open(input.tallyId), input);
      tally.entries.push(entry);
      if (entry.kind === 'place') movePlace(tally, entry.locationId);
      tally.updatedAt = now();
      return outcomeOf(options, tally, entry);
    },
    type: async ({ tallyId, quantity, expiresOn, ...goods }) => {
      const tally = open(tallyId);
      const { productId, locationId, lot, serial } = goods;
      const key = keyOfGoods({ productId, locationId, lot, serial });
      calls.push(`type ${String(quantity)}`);
      if (quantity === null) tally.typed.delete(key);
      else tally.typed.set(key, { quantity, after: tally.entries.length, at: now(), expiresOn });
      const line = linesOf(tally).find((one) => one.key === key);
      return line ? lineView(options, tally, line) : null;
    },
    assign: async ({ entryId, ...goods }) => {
      const { tally, entry } = ofEntry(entryId);
      Object.assign(entry, goods, { kind: 'ok', problem: null });
      entry.locationId ??= tally.locationId;
      tell(tally);
      return outcomeOf(options, tally, entry);
    },
    void: async ({ entryId, reason }) => {
      const { tally, entry } = ofEntry(entryId);
      entry.voidReason ??= reason;
      tell(tally);
    },
    place: async ({ tallyId, locationId, role }) => {
      const tally = open(tallyId);
      if (role === 'to') tally.toLocationId = locationId;
      else tally.locationId = locationId;
      tell(tally);
    },
    post: async (input) => {
      const before = posted.get(input.tallyId);
      if (before) return before;
      const tally = open(input.tallyId);
      const lines = linesOf(tally);
      calls.push(`post ${tally.kind}`);
      const operationId = store.record(
        fakePosting(store, tally, { lines, ...input, personId: settings().personId }),
      );
      const answer = {
        operationIds: [operationId],
        pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      };
      posted.set(tally.tallyId, answer);
      tally.state = 'posted';
      tell(tally);
      return answer;
    },
    discard: async ({ tallyId }) => {
      const tally = open(tallyId);
      tally.state = 'discarded';
      tell(tally);
    },
    unknown: async () =>
      tallies
        .filter(({ state }) => state !== 'discarded')
        .flatMap((tally) =>
          tally.entries
            .filter(({ kind, voidReason }) => kind === 'unknown' && voidReason === null)
            .map(({ entryId, code, locationId, at }) => ({
              entryId,
              tallyId: tally.tallyId,
              kind: tally.kind,
              code,
              locationCode: codeOf(options, locationId),
              at,
            })),
        ),
  };
}

/** Goods that are moved go to the second place that is scanned. */
function movePlace(tally: FakeTally, locationId: string | null): void {
  const isOnTheWay = tally.kind === 'move' && linesOf(tally).length > 0;
  if (isOnTheWay && locationId !== tally.locationId) tally.toLocationId = locationId;
  else tally.locationId = locationId;
}

function codeOf({ store }: FakeTallyOptions, locationId: string | null): string | null {
  const row = locationId === null ? null : store.row('location', locationId);
  return row ? String(row['code']) : null;
}

function outcomeOf(options: FakeTallyOptions, tally: FakeTally, entry: FakeEntry): ScanOutcome {
  const line = counts(entry)
    ? linesOf(tally).find(
        ({ key }) => key === keyOfGoods({ ...entry, productId: entry.productId ?? '' }),
      )
    : undefined;
  return {
    entryId: entry.entryId,
    kind: entry.kind,
    problem: entry.problem,
    code: entry.code,
    productName: nameOf(options, entry.productId),
    line: line ? lineView(options, tally, line) : null,
    locationCode:
      entry.productId === null && entry.kind !== 'unknown'
        ? codeOf(options, entry.locationId)
        : null,
    scans: tally.entries.filter(({ voidReason }) => voidReason === null).length,
  };
}

function nameOf({ catalogue }: FakeTallyOptions, productId: string | null): string | null {
  return catalogue.products.find(({ id }) => id === productId)?.name ?? null;
}

function lineView(options: FakeTallyOptions, tally: FakeTally, line: FakeLine): TallyLine {
  const product = options.catalogue.products.find(({ id }) => id === line.productId);
  const isDelivery = tally.kind === 'receive' && tally.subjectId !== null;
  const awaited = isDelivery ? fakeExpected(options.store, tally).get(line.productId) : undefined;
  return {
    ...line,
    productName: product?.name ?? line.productId,
    sku: product?.sku ?? '',
    unit: product?.unit ?? '',
    packs: (product?.packs ?? [])
      .filter(({ packQuantity }) => packQuantity > 1)
      .map(({ packQuantity }) => ({ quantity: packQuantity, unit: 'box' })),
    locationCode: codeOf(options, line.locationId),
    expected: awaited?.expected ?? null,
    before: awaited?.before ?? null,
  };
}

function summaryOf(options: FakeTallyOptions, tally: FakeTally): TallySummary {
  const { tallyId, state, kind, siteId, subjectId, personId, startedAt, updatedAt } = tally;
  const kept = tally.entries.filter(({ voidReason }) => voidReason === null);
  const lines = linesOf(tally);
  const subject =
    subjectId === null
      ? null
      : options.store.row(kind === 'count' ? 'stock_count' : 'delivery', subjectId);
  const person = personId === null ? null : options.store.row('person', personId);
  return {
    tallyId,
    state,
    kind,
    siteId,
    subjectId,
    locationId: tally.locationId,
    toLocationId: tally.toLocationId,
    personId,
    startedAt,
    updatedAt,
    subjectCode: subject ? String(subject['code']) : null,
    locationCode: codeOf(options, tally.locationId),
    toLocationCode: codeOf(options, tally.toLocationId),
    personName: person ? String(person['name']) : null,
    scans: kept.length,
    lines: lines.length,
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unknown: kept.filter((entry) => entry.kind === 'unknown').length,
    suspects: kept.filter((entry) => entry.kind === 'suspect').length,
  };
}

function viewOf(options: FakeTallyOptions, tally: FakeTally): TallyView {
  return {
    ...summaryOf(options, tally),
    items: linesOf(tally).map((line) => lineView(options, tally, line)),
    entries: tally.entries.toReversed().map((entry) => ({
      entryId: entry.entryId,
      code: entry.code,
      kind: entry.kind,
      problem: entry.problem,
      productId: entry.productId,
      productName: nameOf(options, entry.productId),
      quantity: entry.quantity,
      locationCode: codeOf(options, entry.locationId),
      at: entry.at,
      voidReason: entry.voidReason,
    })),
  };
}
