import { serveProcess } from '../bench-process.ts';
import { randomFrom } from '../random.ts';
import { loadProducts } from './load-products.ts';
import { ProductLog } from './product-log.ts';
import { type ProductSource, startProductSource } from './product-source.ts';

export interface SourceInput {
  databaseFile: string;
  seed: number;
}

export type SourceOutput = Pick<ProductSource, 'url' | 'controlUrl'> & { rows: number };

let source: ProductSource | null = null;

/** Where peers get their rows from, in a process of its own as in life. Stays until its starter goes. */
serveProcess(
  async ({ databaseFile, seed }: SourceInput): Promise<SourceOutput> => {
    const log = new ProductLog(loadProducts(databaseFile));
    source = await startProductSource(log, randomFrom(seed));
    return { url: source.url, controlUrl: source.controlUrl, rows: log.rows };
  },
  async () => source?.close(),
);
