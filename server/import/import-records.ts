import type { ServerStore } from '../store/open-store.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { LineFields } from './line-fields.ts';
import type { RawLine, SourceRecord } from './line-format.ts';
import { isReject, type LineImporter } from './line-importer.ts';
import { type Reject, withField } from './reject.ts';
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

export type Commit = <T>(
  store: ServerStore,
  work: (tx: ChangeTransaction) => Promise<T>,
) => Promise<{ result: T }>;

export interface ImportRecordsOptions<TLine extends object> {
  store: ServerStore;
  records: AsyncIterable<readonly SourceRecord[]>;
  importer: LineImporter<TLine>;
  rejects: RejectsFile;
  /** Raised after each batch that is committed. */
  totals: ImportTotals;
  /** How a batch is written: `commitChanges`, or for a dry run something that writes nothing. */
  commit: Commit;
  /** Ends the import after the batch at hand. */
  signal: AbortSignal;
  onBatch: () => void;
}

/**
 * Takes the records in batches; what a batch has committed stays, whatever comes after it. Resolves with how many of the
 * imported lines made something new.
 */
export async function importRecords<TLine extends object>(
  options: ImportRecordsOptions<TLine>,
): Promise<number> {
  const { store, records, importer, commit, signal } = options;
  await commit(store, async (tx) => importer.load(tx));
  let batch: SourceRecord[] = [];
  let created = 0;
  for await (const some of records) {
    for (const record of some) {
      batch.push(record);
      if (batch.length < IMPORT_BATCH_LINES) continue;
      created += await importBatch(batch, options);
      batch = [];
      if (signal.aborted) return created;
    }
    if (signal.aborted) return created;
  }
  if (batch.length > 0) created += await importBatch(batch, options);
  return created;
}

async function importBatch<TLine extends object>(
  batch: readonly SourceRecord[],
  { store, importer, rejects, totals, commit, onBatch }: ImportRecordsOptions<TLine>,
): Promise<number> {
  const rejected: RejectedLine[] = [];
  let rejectedLines = 0;
  const refuse = (line: number, raw: RawLine, problems: readonly Reject[]): void => {
    rejectedLines += 1;
    for (const reject of problems) rejected.push({ line, raw, reject: withField(reject) });
  };
  const lines: { read: TLine; line: number; raw: RawLine }[] = [];
  for (const record of batch) {
    const { line, raw } = record;
    if (record.reject !== null) {
      refuse(line, raw, [record.reject]);
      continue;
    }
    const fields = new LineFields(record.values, record.places);
    const read = importer.read(fields, line);
    if (isReject(read)) refuse(line, raw, fields.reject === null ? [read] : fields.problems);
    else lines.push({ read, line, raw });
  }
  const { result: outcomes } = await commit(store, async (tx) =>
    importer.apply(
      tx,
      lines.map(({ read }) => read),
    ),
  );
  let [created, changed] = [0, 0];
  for (const [at, { line, raw }] of lines.entries()) {
    const outcome = outcomes[at];
    if (outcome === 'created') created += 1;
    else if (outcome === 'changed') changed += 1;
    else if (outcome !== 'unchanged' && outcome !== undefined) {
      refuse(line, raw, [outcome]);
    }
  }
  rejects.write(rejected.toSorted((a, b) => a.line - b.line));
  totals.read += batch.length;
  totals.imported += created + changed;
  totals.rejected += rejectedLines;
  totals.unchanged += batch.length - created - changed - rejectedLines;
  onBatch();
  return created;
}
