import { Readable } from 'node:stream';
import { importFile } from '../../server/import/import-file.ts';
import { RejectsFile } from '../../server/import/rejects-file.ts';
import { makeIdSource } from '../../server/store/make-id-source.ts';
import { openStore } from '../../server/store/open-store.ts';
import { serveProcess } from '../bench-process.ts';

export interface PlaceInput {
  /** Of the server, which may be running. */
  dataDir: string;
}

const LINES = 'site\tcode\nMAIN\tA-01\n';

/** Gives the server a site with one place, so that goods can move there. */
serveProcess(async ({ dataDir }: PlaceInput): Promise<null> => {
  const store = await openStore({ dataDir, now: Date.now });
  const path = 'places.tsv';
  const rejects = new RejectsFile({ dataDir, source: path, startedAt: Date.now() });
  await importFile({
    store,
    path,
    source: { chunks: Readable.from([Buffer.from(LINES)]), bytesRead: () => 0, bytesTotal: 0 },
    kind: 'locations',
    currency: 'EUR',
    rejects,
    newId: makeIdSource(Date.now),
    signal: new AbortController().signal,
    onBatch: () => undefined,
  });
  rejects.close();
  await store.close();
  return null;
});
