import type { ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { LineFields } from './line-fields.ts';
import type { RawLine, SourceRecord } from './line-format.ts';
import { isReject, type LineImporter } from './line-importer.ts';
import type { RejectedLine, RejectsFile } from './rejects-file.ts';

/**
 * Lines per transaction: about 20,000 rows, half a second. Half as many made a million lines a tenth slower, because each
 * commit writes pages all over the indexes; more would let the memory grow and make the pushes of laptops wait.
 */
export const IMPORT_BATCH_LINES = 10_000;

/** `read` is always the sum of the others. */
export interface ImportTotals {
  read: number;
  imported: number;
  unchanged: number;
  rejected: number;
}

export interface ImportRecordsOptions<TLine extends object> {
  store: ServerStore;
  records: AsyncIterable<readonly SourceRecord[]>;
  importer: LineImporter<TLine>;
  rejects: RejectsFile;
  /** Raised after each batch that is committed. */
  totals: ImportTotals;
  /** Ends the import after the batch at hand. */
  signal: AbortSignal;
  onBatch: () => void;
}

/** Takes the records in batches; what a batch has committed stays, whatever comes after it. */
export async function importRecords<TLine extends object>(
  options: ImportRecordsOptions<TLine>,
): Promise<void> {
  const { store, records, importer, signal } = options;
  await commitChanges(store, async (tx) => importer.load(tx));
  let batch: SourceRecord[] = [];
  for await (const some of records) {
    for (const record of some) {
      batch.push(record);
      if (batch.length < IMPORT_BATCH_LINES) continue;
      await importBatch(batch, options);
      batch = [];
      if (signal.aborted) return;
    }
    if (signal.aborted) return;
  }
  if (batch.length > 0) await importBatch(batch, options);
}

async function importBatch<TLine extends object>(
  batch: readonly SourceRecord[],
  { store, importer, rejects, totals, onBatch }: ImportRecordsOptions<TLine>,
): Promise<void> {
  const rejected: RejectedLine[] = [];
  const lines: { read: TLine; line: number; raw: RawLine }[] = [];
  for (const record of batch) {
    const { line, raw } = record;
    const read = record.reject ?? importer.read(new LineFields(record.values, record.places), line);
    if (isReject(read)) rejected.push({ line, raw, reject: read });
    else lines.push({ read, line, raw });
  }
  const { result: outcomes } = await commitChanges(store, async (tx) =>
    importer.apply(
      tx,
      lines.map(({ read }) => read),
    ),
  );
  let imported = 0;
  for (const [at, { line, raw }] of lines.entries()) {
    const outcome = outcomes[at];
    if (outcome === 'imported') imported += 1;
    else if (outcome !== 'unchanged' && outcome !== undefined) {
      rejected.push({ line, raw, reject: outcome });
    }
  }
  rejects.write(rejected.toSorted((a, b) => a.line - b.line));
  totals.read += batch.length;
  totals.imported += imported;
  totals.rejected += rejected.length;
  totals.unchanged += batch.length - imported - rejected.length;
  onBatch();
}
