import { parseArgs } from 'node:util';
import { createApp } from '../../main/app/create-app.ts';
import { headlessPorts } from '../../main/cli/headless-ports.ts';
import { tallyStartInput } from '../../shared/desktop/tally-views.ts';
import { plannedScan } from './planned-scans.ts';
import { idOf } from './server-rows.ts';

/**
 * A program that scans from a list without a pause, with a sync always under way, for a test to kill. Tells `taken <number>`
 * for each scan that the app has answered, and the milliseconds of each at the end.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    server: { type: 'string', default: '' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '0' },
  },
});
const BETWEEN_SYNCS_MS = 200;

const app = await createApp(headlessPorts(values.data));
await app.settings.update({ serverUrl: values.server });

let isOver = false;
let syncs = 0;
const sync = (): void => {
  if (isOver) return;
  void app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: true, reason: 'cli' });
};
const synced = new Promise<void>((resolve) => {
  app.sync.subscribe(({ type }) => {
    if (type !== 'onSyncComplete' && type !== 'onSyncError') return;
    syncs += 1;
    resolve();
    setTimeout(sync, BETWEEN_SYNCS_MS);
  });
});
sync();
await synced;

const start = { kind: 'receive', siteId: idOf(0), locationId: idOf(0) } as const;
const { tallyId } = await app.tally.start(tallyStartInput.parse(start));
const times: number[] = [];
for (let number = Number(values.from); number < Number(values.to); number++) {
  const { scanId, text } = plannedScan(number);
  const startedAt = performance.now();
  await app.tally.scan({ tallyId, scanId, text, raw: text, at: Date.now() });
  times.push(performance.now() - startedAt);
  process.stdout.write(`taken ${number}\n`);
}
isOver = true;
times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
process.stdout.write(
  `times ${JSON.stringify({ p50: at(0.5), p99: at(0.99), max: at(1), syncs })}\n`,
);
await app.close();
