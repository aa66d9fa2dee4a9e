import type { BulkTarget } from './bulk-writer.ts';

/** The newest change of every row, one entry per row. */
export const CHANGE_INDEX: BulkTarget = {
  table: 'sync_change',
  columns: ['scope_id', 'entity', 'id', 'version', 'operation', 'row_hash'],
  conflictColumns: ['scope_id', 'entity', 'id'],
};
