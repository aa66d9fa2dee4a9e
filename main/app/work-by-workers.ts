import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import { stockMovement } from '../../shared/entities/stock-movement.ts';
import type { ReaderPool } from '../data/reader-pool.ts';
import type { DataWorkerKeeper } from './data-worker-keeper.ts';
import type { DesktopApp } from './desktop-app.ts';

type PeoplesWork = Pick<
  DesktopApp,
  | 'records'
  | 'photos'
  | 'stock'
  | 'deliveries'
  | 'overview'
  | 'counts'
  | 'exchange'
  | 'work'
  | 'drafts'
>;

/** What people do and look at: the data worker writes, the readers read. `personId` is who works here now. */
export function workByWorkers(
  worker: DataWorkerKeeper,
  readers: ReaderPool,
  personId: () => string | null,
): PeoplesWork {
  return {
    records: {
      list: readers.records.list,
      get: readers.records.get,
      write: (writes) => worker.call('write', writes),
    },
    photos: {
      list: readers.photos.list,
      add: (input) => worker.call('addPhoto', { ...input, personId: personId() }),
      read: (hash, signal) => worker.call('readPhoto', hash, signal),
      remove: (id) => worker.call('removePhoto', id),
    },
    stock: {
      ...readers.stock,
      record: async (input) => {
        const operationId = await worker.call('recordMovement', { ...input, personId: personId() });
        const { onHand } = await readers.stock.ofProduct(input.productId);
        return { operationId, onHand };
      },
    },
    exchange: {
      ...readers.exchange,
      write: (writes) =>
        worker.call(
          'importRows',
          writes.map((one) => byPerson(one, personId())),
        ),
    },
    deliveries: readers.deliveries,
    overview: readers.overview,
    counts: readers.counts,
    work: {
      pending: (input) => worker.call('pending', input),
      undo: (operationId) => worker.call('undo', operationId),
      retry: (input) => worker.call('retry', input),
      discard: (operationId) => worker.call('discard', operationId),
      conflicts: () => worker.call('conflicts', null),
      resolve: (resolutions) => worker.call('resolve', resolutions),
    },
    drafts: {
      put: (input) => worker.call('putDraft', input),
      get: (key) => worker.call('draft', key),
      remove: (key) => worker.call('removeDraft', key),
    },
  };
}

/** Movements say who made them. */
function byPerson(write: RecordWrite, personId: string | null): RecordWrite {
  if (write.kind !== 'create' || write.entity !== stockMovement.name) return write;
  return { ...write, row: { ...write.row, person_id: personId } };
}
