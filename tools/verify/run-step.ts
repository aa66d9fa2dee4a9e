import { spawn } from 'node:child_process';
import { packageBin } from '../package-bin.ts';

export interface Step {
  name: string;
  /** Name of a package's executable and its arguments. */
  command: readonly string[];
  /** Its output is shown as it comes. Only for a step that runs alone. */
  isLive?: boolean | undefined;
}

export interface StepResult {
  name: string;
  ok: boolean;
}

/** Runs one check and prints its name and time, and all of its output if it failed. */
export async function runStep({ name, command, isLive = false }: Step): Promise<StepResult> {
  const [program = '', ...args] = command;
  const startedAt = performance.now();
  const output: Buffer[] = [];
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [packageBin(program), ...args], {
      stdio: ['ignore', isLive ? 'inherit' : 'pipe', isLive ? 'inherit' : 'pipe'],
    });
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ok = exitCode === 0;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!ok) process.stdout.write(Buffer.concat(output));
  return { name, ok };
}
