/** The process that `run-demo-server.ts` starts: a real server on a free port, filled with the sample catalogue. */
import { mkdirSync } from 'node:fs';
import { seedDemo } from '../../server/demo/seed-demo.ts';
import { startServer } from '../../server/start-server.ts';
import type { DemoServerMessage } from './run-demo-server.ts';

function tell(message: DemoServerMessage): void {
  process.send?.(message);
}

// Ctrl-C reaches every process of the terminal. This one ends when its channel does, after the app.
process.on('SIGINT', () => undefined);

const [dataDir = ''] = process.argv.slice(2);
try {
  mkdirSync(dataDir, { recursive: true });
  const server = await startServer({ dataDir, port: 0, name: 'Demo' });
  process.once('disconnect', () => {
    server.close().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  });
  await seedDemo(server.store, { now: Date.now() });
  tell({ url: server.url });
} catch (error) {
  tell({ failure: error instanceof Error ? error.message : String(error) });
  process.disconnect();
}
