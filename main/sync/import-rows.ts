import type { ImportWriteResult } from '../../shared/desktop/exchange-views.ts';
import type { RecordWrite, WriteResult } from '../../shared/desktop/record-views.ts';
import type { RecordReader } from '../store/records/record-reader.ts';

/**
 * Records rows of an imported file as one operation. A row's id follows from the file and its place in it, so one that is
 * there already was recorded by the same import before, and is passed over: after a crash the import is simply run again.
 */
export function importRows(
  writes: readonly RecordWrite[],
  {
    reader,
    write,
  }: { reader: RecordReader; write: (fresh: readonly RecordWrite[]) => WriteResult },
): ImportWriteResult {
  const fresh = writes.filter(
    (one) =>
      one.kind !== 'create' || one.id === undefined || reader.get(one.entity, one.id) === null,
  );
  if (fresh.length === 0) return { operationId: null, written: 0 };
  const { operationId } = write(fresh);
  return { operationId, written: operationId === null ? 0 : fresh.length };
}
