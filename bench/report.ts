import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../tools/project-root.ts';
import { TallymanError, toWireError } from '../shared/errors.ts';
import { barsTable } from './report/bars-table.ts';
import { betweenMarkers } from './report/between-markers.ts';
import { drawGrowth } from './report/draw-growth.ts';
import { drawRatios } from './report/draw-ratios.ts';
import { growthTable } from './report/growth-table.ts';
import { peersTables } from './report/peers-table.ts';
import { sizeSections } from './report/size-sections.ts';
import { readAllResults, RESULTS_FOLDER } from './results-folder.ts';
import { MEASUREMENTS } from './run-bench.ts';
import type { StoredResults } from './stored-results.ts';
import { writeFormatted, writeWhole } from './write-formatted.ts';

/** Writes what `npm run bench -- --save` has stored into the page: tables between markers, and two drawings. */
async function report(): Promise<void> {
  const results = readAllResults(RESULTS_FOLDER, 'ours');
  const peers = readAllResults(RESULTS_FOLDER, 'peers');
  if (results.length === 0) {
    throw new TallymanError(
      'NOT_FOUND',
      'There are no results yet. Run npm run bench -- --save first.',
    );
  }
  const page = projectFile('docs/PERFORMANCE.md');
  await writeFormatted(page, pageWith(readFileSync(page, 'utf8'), results, peers));
  const drawings = {
    'performance.svg': drawRatios(results, MEASUREMENTS),
    'growth.svg': drawGrowth({ results, peers, names: MEASUREMENTS }),
  };
  for (const [name, drawing] of Object.entries(drawings)) {
    writeWhole(projectFile(`docs/images/${name}`), drawing);
  }
}

function pageWith(
  page: string,
  results: readonly StoredResults[],
  peers: readonly StoredResults[],
): string {
  const sections = {
    tables: `${image('performance', 'Ratios to the limit, a line per measurement')}\n\n${sizeSections(results, MEASUREMENTS)}`,
    bars: barsTable(results),
    growth: `${image('growth', 'Times over the size of the catalogue')}\n\n${growthTable(results, MEASUREMENTS)}`,
    peers: peersTables(peers),
  };
  return Object.entries(sections).reduce(
    (written, [name, text]) => betweenMarkers(written, name, text),
    page,
  );
}

function image(name: string, description: string): string {
  return `![${description}](images/${name}.svg)`;
}

function projectFile(path: string): string {
  return join(projectRoot, path);
}

try {
  await report();
} catch (error) {
  process.stderr.write(`${toWireError(error).message}\n`);
  process.exitCode = 1;
}
