import { countLineId, type GoodsKey } from '../../../shared/domain/count-ids.ts';
import { countedOf } from '../../../shared/domain/settle-line.ts';
import type { LineFlag } from '../../../shared/desktop/count-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import type { CountLine } from '../../../shared/entities/count-line.ts';
import type { CountObservation } from '../../../shared/entities/count-observation.ts';
import { breathePaced } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { CountBook } from './count-book.ts';
import type { FoundCount } from './count-of.ts';
import { type CountProduct, CountProducts } from './count-products.ts';
import { countRows } from './count-rows.ts';
import { finishedPlaces, placeCodes } from './finished-places.ts';

/** Goods that are worked out between two breaths. */
const GOODS_PER_STEP = 200;

const WORK_VERSION = 'PRAGMA data_version';
const LEVELS_AT = `SELECT product_id, location_id, lot, serial FROM stock_level WHERE location_id = ?`;

/** All that is known of some goods in a count. */
export interface LineState {
  lineId: string;
  goods: GoodsKey;
  product: CountProduct | null;
  locationCode: string;
  line: CountLine | null;
  sights: readonly CountObservation[];
  /** Null: a recount is open. */
  counted: number | null;
  seenAt: number | null;
  book: number | null;
  /** What lies there now, as far as is known. */
  level: number | null;
  flags: readonly LineFlag[];
  pending: boolean;
}

interface Gathered {
  goods: GoodsKey;
  sights: CountObservation[];
  pending: boolean;
}

/** Every line of a count, by place and product. Worked out once until something changes, here or on the server. */
export async function countLines(
  reader: ReplicaReader,
  found: FoundCount,
  signal: AbortSignal,
): Promise<readonly LineState[]> {
  const version = reader.work.value<number>(WORK_VERSION);
  const key = JSON.stringify(['count-lines', found.count.id, version]);
  return reader.remember(key, () => workOut(reader, found, signal), { withStock: true });
}

async function workOut(
  reader: ReplicaReader,
  found: FoundCount,
  signal: AbortSignal,
): Promise<LineState[]> {
  const { count, site } = found;
  const of = { site, countId: count.id };
  const observations = await countRows(reader, { ...of, entity: 'count_observation' }, signal);
  const lines = await countRows(reader, { ...of, entity: 'count_line' }, signal);
  const products = new CountProducts(reader, count);
  const done = finishedPlaces(reader, site, count.id);
  const gathered = gather([...observations.values()]);
  for (const place of done.keys()) addUnseen(gathered, { site, products }, place);
  for (const { row } of lines.values()) addGoods(gathered, row as unknown as GoodsKey);
  const codes = placeCodes(reader, site, [
    ...new Set([...gathered.values()].map(({ goods }) => goods.location_id)),
  ]);
  const book = new CountBook(reader, site);
  const pause = breathePaced(signal);
  const all = [...gathered.values()];
  const states: LineState[] = [];
  for (let at = 0; at < all.length; at += GOODS_PER_STEP) {
    const step = all.slice(at, at + GOODS_PER_STEP);
    const known = products.read(step.map(({ goods }) => goods.product_id));
    for (const one of step) {
      const lineId = countLineId(count.id, one.goods);
      const line = (lines.get(lineId)?.row ?? null) as unknown as CountLine | null;
      const product = known.get(one.goods.product_id) ?? null;
      const doneAt = done.get(one.goods.location_id) ?? null;
      const isSought = product !== null && products.includes(product);
      const pending = one.pending || lines.get(lineId)?.pending === true;
      const locationCode = codes.get(one.goods.location_id) ?? '';
      const facts = { lineId, line, product, locationCode, pending };
      const state = lineState(one, facts, { book, doneAt: isSought ? doneAt : null });
      if (state !== null) states.push(state);
      await pause();
    }
  }
  return states.toSorted(byPlace);
}

function gather(
  rows: readonly { row: Readonly<Record<string, unknown>>; pending: boolean }[],
): Map<string, Gathered> {
  const gathered = new Map<string, Gathered>();
  for (const { row, pending } of rows) {
    // The entity has no booleans, so its stored form is its typed one.
    const sight = row as unknown as CountObservation;
    const one = addGoods(gathered, sight);
    one.sights.push(sight);
    one.pending ||= pending;
  }
  return gathered;
}

function addGoods(gathered: Map<string, Gathered>, goods: GoodsKey): Gathered {
  const { product_id, location_id, lot, serial } = goods;
  const key = JSON.stringify([location_id, product_id, lot, serial]);
  let one = gathered.get(key);
  if (one === undefined) {
    one = { goods: { product_id, location_id, lot, serial }, sights: [], pending: false };
    gathered.set(key, one);
  }
  return one;
}

/** What the ledger knows at a place that was counted to the end, as far as it was looked for. */
function addUnseen(
  gathered: Map<string, Gathered>,
  { site, products }: { site: SiteReader; products: CountProducts },
  locationId: string,
): void {
  const levels = site.db.all<GoodsKey>(LEVELS_AT, locationId);
  const known = products.read(levels.map(({ product_id }) => product_id));
  for (const level of levels) {
    const product = known.get(level.product_id);
    if (product && products.includes(product)) addGoods(gathered, level);
  }
}

type Facts = Pick<LineState, 'lineId' | 'line' | 'product' | 'locationCode' | 'pending'>;

/** Null of goods about which the count says nothing. */
function lineState(
  { goods, sights }: Gathered,
  facts: Facts,
  { book, doneAt }: { book: CountBook; doneAt: number | null },
): LineState | null {
  const { line } = facts;
  const said = countedOf({ sights, round: line?.round ?? 1, doneAt });
  if (said === null) return line === null ? null : emptyState(goods, sights, facts);
  if (said === 'recount') {
    return { ...emptyState(goods, sights, facts), flags: ['recount'] };
  }
  const firstSeenAt = sights.reduce((first, { seen_at: at }) => Math.min(first, at), said.seenAt);
  const entry = book.at(goods, { seenAt: said.seenAt, firstSeenAt });
  const isUnseen = sights.length === 0;
  // Nothing was known of them there, nobody saw them, and so it is.
  if (isUnseen && line === null && entry.book === 0) return null;
  const isPosted = line !== null && line.book !== null && line.seen_at === said.seenAt;
  const people = new Set(sights.map(({ person_id: id }) => id));
  const flags: LineFlag[] = [];
  if (entry.isMoved) flags.push('moved');
  if (people.size > 1) flags.push('twoCounters');
  if (isUnseen) flags.push('unseen');
  return {
    ...facts,
    goods,
    sights,
    ...said,
    book: isPosted ? line.book : entry.book,
    level: entry.level,
    flags,
  };
}

function emptyState(goods: GoodsKey, sights: readonly CountObservation[], facts: Facts): LineState {
  return {
    ...facts,
    goods,
    sights,
    counted: null,
    seenAt: null,
    book: null,
    level: null,
    flags: [],
  };
}

function byPlace(a: LineState, b: LineState): number {
  return (
    compareText(a.locationCode, b.locationCode) ||
    compareText(a.product?.name ?? '', b.product?.name ?? '') ||
    compareText(a.goods.lot, b.goods.lot) ||
    compareText(a.goods.serial, b.goods.serial)
  );
}
