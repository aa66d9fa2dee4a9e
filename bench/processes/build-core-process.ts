import { serveProcess } from '../bench-process.ts';
import { buildCore } from '../build-core.ts';

/** Building takes much memory, which is none of the other measurements'. */
serveProcess(async (outDir: string): Promise<null> => {
  await buildCore(outDir);
  return null;
});
