import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ColumnChoice } from '../../shared/exchange/guess-columns.ts';
import { useTRPCClient } from '../trpc.ts';
import { applyImport, importKey } from './apply-import.ts';
import { checkFile, type CheckOptions, type FileCheck } from './check-file.ts';
import type { ImportFile } from './open-import-file.ts';

export interface ImportRuns {
  check: (file: ImportFile, options: CheckOptions) => void;
  /** Null until a file is checked. */
  checked: FileCheck | null;
  /** Records what the check has planned. */
  apply: (file: ImportFile, columns: ColumnChoice) => void;
  /** Rows that are new by it; null until it is done. */
  applied: number | null;
  /** Rows that are done of what runs; null if nothing runs. */
  progress: { what: 'check' | 'apply'; rows: number } | null;
  cancel: () => void;
  /** Cancels, and takes back what was found. */
  forget: () => void;
  error: unknown;
}

const ROWS_BETWEEN_DRAWINGS = 250;

/** The two long parts of an import: the dry run and the recording. Leaving the screen stops both after the step at hand. */
export function useImportRuns(): ImportRuns {
  const client = useTRPCClient();
  const [rows, setRows] = useState(0);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const start = (): AbortSignal => {
    setRows(0);
    controller.current = new AbortController();
    return controller.current.signal;
  };
  const checking = useMutation({
    mutationFn: async ({ file, options }: { file: ImportFile; options: CheckOptions }) => {
      const signal = start();
      try {
        return await checkFile(file, options, {
          signal,
          // A row takes microseconds; to draw each would take most of the time.
          onProgress: (done) => {
            if (done % ROWS_BETWEEN_DRAWINGS === 0) setRows(done);
          },
          lookUp: async (input) => client.exchange.lookUp.query(input, { signal }),
        });
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
  });
  const applying = useMutation({
    mutationFn: async ({ key, planned }: { key: string; planned: FileCheck['planned'] }) =>
      applyImport(key, planned, {
        signal: start(),
        onProgress: setRows,
        write: async (writes) => client.exchange.write.mutate({ writes }),
      }),
  });
  const cancel = (): void => controller.current?.abort();
  const what = checking.isPending ? 'check' : 'apply';
  return {
    check: (file, options) => checking.mutate({ file, options }),
    checked: checking.data ?? null,
    apply: (file, columns) => {
      if (!checking.data || applying.isPending) return;
      applying.mutate({ key: importKey(file.hash, columns), planned: checking.data.planned });
    },
    applied: applying.data ?? null,
    progress: checking.isPending || applying.isPending ? { what, rows } : null,
    cancel,
    forget: () => {
      cancel();
      checking.reset();
      applying.reset();
    },
    error: checking.error ?? applying.error,
  };
}
