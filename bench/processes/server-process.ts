import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeIdSource } from '../../server/store/make-id-source.ts';
import { importFile } from '../../server/import/import-file.ts';
import { RejectsFile } from '../../server/import/rejects-file.ts';
import { DATABASE_FILE } from '../../server/store/open-store.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { serveProcess } from '../bench-process.ts';
import { type CatalogueChoice, catalogueSource } from '../catalogue-source.ts';
import { changeProducts } from '../change-products.ts';
import { randomFrom } from '../random.ts';

export interface ServerInput {
  dataDir: string;
  catalogue: CatalogueChoice;
}

export interface ServerOutput {
  url: string;
  /** Holds the catalogue, as the import made it. */
  databaseFile: string;
  /** Takes `POST /<count>`: that many products are changed in one transaction of the server before it answers. */
  changeUrl: string;
  /** Lines that became products; the others are counted as rejected. */
  imported: number;
  rejected: number;
  importSeconds: number;
}

let server: RunningServer | null = null;
let changer: Server | null = null;

/** The server as people run it, with a catalogue in it, in a process of its own as in life. Stays until its starter goes. */
serveProcess(
  async ({ dataDir, catalogue }: ServerInput): Promise<ServerOutput> => {
    server = await startServer({ dataDir, port: 0, snapshots: false });
    const { store, url } = server;
    const startedAt = performance.now();
    const path = catalogue.file ?? 'catalogue.tsv';
    const rejects = new RejectsFile({ dataDir, source: path, startedAt: Date.now() });
    const { totals } = await importFile({
      store,
      path,
      source: await catalogueSource(catalogue),
      kind: 'products',
      currency: 'EUR',
      rejects,
      newId: makeIdSource(Date.now),
      signal: new AbortController().signal,
      onBatch: () => undefined,
    });
    rejects.close();
    const importSeconds = (performance.now() - startedAt) / 1_000;
    const random = randomFrom(catalogue.seed);
    changer = createServer((request, response) => {
      const count = Number(request.url?.slice(1));
      changeProducts(store, count, random).then(
        () => response.end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    const changeUrl = await listen(changer);
    return {
      url,
      databaseFile: join(dataDir, DATABASE_FILE),
      changeUrl,
      imported: totals.imported,
      rejected: totals.rejected,
      importSeconds,
    };
  },
  async () => {
    changer?.closeAllConnections();
    changer?.close();
    await server?.close();
  },
);

async function listen(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
