import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../tools/project-root.ts';

export interface Program extends AsyncDisposable {
  /** What the pattern's first group matched in the line that said that it is ready. */
  address: string;
  /** At once, as a crash or a battery would. */
  kill: () => Promise<void>;
}

export interface ProgramOptions {
  entry: string;
  args: readonly string[];
  /** The line on stdout that says that it is ready. */
  ready: RegExp;
}

/** Starts one of our programs as a process of its own and waits until it is ready. Killed when disposed. */
export async function startProgram({ entry, args, ready }: ProgramOptions): Promise<Program> {
  const child = spawn(process.execPath, [join(projectRoot, entry), ...args], {
    env: { ...process.env, BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (piece: Buffer): void => {
      output += piece.toString();
      const found = ready.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(`${entry} ended before it was ready:\n${output}`)));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { address, kill, [Symbol.asyncDispose]: kill };
}
