import { buildBareRow, buildRenderer, type Footprint } from '../build-renderer.ts';
import { serveProcess } from '../bench-process.ts';

export interface BuildRendererInput {
  outDir: string;
  what: 'renderer' | 'bareRow';
}

/** Building takes much memory, which is none of the other measurements'. */
serveProcess(({ outDir, what }: BuildRendererInput): Promise<Footprint> =>
  what === 'renderer' ? buildRenderer(outDir) : buildBareRow(outDir),
);
