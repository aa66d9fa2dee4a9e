import type {
  CountPlacesInput,
  CountPlacesPage,
  CountPlaceView,
} from '../../../shared/desktop/count-views.ts';
import { compareText } from '../../../shared/domain/compare-text.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { countOf } from './count-of.ts';
import { plannedPlaces } from './count-plan.ts';
import { countPlaceRows, placeCodes } from './finished-places.ts';
import { PersonNames } from './person-names.ts';

const SEEN_BY_PLACE = `SELECT location_id AS locationId, count(*) AS lines FROM (
    SELECT DISTINCT location_id, product_id, lot, serial FROM count_observation WHERE count_id = ?
  ) GROUP BY location_id`;
const IS_SEEN = `SELECT 1 FROM count_observation
  WHERE count_id = ? AND location_id = ? AND product_id = ? AND lot = ? AND serial = ?`;

export const NO_PLACES: CountPlacesPage = { items: [], total: 0, places: 0, done: 0 };

/** Places of a count by code: those that it was planned for, and others at which somebody counted all the same. */
export async function countPlacePage(
  reader: ReplicaReader,
  input: CountPlacesInput,
  signal: AbortSignal,
): Promise<CountPlacesPage> {
  const found = countOf(reader, input.countId);
  if (found === null) return NO_PLACES;
  const { site, count } = found;
  const planned = await plannedPlaces(reader, found, signal);
  const rows = countPlaceRows(reader, site, count.id);
  const lines = seenByPlace(reader, site, count.id);
  const names = new PersonNames(reader);
  const known = new Set(planned.map(({ locationId }) => locationId));
  const extra = [...new Set([...rows.keys(), ...lines.keys()])].filter((id) => !known.has(id));
  const codes = placeCodes(reader, site, extra);
  const bare = extra.map((locationId) => ({
    locationId,
    code: codes.get(locationId) ?? '',
    name: null,
    zone: null,
  }));
  const all = [...planned, ...bare]
    .map(({ locationId, code, name, zone }): CountPlaceView => ({
      locationId,
      code,
      name,
      zone,
      isExtra: !known.has(locationId),
      person: names.of(rows.get(locationId)?.personId ?? null),
      doneAt: rows.get(locationId)?.doneAt ?? null,
      lines: lines.get(locationId) ?? 0,
    }))
    .toSorted((a, b) => compareText(a.code, b.code));
  const fitting = all.filter((place) => fits(place, input));
  return {
    items: fitting.slice(input.offset, input.offset + input.limit),
    total: fitting.length,
    places: all.length,
    done: all.filter(({ doneAt }) => doneAt !== null).length,
  };
}

function fits({ code, name, doneAt }: CountPlaceView, { show, text }: CountPlacesInput): boolean {
  if (show !== 'all' && (doneAt !== null) !== (show === 'done')) return false;
  return foldText(`${code} ${name ?? ''}`).includes(foldText(text.trim()));
}

/** How many different goods somebody saw, by location. */
export function seenByPlace(
  reader: ReplicaReader,
  { siteId, db }: SiteReader,
  countId: string,
): Map<string, number> {
  const seen = new Map(
    db
      .all<{ locationId: string; lines: number }>(SEEN_BY_PLACE, countId)
      .map(({ locationId, lines }) => [locationId, lines]),
  );
  const own = new Map<string, string>();
  for (const { row } of reader.records.changed('count_observation', siteId)) {
    if (row['count_id'] !== countId) continue;
    const goods = [row['location_id'], row['product_id'], row['lot'], row['serial']];
    const key = JSON.stringify(goods);
    if (own.has(key) || db.value<number>(IS_SEEN, countId, ...goods) !== null) continue;
    own.set(key, String(row['location_id']));
  }
  for (const locationId of own.values()) seen.set(locationId, (seen.get(locationId) ?? 0) + 1);
  return seen;
}
