import type { ScanOutcomeKind, TallyKind, TallyProblem } from '../../shared/desktop/tally-views.ts';

/** A scan as the fake keeps it. */
export interface FakeEntry {
  entryId: string;
  text: string;
  code: string;
  kind: ScanOutcomeKind;
  problem: TallyProblem | null;
  productId: string | null;
  locationId: string | null;
  lot: string;
  serial: string;
  expiresOn: number | null;
  quantity: number;
  at: number;
  voidReason: string | null;
}

export interface FakeTyped {
  quantity: number;
  /** How many entries there were when it was typed. */
  after: number;
  at: number;
  expiresOn: number | null;
}

export interface FakeTally {
  tallyId: string;
  kind: TallyKind;
  state: 'open' | 'posted' | 'discarded';
  siteId: string;
  subjectId: string | null;
  locationId: string | null;
  toLocationId: string | null;
  personId: string | null;
  startedAt: number;
  updatedAt: number;
  entries: FakeEntry[];
  typed: Map<string, FakeTyped>;
}

export interface FakeGoods {
  productId: string;
  locationId: string | null;
  lot: string;
  serial: string;
}

export interface FakeLine extends FakeGoods {
  key: string;
  expiresOn: number | null;
  scanned: number;
  typed: number | null;
  quantity: number;
  problem: TallyProblem | null;
  at: number;
}

export function keyOfGoods({ productId, locationId, lot, serial }: FakeGoods): string {
  return JSON.stringify([productId, locationId, lot, serial]);
}

export function counts({ kind, productId, voidReason }: FakeEntry): boolean {
  return productId !== null && voidReason === null && (kind === 'ok' || kind === 'suspect');
}

/** What scans and typed numbers add up to, in the order in which the lines were begun. */
export function linesOf(tally: FakeTally): FakeLine[] {
  const lines = new Map<string, FakeLine>();
  const lineOf = (goods: FakeGoods, at: number): FakeLine => {
    const key = keyOfGoods(goods);
    const empty = { expiresOn: null, scanned: 0, typed: null, quantity: 0, problem: null };
    const line = lines.get(key) ?? { ...goods, ...empty, key, at };
    lines.set(key, line);
    line.at = Math.max(line.at, at);
    return line;
  };
  for (const [at, entry] of tally.entries.entries()) {
    if (!counts(entry)) continue;
    const { locationId, lot, serial, expiresOn, problem } = entry;
    const goods = { productId: entry.productId ?? '', locationId, lot, serial };
    const line = lineOf(goods, entry.at);
    const typed = tally.typed.get(line.key);
    line.scanned += entry.quantity;
    line.expiresOn = expiresOn ?? line.expiresOn;
    if (problem !== 'repeated') line.problem ??= problem;
    if (typed && at >= typed.after) line.typed = (line.typed ?? typed.quantity) + entry.quantity;
  }
  for (const [key, { quantity, at, expiresOn }] of tally.typed) {
    const [productId, locationId, lot, serial] = JSON.parse(key) as [
      string,
      string | null,
      string,
      string,
    ];
    const line = lineOf({ productId, locationId, lot, serial }, at);
    line.typed ??= quantity;
    line.expiresOn ??= expiresOn;
  }
  for (const line of lines.values()) line.quantity = line.typed ?? line.scanned;
  return [...lines.values()];
}
