import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import {
  ADMIN_IMPORT_BYTES_MAX,
  type AdminImportInput,
  type AdminImportOutput,
  IMPORT_PROBLEMS_LISTED_MAX,
} from '../../shared/sync/admin-protocol.ts';
import { importFile } from '../import/import-file.ts';
import { openSource } from '../import/open-source.ts';
import { RejectsFile } from '../import/rejects-file.ts';
import type { ServerStore } from '../store/open-store.ts';

const DEFAULT_CURRENCY = 'EUR';
/** What the name of a file says about its form. Nothing else of it reaches the file system. */
const EXTENSIONS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt', '.jsonl', '.ndjson']);

export interface ImportTextOptions {
  now: () => number;
  signal?: AbortSignal | undefined;
}

/** As the command imports a file, from its text; problems come back instead of being written beside the data. */
export async function importText(
  store: ServerStore,
  input: AdminImportInput,
  { now, signal = new AbortController().signal }: ImportTextOptions,
): Promise<AdminImportOutput> {
  if (Buffer.byteLength(input.text) > ADMIN_IMPORT_BYTES_MAX) {
    throw new TallymanError(
      'TOO_LARGE',
      'Import a file as large as this with the server’s command.',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-import-'));
  try {
    const extension = extname(input.fileName).toLowerCase();
    const path = join(folder, `import${EXTENSIONS.has(extension) ? extension : '.csv'}`);
    await writeFile(path, input.text);
    return await importFrom(path, { store, input, folder, now, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface ImportFromOptions {
  store: ServerStore;
  input: AdminImportInput;
  folder: string;
  now: () => number;
  signal: AbortSignal;
}

async function importFrom(
  path: string,
  { store, input, folder, now, signal }: ImportFromOptions,
): Promise<AdminImportOutput> {
  const problems: { line: number; reason: string }[] = [];
  let problemCount = 0;
  const rejects = new RejectsFile({
    dataDir: folder,
    source: path,
    startedAt: now(),
    onRejected: ({ line, reject }) => {
      problemCount += 1;
      const field = reject.field === undefined ? '' : `${reject.field}: `;
      if (problems.length < IMPORT_PROBLEMS_LISTED_MAX) {
        problems.push({ line, reason: `${field}${reject.sentence}` });
      }
    },
  });
  try {
    const { totals, created } = await importFile({
      store,
      path,
      source: await openSource(path),
      kind: input.kind,
      currency: input.currency ?? DEFAULT_CURRENCY,
      rejects,
      newId: store.newId,
      dryRun: input.dryRun,
      signal,
      onBatch: () => undefined,
    });
    const { read, imported, unchanged } = totals;
    const lines = { lines: read, created, changed: imported - created, unchanged };
    return { ...lines, problems, problemCount };
  } finally {
    rejects.close();
  }
}
