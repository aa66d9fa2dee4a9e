import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createApp } from '../../main/app/create-app.ts';
import { headlessPorts } from '../../main/cli/headless-ports.ts';
import { applyImport, importKey } from '../../renderer/exchange/apply-import.ts';
import { checkFile } from '../../renderer/exchange/check-file.ts';
import { openImportFile } from '../../renderer/exchange/open-import-file.ts';
import { guessColumns } from '../../shared/exchange/guess-columns.ts';
import { IMPORT_KINDS } from '../../shared/exchange/import-fields.ts';
import { idOf } from './server-rows.ts';

/**
 * A program that imports a file into the first site as the screen does, and sends what came of it, for a test to kill. Tells `done <rows>` after
 * each part that is recorded, and at the end how many rows it planned and how many were new.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    server: { type: 'string', default: '' },
    file: { type: 'string', default: '' },
    kind: { type: 'string', default: '' },
  },
});
const kind = IMPORT_KINDS.find((one) => one === values.kind) ?? 'stock';
const app = await createApp(headlessPorts(values.data));
await app.settings.update({ serverUrl: values.server });

async function sync(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<null>();
  app.sync.subscribe(({ type }) => {
    if (type === 'onSyncComplete') resolve(null);
    if (type === 'onSyncError') reject(new Error('The sync failed.'));
  });
  void app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: true, reason: 'cli' });
  await promise;
}

await sync();
const { signal } = new AbortController();
const file = await openImportFile('rows.csv', new Uint8Array(readFileSync(values.file)));
if (!('headers' in file)) throw new Error(file.code);
const columns = guessColumns(file.headers, kind);
const sites = new Map<string, string>();
const check = await checkFile(
  file,
  { kind, columns, sites, siteId: idOf(0), reason: 'Opening stock', at: Date.now() },
  { signal, onProgress: () => undefined, lookUp: (input) => app.exchange.lookUp(input) },
);
if (check.problems.length > 0) throw new Error(JSON.stringify(check.problems[0]));
const written = await applyImport(importKey(file.hash, columns), check.planned, {
  signal,
  onProgress: (rows) => process.stdout.write(`done ${rows}\n`),
  write: (writes) => app.exchange.write(writes),
});
await sync();
const totals = { rows: check.rows, planned: check.planned.length, written };
process.stdout.write(`totals ${JSON.stringify(totals)}\n`);
await app.close();
