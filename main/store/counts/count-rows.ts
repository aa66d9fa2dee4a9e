import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';

/** Rows read between two breaths: about 5 ms. */
const ROWS_PER_STEP = 1_000;

export interface CountRow {
  row: StoredRow;
  /** Written on this laptop, and not in what the server sent yet. */
  pending: boolean;
}

interface Place {
  location_id: string;
  product_id: string;
  lot: string;
  serial: string;
  local_id: number;
}

const START: Place = { location_id: '', product_id: '', lot: '', serial: '', local_id: 0 };

/** All rows of a count that are about goods, by id, as the person at this laptop sees them. */
export async function countRows(
  reader: ReplicaReader,
  of: { entity: 'count_observation' | 'count_line'; site: SiteReader; countId: string },
  signal: AbortSignal,
): Promise<Map<string, CountRow>> {
  const { entity, site, countId } = of;
  const columns = entityNamed(entity).columns.map(({ name }) => name);
  // In the order of the index, whose last column is the row's own number.
  const next = `SELECT local_id, ${columns.join(', ')} FROM ${entity}
    WHERE count_id = ? AND (location_id, product_id, lot, serial, local_id) > (?, ?, ?, ?, ?)
    ORDER BY location_id, product_id, lot, serial, local_id LIMIT ?`;
  const rows = new Map<string, CountRow>();
  for (let last = START; ;) {
    const { location_id: location, product_id: product, lot, serial, local_id: local } = last;
    const step = site.db.all<StoredRow & Place>(
      next,
      countId,
      location,
      product,
      lot,
      serial,
      local,
      ROWS_PER_STEP,
    );
    for (const row of step) rows.set(String(row['id']), { row, pending: false });
    const end = step.at(-1);
    if (!end || step.length < ROWS_PER_STEP) break;
    last = end;
    await breathe(signal);
  }
  for (const { id, row, pending } of reader.records.changed(entity, site.siteId)) {
    if (row['count_id'] === countId) rows.set(id, { row, pending });
  }
  return rows;
}
