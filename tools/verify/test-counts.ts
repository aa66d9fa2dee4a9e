import { existsSync, readFileSync } from 'node:fs';

interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Adds up vitest's JSON reports. A run that died before it reported has failed as a step already. */
export function readTestCounts(reports: readonly string[]): TestCounts {
  const total: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports.filter((path) => existsSync(path))) {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
    };
    total.passed += counts.numPassedTests;
    total.failed += counts.numFailedTests;
    total.skipped += counts.numPendingTests;
  }
  return total;
}

export function formatTestCounts({ passed, failed, skipped }: TestCounts): string {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}
