import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type {
  CountLineView,
  CountPlaceView,
  CountSummary,
  PersonName,
} from '../../shared/desktop/count-views.ts';
import { countLineId, countPlaceId } from '../../shared/domain/count-ids.ts';
import { countedOf } from '../../shared/domain/settle-line.ts';
import type { CountLine } from '../../shared/entities/count-line.ts';
import type { CountObservation } from '../../shared/entities/count-observation.ts';
import type { CountPlace } from '../../shared/entities/count-place.ts';
import {
  COUNT_STAGES,
  type CountStage,
  stockCount,
  type StockCount,
} from '../../shared/entities/stock-count.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';
import type { FakeStore } from './fake-store.ts';

interface FakeCountParts {
  store: FakeStore;
  catalogue: FakeCatalogue;
}

/** The real contract of counts over the fake store. The ledger is what the generated catalogue says lies there. */
export function createFakeCounts(parts: FakeCountParts): DesktopApp['counts'] {
  const { store } = parts;
  const counts = (): StockCount[] =>
    store.rows('stock_count').map(({ row }) => fromStored(stockCount, row) as StockCount);
  const find = (id: string): StockCount | null => counts().find((one) => one.id === id) ?? null;
  return {
    list: async ({ siteId, show, text, limit }) =>
      counts()
        .filter((one) => siteId === null || one.site_id === siteId)
        .filter(({ stage }) => isShown(stage, show))
        .filter(({ code }) => code.toLowerCase().includes(text.trim().toLowerCase()))
        .slice(0, limit)
        .map((count) => summaryOf(parts, count)),
    get: async (id) => {
      const count = find(id);
      return count && summaryOf(parts, count);
    },
    places: async ({ countId, show, offset, limit }) => {
      const count = find(countId);
      const all = count ? placesOf(parts, count) : [];
      const fitting = all.filter(
        ({ doneAt }) => show === 'all' || (doneAt !== null) === (show === 'done'),
      );
      return {
        items: fitting.slice(offset, offset + limit),
        total: fitting.length,
        places: all.length,
        done: all.filter(({ doneAt }) => doneAt !== null).length,
      };
    },
    lines: async ({ countId, filter, offset, limit }) => {
      const count = find(countId);
      if (count === null) return { items: [], total: 0, totals: null };
      const isBlind = count.blind && count.stage < COUNT_STAGES.review;
      const all = linesOf(parts, count).map((line) => (isBlind ? blindfold(line) : line));
      const fitting = all.filter(
        ({ variance, flags }) =>
          filter === 'all' || (filter === 'differences' ? variance !== 0 : flags.includes(filter)),
      );
      return {
        items: fitting.slice(offset, offset + limit),
        total: fitting.length,
        totals: isBlind
          ? null
          : {
              lines: all.length,
              differences: all.filter(({ variance }) => variance !== 0).length,
              recounts: all.filter(({ flags }) => flags.includes('recount')).length,
              moved: 0,
              twoCounters: all.filter(({ flags }) => flags.includes('twoCounters')).length,
              over: all.reduce((sum, { variance }) => sum + Math.max(0, variance ?? 0), 0),
              under: all.reduce((sum, { variance }) => sum + Math.max(0, -(variance ?? 0)), 0),
              value: {},
            },
      };
    },
    check: async ({ id }) => {
      const count = find(id);
      const lines = count ? linesOf(parts, count) : [];
      const open = lines.filter(({ counted }) => counted === null);
      return {
        lines: lines.length,
        errors: open.length,
        warnings: 0,
        problems: open.map(({ lineId, productName, locationCode }) => ({
          key: lineId,
          code: 'notCounted',
          isError: true,
          words: { product: productName, place: locationCode },
        })),
      };
    },
  };
}

function rowsOf<T>(store: FakeStore, entity: string): T[] {
  return store.rows(entity).map(({ row }) => row as unknown as T);
}

function isShown(stage: number, show: 'open' | 'review' | 'done' | 'all'): boolean {
  const { review } = COUNT_STAGES;
  if (show === 'review') return stage === review;
  return show === 'all' || (show === 'open' ? stage < review : stage > review);
}

function personNamed(store: FakeStore, id: string): PersonName {
  const name = store.row('person', id)?.['name'] ?? null;
  return { id, name: name === null ? null : String(name) };
}

function summaryOf(parts: FakeCountParts, count: StockCount): CountSummary {
  const { store, catalogue } = parts;
  const named = (id: string | null): PersonName | null =>
    id === null ? null : personNamed(store, id);
  const sights = sightsOf(store, count.id);
  const observers = new Set(sights.flatMap(({ person_id: id }) => (id === null ? [] : [id])));
  const places = rowsOf<CountPlace>(store, 'count_place').filter(
    (one) => one.count_id === count.id && one.done_at !== null,
  );
  const stages = Object.keys(COUNT_STAGES) as CountStage[];
  return {
    id: count.id,
    siteId: count.site_id,
    siteCode: catalogue.sites.find(({ id }) => id === count.site_id)?.code ?? '',
    code: count.code,
    stage: stages.find((name) => COUNT_STAGES[name] === count.stage) ?? 'planned',
    blind: count.blind,
    zone: count.zone,
    categoryId: count.category_id,
    categoryName: catalogue.categories.find(({ id }) => id === count.category_id)?.name ?? null,
    abc: count.abc,
    notSince: count.not_since,
    dueAt: count.due_at,
    repeatDays: count.repeat_days,
    counters: (JSON.parse(count.counters) as string[]).map((id) => personNamed(store, id)),
    countedBy: [...observers].map((id) => personNamed(store, id)),
    createdBy: named(count.created_by),
    approvedBy: named(count.approved_by),
    approvedAt: count.approved_at,
    note: count.note,
    placesDone: places.length,
    lines: new Set(sights.map((sight) => countLineId(count.id, sight))).size,
    pending: store.isPending('stock_count', count.id),
    conflict: store.isInConflict('stock_count', count.id),
  };
}

function sightsOf(store: FakeStore, countId: string): CountObservation[] {
  return rowsOf<CountObservation>(store, 'count_observation').filter(
    (one) => one.count_id === countId,
  );
}

function placesOf({ store }: FakeCountParts, count: StockCount): CountPlaceView[] {
  const sights = sightsOf(store, count.id);
  return store
    .rows('location')
    .filter(({ row }) => row['site_id'] === count.site_id)
    .filter(({ row }) => count.zone === null || row['zone'] === count.zone)
    .map(({ id, row }): CountPlaceView => {
      const place = store.row('count_place', countPlaceId(count.id, id));
      const personId = place?.['person_id'] ?? null;
      const own = sights.filter(({ location_id: at }) => at === id);
      return {
        locationId: id,
        code: String(row['code']),
        name: row['name'] === null ? null : String(row['name']),
        zone: row['zone'] === null ? null : String(row['zone']),
        isExtra: false,
        person: personId === null ? null : personNamed(store, String(personId)),
        doneAt: typeof place?.['done_at'] === 'number' ? place['done_at'] : null,
        lines: new Set(own.map((sight) => countLineId(count.id, sight))).size,
      };
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function linesOf({ store, catalogue }: FakeCountParts, count: StockCount): CountLineView[] {
  const byLine = Map.groupBy(sightsOf(store, count.id), (sight) => countLineId(count.id, sight));
  return [...byLine].flatMap(([lineId, sights]): CountLineView[] => {
    const [first] = sights;
    if (!first) return [];
    const people = new Set(sights.map(({ person_id: id }) => id));
    const line = store.row('count_line', lineId) as unknown as CountLine | null;
    const product = catalogue.products.find(({ id }) => id === first.product_id);
    const code = String(store.row('location', first.location_id)?.['code'] ?? '');
    const said = countedOf({ sights, round: line?.round ?? 1, doneAt: null });
    const counted = said === 'recount' ? null : (said?.counted ?? 0);
    const book = product?.stock.find(({ locationCode }) => locationCode === code)?.quantity ?? 0;
    return [
      {
        lineId,
        productId: first.product_id,
        ...productOf(product),
        locationId: first.location_id,
        locationCode: code,
        lot: first.lot,
        serial: first.serial,
        expiresOn: first.expires_on,
        counted,
        seenAt: first.seen_at,
        book,
        variance: counted === null ? null : counted - book,
        value: null,
        currency: null,
        ...decidedOf(store, line),
        flags: [
          ...(said === 'recount' ? (['recount'] as const) : []),
          ...(people.size > 1 ? (['twoCounters'] as const) : []),
        ],
        sights: sights.map((sight) => sightView(store, sight)),
        pending: sights.some(({ id }) => store.isPending('count_observation', id)),
      },
    ];
  });
}

/** What the real reader leaves out for whoever counts blind. */
function blindfold(line: CountLineView): CountLineView {
  return { ...line, book: null, variance: null, value: null };
}

function sightView(store: FakeStore, sight: CountObservation): CountLineView['sights'][number] {
  const { id, round, quantity, seen_at: seenAt, person_id: personId, note } = sight;
  const person = personId === null ? null : personNamed(store, personId);
  return { id, round, quantity, seenAt, person, note, isVoid: false };
}

function productOf(product: FakeCatalogue['products'][number] | undefined) {
  return {
    productName: product?.name ?? null,
    sku: product?.sku ?? null,
    unit: product?.unit ?? '',
  };
}

function decidedOf(store: FakeStore, line: CountLine | null) {
  return {
    round: line?.round ?? 1,
    cause: line?.cause ?? null,
    note: line?.note ?? null,
    decidedBy: line?.decided_by ? personNamed(store, line.decided_by) : null,
    isWritten: line !== null,
  };
}
