import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { LocationsInput, LocationView } from '../../../shared/desktop/stock-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
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
    return reader.records.list(request).items.map((view) => locationView(reader, view));
  }
  const found: RecordView[] = [];
  for (const site of reader.sitesOf(input.siteId)) {
    found.push(...(await foundAt(reader, site, { text, limit: input.limit, signal })));
  }
  return found
    .map((view) => locationView(reader, view))
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
  for (const line of index.lines) {
    if (held === limit) break;
    if (!isFound(line, text) || found.has(line.id)) continue;
    const view = reader.records.get('location', line.id, siteId);
    if (!view || !isFound(indexLine(view.row), text)) continue;
    found.set(view.id, view);
    held += 1;
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

function locationView(reader: ReplicaReader, view: RecordView): LocationView {
  const { row, id, pending, conflict } = view;
  const text = (column: string): string | null =>
    row[column] === null || row[column] === undefined ? null : String(row[column]);
  const siteId = String(row['site_id']);
  return {
    id,
    siteId,
    siteCode: reader.catalogue.value<string>(SITE_CODE, siteId) ?? '',
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
