import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { guessColumns, type ColumnChoice } from '../../shared/exchange/guess-columns.ts';
import type { ImportKind } from '../../shared/exchange/import-fields.ts';
import { useEnvironment } from '../environment.ts';
import { useTRPCClient } from '../trpc.ts';
import { applyImport, importKey } from './apply-import.ts';
import { checkFile, type CheckOptions, type FileCheck } from './check-file.ts';
import { type FileProblem, type ImportFile, openImportFile } from './open-import-file.ts';

export interface Import {
  kind: ImportKind;
  setKind: (kind: ImportKind) => void;
  file: ImportFile | null;
  fileProblem: FileProblem | null;
  open: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  columns: ColumnChoice;
  /** Null: the file has no such column. */
  chooseColumn: (field: string, column: number | null) => void;
  check: (options: Omit<CheckOptions, 'kind' | 'columns' | 'at'>) => void;
  /** Of the file as it is chosen now; null until it is checked. */
  checked: FileCheck | null;
  apply: () => void;
  /** Rows that are new by it; null until it is done. */
  applied: number | null;
  /** Rows that are done of what runs; null if nothing runs. */
  progress: { what: 'check' | 'apply'; rows: number } | null;
  cancel: () => void;
  error: unknown;
}

/** One import, from a file to what is recorded of it. Whatever is chosen anew takes back what followed from it. */
export function useImport(): Import {
  const { now } = useEnvironment();
  const client = useTRPCClient();
  const [kind, setKind] = useState<ImportKind>('locations');
  const [columns, setColumns] = useState<ColumnChoice>({});
  const [rows, setRows] = useState(0);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const start = (): AbortSignal => {
    setRows(0);
    controller.current = new AbortController();
    return controller.current.signal;
  };

  const opening = useMutation({
    mutationFn: async (given: { name: string; bytes: Uint8Array<ArrayBuffer> }) =>
      openImportFile(given.name, given.bytes),
    onSuccess: (opened) => {
      if ('headers' in opened) setColumns(guessColumns(opened.headers, kind));
    },
  });
  const opened = opening.data ?? null;
  const file = opened !== null && 'headers' in opened ? opened : null;

  const checking = useMutation({
    mutationFn: async (options: Omit<CheckOptions, 'kind' | 'columns' | 'at'>) => {
      if (file === null) return null;
      const signal = start();
      return checkFile(
        file,
        { ...options, kind, columns, at: now() },
        {
          signal,
          onProgress: everyNow(setRows),
          lookUp: async (input) => client.exchange.lookUp.query(input, { signal }),
        },
      ).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
    },
  });
  const applying = useMutation({
    mutationFn: async (planned: FileCheck['planned']) =>
      applyImport(importKey(file?.hash ?? '', columns), planned, {
        signal: start(),
        onProgress: setRows,
        write: async (writes) => client.exchange.write.mutate({ writes }),
      }),
  });
  const forget = (): void => {
    controller.current?.abort();
    checking.reset();
    applying.reset();
  };
  const running = checking.isPending ? ('check' as const) : ('apply' as const);
  return {
    kind,
    setKind: (next) => {
      forget();
      setKind(next);
      if (file) setColumns(guessColumns(file.headers, next));
    },
    file,
    fileProblem: opened !== null && 'code' in opened ? opened : null,
    open: (name, bytes) => {
      forget();
      opening.mutate({ name, bytes });
    },
    columns,
    chooseColumn: (field, column) => {
      forget();
      const others = Object.entries(columns).filter(([name]) => name !== field);
      setColumns(Object.fromEntries(column === null ? others : [...others, [field, column]]));
    },
    check: (options) => {
      forget();
      checking.mutate(options);
    },
    checked: checking.data ?? null,
    apply: () => {
      if (checking.data && !applying.isPending) applying.mutate(checking.data.planned);
    },
    applied: applying.data ?? null,
    progress: checking.isPending || applying.isPending ? { what: running, rows } : null,
    cancel: () => controller.current?.abort(),
    error: opening.error ?? checking.error ?? applying.error,
  };
}

const ROWS_BETWEEN_DRAWINGS = 250;

/** A row takes microseconds; to draw each would take most of the time. */
function everyNow(draw: (rows: number) => void): (rows: number) => void {
  return (rows) => {
    if (rows % ROWS_BETWEEN_DRAWINGS === 0) draw(rows);
  };
}
