import type { TRPCClient } from '@trpc/client';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import { recordTitle } from '../records/record-fields.ts';

/** A few thousand names are a few hundred kilobytes; an export of more asks again. */
const TITLES_MAX = 5_000;

/**
 * Asks what people know rows by that others point to, each once in one export; or for one column of them. Empty for a row that
 * is not on this laptop.
 */
export function titleReader(
  client: TRPCClient<DesktopRouter>,
  signal: AbortSignal,
): (entity: string, id: string | null, column?: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (entity, id, column = '') => {
    if (id === null || id === '') return '';
    const key = `${entity} ${id} ${column}`;
    const title = known.get(key);
    if (title !== undefined) return title;
    const record = await client.records.get.query({ entity, id }, { signal });
    const read = record === null ? '' : String(record.row[column] ?? recordTitle(record.row));
    if (known.size >= TITLES_MAX) known.clear();
    known.set(key, read);
    return read;
  };
}
