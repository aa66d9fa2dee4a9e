import { expect, test } from 'vitest';
import { plannedScan, plannedTotals } from '../support/planned-scans.ts';
import { runProgram } from '../support/run-program.ts';
import { startScanOffice } from '../support/scan-office.ts';
import { idOf } from '../support/server-rows.ts';
import { storedScans } from '../support/stored-scans.ts';
import { useTempFolders } from '../support/temp-folder.ts';

/**
 * Goal: promise R1, a scan that beeped is never lost or doubled. Method: the app as a process of its own scans from a known
 * list while it syncs from a server that changes all the time; it is killed in the middle, again and again, and goes on with
 * the first scan that nobody was told of, as a window would.
 */
const SCANS = 4_000;
/** After so many scans that were answered the process is killed. */
const KILLS = [600, 1_300, 2_100, 3_200];

const tempFolder = useTempFolders();

const takenOf = (stdout: string): number => {
  const numbers = [...stdout.matchAll(/^taken (\d+)$/gm)];
  return Number(numbers.at(-1)?.[1] ?? -1) + 1;
};

test(
  'C1, R1: 4,000 scans with a sync running and the process killed in the middle are all there, once',
  { timeout: 600_000 },
  async () => {
    await using office = await startScanOffice(tempFolder());
    const folder = tempFolder();
    let taken = 0;
    for (const stop of [...KILLS, Infinity]) {
      const program = runProgram('tests/support/scan-until-killed.ts', [
        '--data',
        folder,
        '--server',
        office.url,
        '--from',
        String(taken),
        '--to',
        String(SCANS),
      ]);
      program.child.stdout?.on('data', () => {
        if (takenOf(program.stdout().slice(-200)) >= stop) program.child.kill('SIGKILL');
      });
      const ended = await program.ended;
      taken = Math.max(taken, takenOf(ended.stdout));
      if (stop === Infinity) {
        expect(ended, ended.stderr).toMatchObject({ code: 0 });
        expect(ended.stdout).toMatch(/"syncs":[1-9]/);
      } else {
        expect(ended).toMatchObject({ signal: 'SIGKILL' });
        // Whatever was answered is there; one may be there that nobody was told of.
        const stored = storedScans(folder);
        expect(stored.ids.slice(0, taken)).toEqual(planned(taken));
        expect(stored.ids.length - taken).toBeLessThanOrEqual(1);
      }
    }
    const { ids, totals } = storedScans(folder);
    expect(ids).toEqual(planned(SCANS));
    const expected = [...plannedTotals(SCANS)].map(
      ([product, sum]) => [idOf(product), sum] as const,
    );
    expect(totals).toEqual(new Map(expected));
  },
);

function planned(scans: number): string[] {
  return Array.from({ length: scans }, (_, number) => plannedScan(number).scanId);
}
