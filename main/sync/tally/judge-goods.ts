import type { TallyProblem } from '../../../shared/desktop/tally-views.ts';
import type { GoodsReads, HeldGoods, ProductFacts } from '../../store/tally/goods-reads.ts';
import type { TallyLines } from '../../store/tally/tally-lines.ts';
import type { EntryFinding, LineGoods, TallyRow } from '../../store/tally/tally-rows.ts';

const DAY_MS = 86_400_000;

/** Goods that a scan or a person named, with what their label says. */
export interface NamedGoods {
  product: ProductFacts;
  quantity: number;
  lot: string;
  serial: string;
  expiresOn: number | null;
}

export interface Judging {
  tally: TallyRow;
  goods: GoodsReads;
  lines: TallyLines;
  now: number;
}

export type GoodsFinding = Pick<
  EntryFinding,
  'kind' | 'problem' | 'lot' | 'serial' | 'expiresOn' | 'quantity'
>;

/** What a scan of goods comes to in a tally. Only ok and suspect count. */
export function judgeGoods(named: NamedGoods, judging: Judging): GoodsFinding {
  const found = completed(named, judging);
  const problem = hindrance(named.product, found, judging);
  if (problem !== null) {
    return { ...found, kind: problem === 'notHere' ? 'wrongPlace' : 'problem', problem };
  }
  const doubt = suspicion(named.product, found, judging);
  return { ...found, kind: doubt === null ? 'ok' : 'suspect', problem: doubt };
}

/** What is counted although its book says otherwise: a person has looked and said so. Serial numbers are still refused. */
export function judgeAssigned(named: NamedGoods, judging: Judging): GoodsFinding {
  const found = completed(named, judging);
  const problem = hindrance(named.product, found, judging);
  const stands = problem === 'serialTwice' || problem === 'placeNeeded' || needsMore(problem);
  if (stands) return { ...found, kind: 'problem', problem };
  return { ...found, kind: 'ok', problem: null };
}

function needsMore(problem: TallyProblem | null): boolean {
  return problem === 'lotNeeded' || problem === 'serialNeeded';
}

type Completed = Omit<NamedGoods, 'product'>;

/** Only what a product is told apart by makes lines of their own; what a label leaves out, the book may know. */
function completed(named: NamedGoods, { tally, goods }: Judging): Completed {
  const { product, quantity } = named;
  if (product.tracking === 'none') {
    return { quantity, lot: '', serial: '', expiresOn: named.expiresOn };
  }
  if (product.tracking === 'lot') {
    const known = named.lot !== '' && named.expiresOn === null && tally.kind !== 'receive';
    const held = known
      ? goods.held(tally.siteId, product.id).find(({ lot }) => lot === named.lot)
      : undefined;
    return {
      quantity,
      lot: named.lot,
      serial: '',
      expiresOn: named.expiresOn ?? held?.expiresOn ?? null,
    };
  }
  const isKnown = named.serial !== '' && tally.kind !== 'receive';
  const held = isKnown
    ? goods.held(tally.siteId, product.id).find(({ serial }) => serial === named.serial)
    : undefined;
  return {
    quantity: named.serial === '' ? quantity : 1,
    lot: held?.lot ?? named.lot,
    serial: named.serial,
    expiresOn: named.expiresOn ?? held?.expiresOn ?? null,
  };
}

/** Why the goods are not counted. */
function hindrance(product: ProductFacts, found: Completed, judging: Judging): TallyProblem | null {
  const { tally, lines, goods, now } = judging;
  if (product.tracking === 'lot' && found.lot === '') return 'lotNeeded';
  if (product.tracking === 'serial' && found.serial === '') return 'serialNeeded';
  if (tally.locationId === null && tally.kind !== 'receive') return 'placeNeeded';
  if (found.serial !== '' && isSerialTwice(product, found, judging)) return 'serialTwice';
  if (tally.kind !== 'issue' && tally.kind !== 'move') return null;
  const here = heldHere(goods.held(tally.siteId, product.id), found, tally.locationId);
  if (here.every(({ onHand }) => onHand <= 0)) return 'notHere';
  const isExpired = found.expiresOn !== null && found.expiresOn + DAY_MS <= now;
  if (
    tally.kind === 'issue' &&
    isExpired &&
    lines.find(tally.tallyId, lineOf(product, found, tally)) === null
  ) {
    return 'expired';
  }
  return null;
}

function isSerialTwice(product: ProductFacts, found: Completed, judging: Judging): boolean {
  const { tally, lines, goods } = judging;
  if (lines.hasSerial(tally.tallyId, product.id, found.serial)) return true;
  if (tally.kind === 'count') return wasCounted(product, found, judging);
  return (
    tally.kind === 'receive' &&
    goods
      .held(tally.siteId, product.id)
      .some(({ serial, onHand }) => serial === found.serial && onHand > 0)
  );
}

/** What makes goods count with a question mark. */
function suspicion(product: ProductFacts, found: Completed, judging: Judging): TallyProblem | null {
  const { tally, goods, lines, now } = judging;
  const line = lines.find(tally.tallyId, lineOf(product, found, tally));
  switch (tally.kind) {
    case 'count':
      if (!isPlanned(product, judging)) return 'notExpected';
      // Said once: the line stays marked.
      return line === null && wasCounted(product, found, judging) ? 'countedBefore' : null;
    case 'receive': {
      if (found.expiresOn !== null && found.expiresOn + DAY_MS <= now) return 'expired';
      if (tally.subjectId === null) return null;
      const expected = goods.expectedLines(tally.siteId, tally.subjectId, product.id);
      if (expected.length === 0) return 'notExpected';
      const missing = expected.reduce((sum, one) => sum + one.expected - one.received, 0);
      const comes = lines.sumOf(tally.tallyId, product.id) + found.quantity;
      return comes > missing ? 'moreThanExpected' : null;
    }
    case 'issue':
    case 'move': {
      const here = heldHere(goods.held(tally.siteId, product.id), found, tally.locationId);
      const onHand = here.reduce((sum, one) => sum + one.onHand, 0);
      return (line?.quantity ?? 0) + found.quantity > onHand ? 'moreThanExpected' : null;
    }
  }
}

function heldHere(held: readonly HeldGoods[], found: Completed, at: string | null): HeldGoods[] {
  return held.filter(
    ({ locationId, lot, serial }) =>
      locationId === at &&
      (found.lot === '' || lot === found.lot) &&
      (found.serial === '' || serial === found.serial),
  );
}

function isPlanned(product: ProductFacts, { tally, goods }: Judging): boolean {
  const plan = tally.subjectId === null ? null : goods.stockCount(tally.siteId, tally.subjectId);
  if (!plan) return true;
  if (plan.abc !== null && plan.abc !== product.abc) return false;
  return (
    plan.category_id === null ||
    goods.categoriesAbove(product.categoryId).includes(plan.category_id)
  );
}

/** Whether anybody has counted these goods in the current round of the count. */
function wasCounted(
  product: ProductFacts,
  found: Completed,
  { tally, goods, lines }: Judging,
): boolean {
  if (tally.subjectId === null) return false;
  const line = lineOf(product, found, tally);
  const key = {
    product_id: line.productId,
    location_id: line.locationId,
    lot: line.lot,
    serial: line.serial,
  };
  const round = goods.roundOf(tally.siteId, tally.subjectId, key);
  // What this laptop posted is of an earlier round, if there is a later one by now.
  const wasPosted = round === 1 && lines.wasPosted(tally.subjectId, line);
  return wasPosted || goods.wasSeen(tally.siteId, tally.subjectId, { ...key, round });
}

export function lineOf(
  product: Pick<ProductFacts, 'id'>,
  { lot, serial }: Pick<Completed, 'lot' | 'serial'>,
  { locationId }: Pick<TallyRow, 'locationId'>,
): LineGoods {
  return { productId: product.id, locationId: locationId ?? '', lot, serial };
}
