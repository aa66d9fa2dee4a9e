import { expect, test } from 'vitest';
import { runSimulation } from './run-simulation.ts';
import { simulationReport } from './simulation-report.ts';

const OPTIONS = { laptops: 60, laptopsPerSite: 20, products: 600, workMinutes: 3, seed: 7 };
const PHASES = [
  'shift start',
  'work',
  'wake storm',
  'catalogue change',
  'long-offline return',
] as const;

test('a simulated day ends with every laptop where its server is, and tells what each phase cost', async () => {
  const phases: string[] = [];
  const result = await runSimulation(OPTIONS, (phase) => phases.push(phase));
  expect(phases.slice(1)).toEqual(PHASES);
  // All that were there fetch what the office changed: 2 % over night, and all of so few later.
  expect(result.rowsReceived).toBeGreaterThanOrEqual(58 * (12 + 600));
  expect(result.operations).toBeGreaterThanOrEqual(2 * 300);
  const lines = simulationReport(OPTIONS, result, true)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { phase: string; answerP95ms: Record<string, number> });
  expect(lines.map(({ phase }) => phase)).toEqual(PHASES);
  for (const { answerP95ms } of lines) {
    expect(answerP95ms['8']).toBeLessThanOrEqual(answerP95ms['1'] ?? 0);
  }
  expect(simulationReport(OPTIONS, result, false)).toContain('60 laptops, 20 to a site');
}, 120_000);
