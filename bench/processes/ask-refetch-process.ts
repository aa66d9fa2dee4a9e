import { openBenchApp } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';

export interface AskRefetchInput {
  dataFolder: string;
}

/** A person's word that everything be fetched anew. The next full run fills a new file while readers keep the old one. */
serveProcess(async ({ dataFolder }: AskRefetchInput): Promise<null> => {
  const { app, close } = await openBenchApp({ dataFolder, serverUrl: null });
  try {
    await app.sync.acceptServer();
    return null;
  } finally {
    await close();
  }
});
