import type { DeliveriesInput, DeliverySummary } from '../../../shared/desktop/delivery-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { deliveryLines } from './delivery-lines.ts';
import { deliverySummary } from './delivery-summary.ts';

/** Deliveries read between two breaths: about 5 ms. */
const ROWS_PER_SLICE = 5_000;
/** Deliveries summed up between two breaths: each asks for its lines. */
const SUMS_PER_SLICE = 20;
/** A sync that commits between reading the index and reading its rows; after so many the next look finds the rest. */
const ATTEMPTS_MAX = 3;

const VERSION = 'SELECT version FROM replica';
const NEXT_ROWS = `SELECT id, code, supplier, state, expected_at FROM delivery
  WHERE site_id = ? AND code >= ? AND (code, id) > (?, ?) ORDER BY code, id LIMIT ?`;

interface IndexLine {
  id: string;
  code: string;
  /** Code and supplier, folded. */
  text: string;
  isClosed: boolean;
  expectedAt: number;
}

interface DeliveryIndex {
  /** Of the replica that it was read from. */
  version: number | null;
  lines: readonly IndexLine[];
}

interface Found extends IndexLine {
  site: SiteReader;
}

/** Deliveries as a person sees them: open ones as they are due, closed ones the latest first. The exact code comes before all. */
export async function deliveryList(
  reader: ReplicaReader,
  input: DeliveriesInput,
  signal: AbortSignal,
): Promise<DeliverySummary[]> {
  const found: Found[] = [];
  for (const site of reader.sitesOf(input.siteId)) {
    found.push(...(await foundAt(reader, site, { input, signal })));
  }
  const code = foldText(input.text.trim());
  const ordered = found.toSorted(
    (a, b) => byCode(a, b, code) || byDay(a, b) || compareText(a.code, b.code),
  );
  const summaries: DeliverySummary[] = [];
  for (const { site, id } of ordered) {
    if (summaries.length === input.limit) break;
    if (summaries.length % SUMS_PER_SLICE === SUMS_PER_SLICE - 1) await breathe(signal);
    // Null if it was removed here.
    const view = reader.records.get('delivery', id, site.siteId);
    if (view) summaries.push(deliverySummary(reader, view, deliveryLines(reader, site, id)));
  }
  return summaries;
}

function byCode(a: IndexLine, b: IndexLine, code: string): number {
  if (code === '') return 0;
  return Number(foldText(b.code) === code) - Number(foldText(a.code) === code);
}

/** Open before closed; those that are due first come first, of closed ones the latest. No day is after every day. */
function byDay(a: IndexLine, b: IndexLine): number {
  if (a.isClosed !== b.isClosed) return a.isClosed ? 1 : -1;
  if (a.expectedAt === b.expectedAt) return 0;
  return a.expectedAt < b.expectedAt === a.isClosed ? 1 : -1;
}

async function foundAt(
  reader: ReplicaReader,
  site: SiteReader,
  { input, signal }: { input: DeliveriesInput; signal: AbortSignal },
): Promise<Found[]> {
  for (let attempt = 1; ; attempt++) {
    const index = await reader.remember(`deliveries:${site.siteId}`, () => readIndex(site, signal));
    const found = site.db.atOnce(() => {
      const isCurrent = site.db.value<number>(VERSION) === index.version;
      return isCurrent || attempt === ATTEMPTS_MAX ? inIndex(reader, site, index) : null;
    });
    if (found) return found.filter((line) => fits(line, input)).map((line) => ({ ...line, site }));
    await breathe(signal);
  }
}

/** What was changed here is looked at as it is now. */
function inIndex(reader: ReplicaReader, site: SiteReader, { lines }: DeliveryIndex): IndexLine[] {
  const views = reader.records.changed('delivery', site.siteId);
  const changed = new Map(views.map(({ id, row }) => [id, lineOf(row)]));
  return [...lines.filter(({ id }) => !changed.has(id)), ...changed.values()];
}

function fits({ isClosed, text }: IndexLine, { show, text: wanted }: DeliveriesInput): boolean {
  const isShown = show === 'all' || isClosed === (show === 'closed');
  return isShown && text.includes(foldText(wanted.trim()));
}

/** In the order of codes. */
async function readIndex({ siteId, db }: SiteReader, signal: AbortSignal): Promise<DeliveryIndex> {
  const version = db.value<number>(VERSION);
  const lines: IndexLine[] = [];
  let place = { code: '', id: '' };
  for (;;) {
    const { code, id } = place;
    const rows = db.all<StoredRow & typeof place>(
      NEXT_ROWS,
      siteId,
      code,
      code,
      id,
      ROWS_PER_SLICE,
    );
    for (const row of rows) lines.push(lineOf(row));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_SLICE) return { version, lines };
    place = last;
    await breathe(signal);
  }
}

function lineOf(row: StoredRow): IndexLine {
  const code = String(row['code']);
  return {
    id: String(row['id']),
    code,
    text: foldText(`${code} ${row['supplier'] ?? ''}`),
    isClosed: row['state'] === 'closed',
    expectedAt: typeof row['expected_at'] === 'number' ? row['expected_at'] : Infinity,
  };
}
