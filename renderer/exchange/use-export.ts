import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CsvSeparator } from '../../shared/exchange/csv-line.ts';
import { useEnvironment } from '../environment.ts';
import { type CsvFile, type CsvTable, writeCsv } from './write-csv.ts';

interface Saved extends Pick<CsvFile, 'rows' | 'isCut'> {
  file: string;
}

export interface Export {
  /** Rows written so far; null while nothing is exported. */
  running: number | null;
  saved: Saved | undefined;
  error: unknown;
  start: (separator: CsvSeparator) => void;
  cancel: () => void;
}

/** Exports one table at a time to a file named after the table and the day. Leaving the screen cancels it. */
export function useExport<T>(name: string, table: CsvTable<T>): Export {
  const { now, saveFile } = useEnvironment();
  const [rows, setRows] = useState(0);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: async (separator: CsvSeparator): Promise<Saved | null> => {
      const { signal } = (controller.current = new AbortController());
      setRows(0);
      try {
        const csv = await writeCsv(table, { separator, signal, onProgress: setRows });
        const file = `${name}-${new Date(now()).toISOString().slice(0, 10)}.csv`;
        saveFile(file, csv.content);
        return { file, rows: csv.rows, isCut: csv.isCut };
      } catch (cause) {
        if (signal.aborted) return null;
        throw cause;
      }
    },
  });
  return {
    running: isPending ? rows : null,
    saved: data ?? undefined,
    error,
    start: (separator) => {
      if (!isPending) mutate(separator);
    },
    cancel: () => controller.current?.abort(),
  };
}
