import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { LocationsInput, LocationView } from '../../../shared/desktop/stock-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { must } from '../../../shared/domain/assert.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';

/** Locations read between two breaths: about 5 ms. */
const ROWS_PER_SLICE = 5_000;
/** A sync that commits between reading the index and reading its rows; after so many the next look finds the rest. */
const ATTEMPTS_MAX = 3;

const SITE_CODE = 'SELECT code FROM site WHERE id = ?';
const VERSION = 'SELECT version FROM replica';
const NEXT_ROWS = `SELECT id, code, name FROM location
  WHERE site_id = ? AND code >= ? AND (code, id) > (?, ?) ORDER BY code, id LIMIT ?`;

interface IndexLine {
  id: string;
  /** Folded. */
  code: string;
  name: string;
}

interface LocationIndex {
  /** Of the replica that it was read from. */
  version: number | null;
  lines: readonly IndexLine[];
}

/** Locations by code, as a person sees them: those whose code begins with a text or whose name contains it. */
export async function locationList(
  reader: ReplicaReader,
  input: LocationsInput,
  signal: AbortSignal,
): Promise<LocationView[]> {
  const text = foldText(input.text.trim());
  if (text === '') {
    const where = input.siteId === null ? {} : { site_id: input.siteId };
    const request = { entity: 'location', where, cursor: null, limit: input.limit };
    return locationViews(reader, reader.records.list(request).items);
  }
  const found: RecordView[] = [];
  for (const site of reader.sitesOf(input.siteId)) {
    found.push(...(await foundAt(reader, site, { text, limit: input.limit, signal })));
  }
  return locationViews(reader, found)
    .toSorted((a, b) => compareText(a.code, b.code) || compareText(a.id, b.id))
    .slice(0, input.limit);
}

interface Search {
  /** Folded. */
  text: string;
  limit: number;
  signal: AbortSignal;
}

async function foundAt(
  reader: ReplicaReader,
  site: SiteReader,
  search: Search,
): Promise<RecordView[]> {
  for (let attempt = 1; ; attempt++) {
    const index = await reader.remember(`locations:${site.siteId}`, () =>
      readIndex(site, search.signal),
    );
    const found = site.db.atOnce(() => {
      const isCurrent = site.db.value<number>(VERSION) === index.version;
      return isCurrent || attempt === ATTEMPTS_MAX
        ? inIndex(reader, site, { index, search })
        : null;
    });
    if (found) return found;
    await breathe(search.signal);
  }
}

/** From the first on, until there are enough; what was changed here is looked at as it is now. */
function inIndex(
  reader: ReplicaReader,
  { siteId }: SiteReader,
  { index, search: { text, limit } }: { index: LocationIndex; search: Search },
): RecordView[] {
  const found = new Map<string, RecordView>();
  for (const view of reader.records.changed('location', siteId)) {
    if (isFound(indexLine(view.row), text)) found.set(view.id, view);
  }
  let held = 0;
  // Few are gone or renamed here, so the first look finds nearly all.
  for (let at = 0; held < limit && at < index.lines.length;) {
    const next: string[] = [];
    for (; at < index.lines.length && held + next.length < limit; at++) {
      const line = must(index.lines[at], 'a location');
      if (isFound(line, text) && !found.has(line.id)) next.push(line.id);
    }
    const views = reader.records.several('location', siteId, next);
    for (const id of next) {
      const view = views.get(id);
      if (!view || !isFound(indexLine(view.row), text)) continue;
      found.set(id, view);
      held += 1;
    }
  }
  return [...found.values()];
}

/** In the order of codes. */
async function readIndex({ siteId, db }: SiteReader, signal: AbortSignal): Promise<LocationIndex> {
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
    for (const row of rows) lines.push(indexLine(row));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_SLICE) return { version, lines };
    place = last;
    await breathe(signal);
  }
}

function indexLine(row: StoredRow): IndexLine {
  return {
    id: String(row['id']),
    code: foldText(String(row['code'])),
    name: foldText(String(row['name'] ?? '')),
  };
}

function isFound({ code, name }: IndexLine, text: string): boolean {
  return code.startsWith(text) || name.includes(text);
}

function locationViews(reader: ReplicaReader, views: readonly RecordView[]): LocationView[] {
  const siteIds = [...new Set(views.map(({ row }) => String(row['site_id'])))];
  const codes = new Map(
    siteIds.map((id) => [id, reader.catalogue.value<string>(SITE_CODE, id) ?? '']),
  );
  return views.map((view) => locationView(view, codes.get(String(view.row['site_id'])) ?? ''));
}

function locationView(view: RecordView, siteCode: string): LocationView {
  const { row, id, pending, conflict } = view;
  const text = (column: string): string | null =>
    row[column] === null || row[column] === undefined ? null : String(row[column]);
  return {
    id,
    siteId: String(row['site_id']),
    siteCode,
    code: String(row['code']),
    name: text('name'),
    zone: text('zone'),
    capacity: typeof row['capacity'] === 'number' ? row['capacity'] : null,
    blocked: row['blocked'] === 1,
    note: text('note'),
    pending,
    conflict,
  };
}
