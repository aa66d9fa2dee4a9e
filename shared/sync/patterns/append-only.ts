import type { StoredRow } from '../../entities/define-entity.ts';
import type { SyncPattern } from './sync-pattern.ts';

/**
 * For events that commute, as stock movements: rows are only ever added, so two laptops never conflict. What they add up
 * to is worked out by the server in the same transaction; a mistake is mended by an event that reverses it.
 */
export function appendOnly({
  reverse,
}: {
  reverse: (row: StoredRow, at: number) => StoredRow;
}): SyncPattern {
  return {
    kind: 'appendOnly',
    writes: ['create'],
    repair: 'buckets',
    policy: 'server',
    fields: {},
    deleted: 'ask',
    reverse,
    children: [],
  };
}
