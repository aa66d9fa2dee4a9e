import type { CountsInput, CountSummary } from '../../../shared/desktop/count-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import {
  COUNT_STAGES,
  type CountStage,
  type StockCount,
} from '../../../shared/entities/stock-count.ts';
import type { RecordView } from '../../../shared/desktop/record-views.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { countOf, typed } from './count-of.ts';
import { seenByPlace } from './count-place-page.ts';
import { countPlaceRows } from './finished-places.ts';
import { PersonNames } from './person-names.ts';

/** Counts of a site that are read at most: three a day for ten years. */
const COUNTS_MAX = 10_000;
const PAGE = 500;
/** Counts summed up between two breaths. */
const SUMS_PER_STEP = 5;

const SITE_CODE = 'SELECT code FROM site WHERE id = ?';
const CATEGORY_NAME = 'SELECT name FROM category WHERE id = ?';
const OBSERVERS = 'SELECT DISTINCT person_id FROM count_observation WHERE count_id = ?';

interface Found {
  site: SiteReader;
  view: RecordView;
  count: StockCount;
}

/** Counts as a person sees them: open ones as they are due, the others the latest first. */
export async function countList(
  reader: ReplicaReader,
  input: CountsInput,
  signal: AbortSignal,
): Promise<CountSummary[]> {
  const found: Found[] = [];
  for (const site of reader.sitesOf(input.siteId)) {
    for (const view of countViews(reader, site)) found.push({ site, view, count: typed(view) });
  }
  const fitting = found.filter(({ count }) => fits(count, input)).toSorted(byDay);
  const summaries: CountSummary[] = [];
  for (const one of fitting.slice(0, input.limit)) {
    if (summaries.length % SUMS_PER_STEP === SUMS_PER_STEP - 1) await breathe(signal);
    summaries.push(countSummary(reader, one));
  }
  return summaries;
}

/** Null if there is no such count on this laptop. */
export function countDetail(reader: ReplicaReader, id: string): CountSummary | null {
  const found = countOf(reader, id);
  return found && countSummary(reader, found);
}

function countViews(reader: ReplicaReader, { siteId }: SiteReader): RecordView[] {
  const views: RecordView[] = [];
  for (let cursor: string | null = null; ;) {
    const where = { site_id: siteId };
    const page = reader.records.list({ entity: 'stock_count', where, cursor, limit: PAGE });
    views.push(...page.items);
    if (page.nextCursor === null || views.length >= COUNTS_MAX) return views;
    cursor = page.nextCursor;
  }
}

function fits({ stage, code, zone }: StockCount, { show, text }: CountsInput): boolean {
  return isShown(stage, show) && foldText(`${code} ${zone ?? ''}`).includes(foldText(text.trim()));
}

function isShown(stage: number, show: CountsInput['show']): boolean {
  switch (show) {
    case 'open':
      return stage < COUNT_STAGES.review;
    case 'review':
      return stage === COUNT_STAGES.review;
    case 'done':
      return stage > COUNT_STAGES.review;
    case 'all':
      return true;
  }
}

function byDay({ count: a }: Found, { count: b }: Found): number {
  const isOver = a.stage > COUNT_STAGES.review;
  if (isOver !== b.stage > COUNT_STAGES.review) return isOver ? 1 : -1;
  if (isOver) return (b.approved_at ?? 0) - (a.approved_at ?? 0) || compareText(b.code, a.code);
  const day = ({ due_at: due }: StockCount): number => due ?? Number.MAX_SAFE_INTEGER;
  return day(a) - day(b) || compareText(a.code, b.code);
}

function countSummary(reader: ReplicaReader, { site, view, count }: Found): CountSummary {
  const names = new PersonNames(reader);
  const rows = [...countPlaceRows(reader, site, count.id).values()];
  const seen = seenByPlace(reader, site, count.id);
  const own = reader.records
    .changed('count_observation', site.siteId)
    .filter(({ row }) => row['count_id'] === count.id);
  const observers = new Set([
    ...site.db.column<string | null>(OBSERVERS, count.id),
    ...own.map(({ row }) => row['person_id'] as string | null),
  ]);
  return {
    id: count.id,
    siteId: site.siteId,
    siteCode: reader.catalogue.value<string>(SITE_CODE, site.siteId) ?? '',
    code: count.code,
    stage: stageNamed(count.stage),
    blind: count.blind,
    zone: count.zone,
    categoryId: count.category_id,
    categoryName: reader.catalogue.value<string>(CATEGORY_NAME, count.category_id),
    abc: count.abc,
    notSince: count.not_since,
    dueAt: count.due_at,
    repeatDays: count.repeat_days,
    counters: idsIn(count.counters).map((id) => names.of(id)),
    countedBy: [...observers].flatMap((id) => (id === null ? [] : [names.of(id)])),
    createdBy: names.of(count.created_by),
    approvedBy: names.of(count.approved_by),
    approvedAt: count.approved_at,
    note: count.note,
    placesDone: rows.filter(({ doneAt }) => doneAt !== null).length,
    lines: [...seen.values()].reduce((sum, lines) => sum + lines, 0),
    pending: view.pending || own.length > 0 || rows.some(({ pending }) => pending),
    conflict: view.conflict,
  };
}

function stageNamed(stage: number): CountStage {
  const names = Object.keys(COUNT_STAGES) as CountStage[];
  return names.find((name) => COUNT_STAGES[name] === stage) ?? 'planned';
}

/** Whatever a newer app may have written there. */
function idsIn(text: string): string[] {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.map(String) : [];
  } catch {
    return [];
  }
}
