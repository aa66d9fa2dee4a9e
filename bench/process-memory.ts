import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';

const KILOBYTES_PER_MB = 1_024;

/** Memory that the system holds for a process now, or 0 where it has gone or `ps` does not exist. */
export async function residentMb(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) / KILOBYTES_PER_MB;
  } catch {
    return 0;
  }
}

export interface ChromiumMemory {
  /** The process that runs the page. */
  rendererMb: number;
  /** All of Chromium, the renderer included; shared pages are counted in each process. */
  chromiumMb: number;
}

export async function chromiumMemory(browser: Browser): Promise<ChromiumMemory> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(
    processInfo.map(async ({ type, id }) => ({ type, mb: await residentMb(id) })),
  );
  const sum = (some: typeof sizes): number => some.reduce((total, { mb }) => total + mb, 0);
  return {
    // Besides the page's own there may be a spare one, which is smaller.
    rendererMb: Math.max(0, ...sizes.filter(({ type }) => type === 'renderer').map(({ mb }) => mb)),
    chromiumMb: sum(sizes),
  };
}
