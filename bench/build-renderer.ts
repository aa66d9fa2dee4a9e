import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { must } from '../shared/domain/assert.ts';

const RENDERER = fileURLToPath(new URL('../renderer', import.meta.url));
const BARE_ROW = fileURLToPath(new URL('page/bare-row.ts', import.meta.url));

export interface Size {
  bytes: number;
  gzipBytes: number;
}

/** What a page has to load before it can draw a row. */
export interface Footprint {
  scripts: Size;
  styles: Size;
  /** The page itself, scripts and styles. */
  requests: number;
  /** The script that the page names. */
  entryBytes: number;
}

/** Builds the renderer as it is shipped into an empty folder. */
export async function buildRenderer(outDir: string): Promise<Footprint> {
  const output = await buildInto(outDir, { configFile: join(RENDERER, 'vite.config.ts') });
  return footprintOf(outDir, output);
}

/** The least that a page needs that draws one row with React. */
export async function buildBareRow(outDir: string): Promise<Footprint> {
  const output = await buildInto(outDir, {
    configFile: false,
    build: { rolldownOptions: { input: BARE_ROW } },
  });
  return footprintOf(outDir, output);
}

async function buildInto(
  outDir: string,
  config: InlineConfig,
): Promise<readonly Rolldown.OutputChunk[]> {
  const result = (await build({
    root: RENDERER,
    logLevel: 'error',
    ...config,
    build: { ...config.build, outDir, emptyOutDir: true, reportCompressedSize: false },
  })) as Rolldown.RolldownOutput;
  return result.output.filter((file) => file.type === 'chunk');
}

function footprintOf(outDir: string, chunks: readonly Rolldown.OutputChunk[]): Footprint {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = must(
    chunks.find(({ isEntry }) => isEntry),
    'an entry',
  );
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk): void => {
    if (scripts.has(chunk.fileName)) return;
    scripts.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    for (const name of chunk.imports) add(must(byName.get(name), name));
  };
  add(entry);
  return {
    scripts: sizeOf(outDir, scripts),
    styles: sizeOf(outDir, styles),
    requests: 1 + scripts.size + styles.size,
    entryBytes: sizeOf(outDir, [entry.fileName]).bytes,
  };
}

function sizeOf(folder: string, names: Iterable<string>): Size {
  const contents = [...names].map((name) => readFileSync(join(folder, name)));
  const sum = (lengths: readonly number[]): number =>
    lengths.reduce((total, length) => total + length, 0);
  return {
    bytes: sum(contents.map(({ length }) => length)),
    gzipBytes: sum(contents.map((content) => gzipSync(content).length)),
  };
}
