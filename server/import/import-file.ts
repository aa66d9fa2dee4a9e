import { TallymanError } from '../../shared/errors.ts';
import type { ServerStore } from '../store/open-store.ts';
import { commitBatch } from './commit-batch.ts';
import type { ImportKind } from './import-kind.ts';
import { importRecords, type ImportTotals } from './import-records.ts';
import type { LineImporter } from './line-importer.ts';
import { LocationImporter } from './location-importer.ts';
import type { ImportSource } from './open-source.ts';
import { ProductImporter } from './product-importer.ts';
import { readLines } from './read-lines.ts';
import { rehearseChanges } from './rehearsed-transaction.ts';
import { readRecords } from './read-records.ts';
import type { RejectsFile } from './rejects-file.ts';
import { StockImporter } from './stock-importer.ts';

export interface ImportFileOptions {
  store: ServerStore;
  path: string;
  source: ImportSource;
  kind: ImportKind;
  /** Of prices without a currency of their own. */
  currency: string;
  rejects: RejectsFile;
  newId: () => string;
  /** Writes nothing. */
  dryRun?: boolean | undefined;
  /** Ends the import after the batch at hand. */
  signal: AbortSignal;
  onBatch: (totals: Readonly<ImportTotals>) => void;
}

export interface ImportReport {
  totals: Readonly<ImportTotals>;
  /** Of the imported lines, those that made something new. */
  created: number;
  /** Columns of the file that nothing was done with. */
  ignored: readonly string[];
}

/** Columns beyond these are ignored without a word. */
const IGNORED_TOLD_MAX = 20;

/** Reads a file into the store. Throws a TallymanError that says what stays if the file or the store gives up midway. */
export async function importFile(options: ImportFileOptions): Promise<ImportReport> {
  const { path, kind, source, onBatch } = options;
  const totals: ImportTotals = { read: 0, imported: 0, unchanged: 0, rejected: 0 };
  const ignored: string[] = [];
  const records = readRecords(readLines(source.chunks), {
    path,
    kind,
    onIgnored: (column) => {
      if (ignored.length < IGNORED_TOLD_MAX) ignored.push(column);
    },
  });
  const common = { ...options, records, totals, onBatch: () => onBatch(totals) };
  try {
    const created = await importKind(kind, common);
    return { totals, created, ignored };
  } catch (error) {
    if (!(error instanceof TallymanError) || totals.read === 0 || options.dryRun === true)
      throw error;
    throw new TallymanError(
      error.code,
      `${error.message} The first ${totals.read} lines were done before that and stay done.`,
      { cause: error, details: error.details },
    );
  }
}

interface KindOptions extends Omit<ImportFileOptions, 'onBatch'> {
  records: ReturnType<typeof readRecords>;
  totals: ImportTotals;
  onBatch: () => void;
}

async function importKind(kind: ImportKind, options: KindOptions): Promise<number> {
  const run = async <TLine extends object>(importer: LineImporter<TLine>): Promise<number> =>
    importRecords({
      ...options,
      importer,
      commit: options.dryRun === true ? rehearseChanges : commitBatch,
    });
  const { newId, currency } = options;
  switch (kind) {
    case 'products':
      return run(new ProductImporter({ newId, currency }));
    case 'locations':
      return run(new LocationImporter(newId));
    case 'stock':
      return run(new StockImporter(newId));
  }
}
