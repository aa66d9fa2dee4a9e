import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { entityNamed } from '../../shared/entities/registry.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import type { TableName } from '../store/server-database.ts';
import { type ImportCommandOptions, runImportCommand } from './import-command.ts';
import type { ImportTotals } from './import-records.ts';

export interface BenchRun {
  code: number;
  stdout: string;
  stderr: string;
  /** The JSON of stdout's last line; null if there was none. */
  json: Readonly<Record<string, unknown>> | null;
  /** The JSON of stdout's last line without the seconds; null if there was none. */
  totals: ImportTotals | null;
  rejects: readonly RejectedText[];
}

interface RejectedText {
  line: number;
  reason: string;
  sentence: string;
  content: string;
  field: string;
}

type Row = Record<string, string | number | null>;

/** For tests: a folder with a data folder in it, files to import, and a look at what came of it. */
export class ImportBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'tallyman-import-'));
  readonly data = join(this.folder, 'data');

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Writes the content to a file and imports that. */
  async import(
    name: string,
    content: string | Uint8Array,
    options: Partial<ImportCommandOptions> = {},
  ): Promise<BenchRun> {
    return this.run(this.file(name, content), options);
  }

  async run(
    file: string,
    options: Partial<ImportCommandOptions> & { signal?: AbortSignal } = {},
  ): Promise<BenchRun> {
    const { signal, ...command } = options;
    rmSync(join(this.data, 'rejects'), { recursive: true, force: true });
    const stdout = new Collector();
    const stderr = new Collector();
    const code = await runImportCommand(
      { file, data: this.data, kind: 'products', ...command },
      { stdout, stderr, now: Date.now, ...(signal === undefined ? {} : { signal }) },
    );
    const json = jsonIn(stdout.text);
    return {
      code,
      stdout: stdout.text,
      stderr: stderr.text,
      json,
      totals: json && totalsOf(json),
      rejects: this.#rejects(),
    };
  }

  async withStore<T>(work: (store: ServerStore) => Promise<T>): Promise<T> {
    const store = await openStore({ dataDir: this.data });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** In the order of their ids, which is that of their making. */
  async rows(entity: TableName): Promise<readonly Row[]> {
    return this.withStore(async ({ reader }) =>
      reader
        .selectFrom(entity as 'product')
        .select(entityNamed(entity).columns.map((column) => column.name) as 'id'[])
        .orderBy('id')
        .execute(),
    );
  }

  /** Scope → version, rows and digest. */
  async scopes(): Promise<readonly object[]> {
    return this.withStore(async ({ reader }) =>
      reader
        .selectFrom('sync_scope')
        .select(['scope', 'version', 'row_count', 'row_sum'])
        .orderBy('scope')
        .execute(),
    );
  }

  #rejects(): BenchRun['rejects'] {
    const folder = join(this.data, 'rejects');
    const [name] = readdirSync(this.folder).includes('data') ? listed(folder) : [];
    if (name === undefined) return [];
    const [, ...lines] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => {
      const [number = '', reason = '', sentence = '', content = '', field = ''] = line.split('\t');
      return { line: Number(number), reason, sentence, content, field };
    });
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function jsonIn(stdout: string): (ImportTotals & Record<string, unknown>) | null {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? (JSON.parse(last) as ImportTotals & Record<string, unknown>) : null;
}

function totalsOf({ read, imported, unchanged, rejected }: ImportTotals): ImportTotals {
  return { read, imported, unchanged, rejected };
}

class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
