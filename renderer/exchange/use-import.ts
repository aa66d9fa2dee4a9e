import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { guessColumns, type ColumnChoice } from '../../shared/exchange/guess-columns.ts';
import type { ImportKind } from '../../shared/exchange/import-fields.ts';
import { useEnvironment } from '../environment.ts';
import type { CheckOptions } from './check-file.ts';
import { type FileProblem, type ImportFile, openImportFile } from './open-import-file.ts';
import { type ImportRuns, useImportRuns } from './use-import-runs.ts';

interface GivenFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Import extends Pick<
  ImportRuns,
  'checked' | 'applied' | 'progress' | 'cancel' | 'error'
> {
  kind: ImportKind;
  setKind: (kind: ImportKind) => void;
  file: ImportFile | null;
  fileProblem: FileProblem | null;
  open: (given: GivenFile) => void;
  columns: ColumnChoice;
  /** Null: the file has no such column. */
  chooseColumn: (field: string, column: number | null) => void;
  check: (options: Pick<CheckOptions, 'sites' | 'siteId' | 'reason'>) => void;
  apply: () => void;
}

/** One import, from a file to what is recorded of it. Whatever is chosen anew takes back what followed from it. */
export function useImport(): Import {
  const { now } = useEnvironment();
  const [kind, setKind] = useState<ImportKind>('locations');
  const [columns, setColumns] = useState<ColumnChoice>({});
  const { check, apply, forget, error, ...runs } = useImportRuns();
  const opening = useMutation({
    mutationFn: async ({ name, bytes }: GivenFile) => openImportFile(name, bytes),
    onSuccess: (opened) => {
      if ('headers' in opened) setColumns(guessColumns(opened.headers, kind));
    },
  });
  const opened = opening.data ?? null;
  const file = opened !== null && 'headers' in opened ? opened : null;
  return {
    ...runs,
    kind,
    setKind: (next) => {
      forget();
      setKind(next);
      if (file) setColumns(guessColumns(file.headers, next));
    },
    file,
    fileProblem: opened !== null && 'code' in opened ? opened : null,
    open: (given) => {
      forget();
      opening.mutate(given);
    },
    columns,
    chooseColumn: (field, column) => {
      forget();
      const others = Object.entries(columns).filter(([name]) => name !== field);
      setColumns(Object.fromEntries(column === null ? others : [...others, [field, column]]));
    },
    check: (options) => {
      forget();
      if (file) check(file, { ...options, kind, columns, at: now() });
    },
    apply: () => {
      if (file) apply(file, columns);
    },
    error: opening.error ?? error,
  };
}
