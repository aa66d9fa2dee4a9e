import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TallymanError } from '../../shared/errors.ts';

/** What the demo server's process says, once, when it serves or when it cannot. */
export type DemoServerMessage = { url: string } | { failure: string };

export interface DemoServer extends AsyncDisposable {
  url: string;
}

/**
 * Runs the demo server in a process of its own, as a real one would be. It lives as long as the channel to it: disposing
 * closes the channel, and so does this process's end, however it comes.
 */
export async function runDemoServer(dataDir: string, signal: AbortSignal): Promise<DemoServer> {
  const entry = fileURLToPath(new URL('./demo-server-entry.ts', import.meta.url));
  const child = fork(entry, [dataDir]);
  const exited = once(child, 'exit');
  const stop = (): void => {
    if (child.connected) child.disconnect();
  };
  signal.addEventListener('abort', stop);
  const [message] = (await Promise.race([
    once(child, 'message'),
    exited.then(() => [{ failure: 'The demo server ended before it served.' }]),
  ])) as [DemoServerMessage];
  const dispose = async (): Promise<void> => {
    stop();
    await exited;
  };
  if ('failure' in message) {
    await dispose();
    throw new TallymanError('INTERNAL', message.failure);
  }
  return { url: message.url, [Symbol.asyncDispose]: dispose };
}
