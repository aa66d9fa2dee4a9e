import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { DEFAULT_SCANNER } from '../../../shared/scan/scanner-profile.ts';
import { projectRoot } from '../../../tools/project-root.ts';

/** What wedge scanners were measured at. */
export const MS_PER_KEY = 5;

/** The project's own mock scanner, as a script for a page: it leaves `mockScanner` there. */
export async function mockScannerScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(projectRoot, 'renderer/scan/mock-scanner.ts'),
        formats: ['iife'],
        name: 'mockScanner',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('the mock scanner was not built');
  const [chunk] = output.output;
  return `(() => { ${chunk.code}; window.mockScanner = mockScanner; })()`;
}

/**
 * Gives a page a scanner. Keys that a test sends one by one come late when the machine is busy, and then no longer look like a
 * scanner's; these carry the times that a scanner's have.
 */
export async function addMockScanner(page: Page): Promise<void> {
  await page.evaluate(await mockScannerScript());
  const options = `{ page: window, profile: ${JSON.stringify(DEFAULT_SCANNER)}, msPerKey: ${MS_PER_KEY} }`;
  await page.evaluate(`window.testScanner = mockScanner.createMockScanner(${options})`);
}

/** One code, after a pause that is longer than any between two keys. */
export async function scanInPage(page: Page, text: string): Promise<void> {
  await page.evaluate(`{ testScanner.wait(600); testScanner.scan(${JSON.stringify(text)}); }`);
}
