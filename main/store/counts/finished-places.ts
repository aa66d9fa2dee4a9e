import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';

const ROWS = 'SELECT id FROM count_place WHERE count_id = ?';
/** Ids that are looked up at once. */
const IDS_PER_LOOK = 1_000;

export interface CountPlaceRow {
  locationId: string;
  personId: string | null;
  doneAt: number | null;
  pending: boolean;
}

/** The places that somebody counts or has counted, by location, as the person at this laptop sees them. */
export function countPlaceRows(
  reader: ReplicaReader,
  { siteId, db }: SiteReader,
  countId: string,
): Map<string, CountPlaceRow> {
  const changed = reader.records
    .changed('count_place', siteId)
    .filter(({ row }) => row['count_id'] === countId);
  const ids = new Set([...db.column<string>(ROWS, countId), ...changed.map(({ id }) => id)]);
  const rows = new Map<string, CountPlaceRow>();
  const wanted = [...ids];
  for (let at = 0; at < wanted.length; at += IDS_PER_LOOK) {
    const some = wanted.slice(at, at + IDS_PER_LOOK);
    for (const { row, pending } of reader.records.several('count_place', siteId, some).values()) {
      const locationId = String(row['location_id']);
      const personId = row['person_id'] === null ? null : String(row['person_id']);
      const doneAt = typeof row['done_at'] === 'number' ? row['done_at'] : null;
      rows.set(locationId, { locationId, personId, doneAt, pending });
    }
  }
  return rows;
}

/** When places were counted to the end, by location. */
export function finishedPlaces(
  reader: ReplicaReader,
  site: SiteReader,
  countId: string,
): Map<string, number> {
  const rows = countPlaceRows(reader, site, countId);
  return new Map(
    [...rows].flatMap(([id, { doneAt }]): [string, number][] =>
      doneAt === null ? [] : [[id, doneAt]],
    ),
  );
}

/** Codes of locations by their ids. */
export function placeCodes(
  reader: ReplicaReader,
  { siteId }: SiteReader,
  ids: readonly string[],
): Map<string, string> {
  const codes = new Map<string, string>();
  for (let at = 0; at < ids.length; at += IDS_PER_LOOK) {
    const some = ids.slice(at, at + IDS_PER_LOOK);
    for (const [id, { row }] of reader.records.several('location', siteId, some)) {
      codes.set(id, String(row['code']));
    }
  }
  return codes;
}
