import { once } from 'node:events';
import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import { type RunningProgram, runProgram } from '../../../support/run-program.ts';

/** One real server process on data that outlive it. */
export class ServerProcess {
  readonly url: string;
  readonly #program: RunningProgram;

  private constructor(url: string, program: RunningProgram) {
    this.url = url;
    this.#program = program;
  }

  /** `port`: that of one that has ended, to be found where it was. */
  static async start({ dataDir, database }: StoreLocation, port = 0): Promise<ServerProcess> {
    const args = ['serve', '--data', dataDir, '--port', String(port), '--log-level', 'error'];
    const program = runProgram(
      'server/cli/main.ts',
      args,
      database === undefined ? {} : { TALLYMAN_DATABASE: database },
    );
    const listening = new Promise<string>((resolve) => {
      program.child.stdout?.on('data', () => {
        const url = /^listening on (\S+)$/m.exec(program.stdout())?.[1];
        if (url !== undefined) resolve(url);
      });
    });
    const ended = program.ended.then(({ stderr }) => {
      throw new Error(`The server ended: ${stderr}`);
    });
    const url = await Promise.race([listening, ended]);
    ended.catch(() => undefined);
    return new ServerProcess(url, program);
  }

  /** SIGKILL is what a power cut does. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this.#program;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
