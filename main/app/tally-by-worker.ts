import type { Settings } from '../../shared/desktop/settings.ts';
import type { TallyWorker } from '../../shared/desktop/tally-views.ts';
import type { DataWorkerKeeper } from './data-worker-keeper.ts';
import type { DesktopApp } from './desktop-app.ts';

/** Tallies, read and written by the data worker: whoever scans sees what was scanned just now. */
export function tallyByWorker(
  worker: DataWorkerKeeper,
  settings: () => Pick<Settings, 'personId' | 'scanner'>,
): DesktopApp['tally'] {
  const by = (): TallyWorker => {
    const { personId, scanner } = settings();
    return { personId, scanner };
  };
  return {
    start: (input) => worker.call('tallyStart', { input, by: by() }),
    list: (input) => worker.call('tallyList', input),
    get: (input) => worker.call('tallyGet', { input, by: by() }),
    scan: (input) => worker.call('tallyScan', { input, by: by() }),
    type: (input) => worker.call('tallyType', input),
    assign: (input) => worker.call('tallyAssign', { input, by: by() }),
    void: (input) => worker.call('tallyVoid', input),
    place: (input) => worker.call('tallyPlace', input),
    post: (input) => worker.call('tallyPost', { input, by: by() }),
    discard: (input) => worker.call('tallyDiscard', input),
    unknown: () => worker.call('tallyUnknown', null),
  };
}
