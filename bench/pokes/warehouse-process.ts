import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { serveProcess } from '../bench-process.ts';
import { serveControl } from './control-port.ts';

export interface WarehouseInput {
  dataDir: string;
  sites: number;
}

export interface WarehouseOutput {
  url: string;
  controlUrl: string;
}

export interface ServerLoad {
  /** Of all threads, since the process began. */
  cpuMs: number;
  rssMb: number;
}

let server: RunningServer | null = null;
let control: { close: () => void } | null = null;

/** The server as people run it, with sites of one place each, in a process of its own. Stays until its starter goes. */
serveProcess(
  async ({ dataDir, sites }: WarehouseInput): Promise<WarehouseOutput> => {
    server = await startServer({ dataDir, port: 0, snapshots: false });
    const numbers = Array.from({ length: sites }, (_, number) => number);
    await commitChanges(server.store, async (tx) => {
      await tx.insert('product', [productRow(0)]);
      await tx.insert(
        'site',
        numbers.map((number) => siteRow(number)),
      );
      await tx.insert(
        'location',
        numbers.map((number) => locationRow(number, { site_id: idOf(number) })),
      );
    });
    const port = await serveControl({
      load: (): ServerLoad => {
        const { user, system } = process.cpuUsage();
        return { cpuMs: (user + system) / 1_000, rssMb: process.memoryUsage().rss / 2 ** 20 };
      },
    });
    control = port;
    return { url: server.url, controlUrl: port.url };
  },
  async () => {
    control?.close();
    await server?.close();
  },
);
