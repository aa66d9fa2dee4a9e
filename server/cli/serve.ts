import type { Logger } from 'pino';
import type { ServerConfig } from '../config.ts';
import type { OperatingConfig } from '../operations/operating-config.ts';
import { startServer } from '../start-server.ts';

export interface ServeTerminal {
  logger: Logger;
  stdout: NodeJS.WritableStream;
}

/** Serves until it is told to stop; then everything is closed and nothing keeps the process alive. */
export async function serve(
  config: ServerConfig & OperatingConfig,
  { logger, stdout }: ServeTerminal,
): Promise<void> {
  const snapshots = config.snapshots ? { store: config.snapshotStore } : false;
  const server = await startServer({ ...config, logger, snapshots });
  stdout.write(`listening on ${server.url}\n`);
  if (server.metricsPort !== null) logger.info({ port: server.metricsPort }, 'serving metrics');
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    server.close().then(
      () => logger.info('stopped'),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
