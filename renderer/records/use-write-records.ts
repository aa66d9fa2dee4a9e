import { useMutation } from '@tanstack/react-query';
import type { RecordWrite, WriteResult } from '../../shared/desktop/record-views.ts';
import { useTRPC } from '../trpc.ts';

export interface WriteRecords {
  /**
   * Writes rows on this laptop: one operation, all or nothing, durable when it resolves, sent by itself later. Rejects
   * with the error that `error` then holds too.
   */
  write: (...writes: RecordWrite[]) => Promise<WriteResult>;
  saving: boolean;
  /** Of the last write; null once another begins. */
  error: unknown;
  reset: () => void;
}

/** The one way for a screen to change rows: `await write({ kind: 'update', entity: 'pallet', id, fields: { note } })`. */
export function useWriteRecords(): WriteRecords {
  const trpc = useTRPC();
  const mutation = useMutation(trpc.records.write.mutationOptions());
  return {
    write: (...writes) => mutation.mutateAsync({ writes }),
    saving: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}
