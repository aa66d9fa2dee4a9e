/**
 * Everything that CI runs, in one command. `npm run verify -- lint types:node` runs only the named steps.
 * All steps run even if an early one fails, so that one run shows every problem.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runStep, type Step, type StepResult } from './verify/run-step.ts';
import { formatTestCounts, readTestCounts } from './verify/test-counts.ts';
import { projectRoot } from './project-root.ts';

/** Static checks keep one core busy each; more at once only makes each slower on a small machine. */
const STEPS_AT_ONCE = 2;

const reportFolder = join(projectRoot, '.cache', 'verify');

function vitest(name: string, projects: readonly string[]): Step {
  return {
    name,
    command: [
      'vitest',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reportFolder, `${name}.json`)}`,
    ],
    isLive: true,
  };
}

/** The stages follow one another; the steps within a stage are independent. */
const STAGES: readonly (readonly Step[])[] = [
  [
    { name: 'lint', command: ['oxlint'] },
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
    { name: 'types:shared', command: ['tsc', '-p', 'tsconfig.shared.json'] },
    { name: 'types:node', command: ['tsc', '-p', 'tsconfig.node.json'] },
    { name: 'types:renderer', command: ['tsc', '-p', 'tsconfig.renderer.json'] },
    { name: 'unused', command: ['knip'] },
  ],
  [vitest('tests', ['node', 'postgres', 'renderer'])],
  [vitest('e2e', ['e2e'])],
];

async function runStage(steps: readonly Step[]): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      results.push(await runStep(step));
    }
  };
  await Promise.all(Array.from({ length: STEPS_AT_ONCE }, work));
  return results;
}

async function main(): Promise<number> {
  const wanted = new Set(process.argv.slice(2));
  const stages = STAGES.map((steps) =>
    steps.filter(({ name }) => wanted.size === 0 || wanted.has(name)),
  );
  const names = STAGES.flat().map(({ name }) => name);
  const unknown = [...wanted].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`No such step: ${unknown.join(', ')}. The steps are ${names.join(', ')}.`);
    return 2;
  }
  // An old report must not be taken for this run's.
  rmSync(reportFolder, { recursive: true, force: true });
  mkdirSync(reportFolder, { recursive: true });
  const startedAt = performance.now();
  const results: StepResult[] = [];
  for (const steps of stages) {
    results.push(...(await runStage(steps)));
  }
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    failed.length === 0
      ? `verify: all ${results.length} steps passed in ${seconds} s`
      : `verify: ${failed.join(', ')} failed (${results.length} steps, ${seconds} s)`,
  );
  const testSteps = results
    .map(({ name }) => name)
    .filter((name) => ['tests', 'e2e'].includes(name));
  if (testSteps.length > 0) {
    const reports = testSteps.map((name) => join(reportFolder, `${name}.json`));
    console.log(formatTestCounts(readTestCounts(reports)));
  }
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
