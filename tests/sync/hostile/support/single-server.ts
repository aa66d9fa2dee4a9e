import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import type { HostileServer } from './hostile-server.ts';
import { ServerProcess } from './server-process.ts';

export class SingleServer implements HostileServer {
  readonly location: StoreLocation;
  url = '';
  #process: ServerProcess | null = null;

  constructor(location: StoreLocation) {
    this.location = location;
  }

  get running(): boolean {
    return this.#process !== null;
  }

  async start(): Promise<void> {
    this.#process = await ServerProcess.start(this.location);
    this.url = this.#process.url;
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const process = this.#process;
    this.#process = null;
    await process?.end(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
