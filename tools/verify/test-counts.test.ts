import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { formatTestCounts, readTestCounts } from './test-counts.ts';

const tempFolder = useTempFolders();

test('the counts of all reports are added up into one closing line', () => {
  const folder = tempFolder();
  const reports = [
    { numPassedTests: 7, numFailedTests: 0, numPendingTests: 1 },
    { numPassedTests: 2, numFailedTests: 3, numPendingTests: 0 },
  ].map((counts, number) => {
    const path = join(folder, `${number}.json`);
    writeFileSync(path, JSON.stringify(counts));
    return path;
  });
  expect(formatTestCounts(readTestCounts(reports))).toBe('tests: 9 passed, 3 failed, 1 skipped');
});

test('a run that died before it reported counts as nothing, not as an error of its own', () => {
  expect(readTestCounts([join(tempFolder(), 'none.json')])).toEqual({
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});
