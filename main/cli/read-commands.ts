import { type Command, InvalidArgumentError } from 'commander';
import {
  catalogueFilterField,
  type ProductListItem,
  SEARCH_PAGE_MAX,
  SEARCH_TEXT_MAX,
} from '../../shared/desktop/catalogue-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import { WORKER_ENTRIES } from '../app/node-ports/node-paths.ts';
import { type OpenFolder, openFolder } from '../app/open-folder.ts';

interface ReadOptions {
  data: string;
  json?: boolean | undefined;
}

/** Commands that only look. They work beside a running app and with no server. */
export function addReadCommands(program: Command): void {
  readCommand(program, 'search <text>', 'Find products by words, SKU or barcode.')
    .option('--limit <number>', 'products listed at most', parseLimit, 20)
    .action(async (text: string, options: ReadOptions & { limit: number }) => {
      await withFolder(options.data, ({ catalogue }) => search(catalogue, text, options));
    });
  readCommand(program, 'scan <barcode>', 'Look a barcode up.').action(
    async (barcode: string, options: ReadOptions) => {
      await withFolder(options.data, ({ catalogue }) => scan(catalogue, barcode, options));
    },
  );
  readCommand(program, 'status', 'What is in the folder, and how old it is.').action(
    async (options: ReadOptions) => {
      await withFolder(options.data, ({ report }) => status(report, options));
    },
  );
}

function readCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--data <folder>', 'the data folder')
    .option('--json', 'print one line of JSON');
}

async function withFolder(
  dataFolder: string,
  work: (folder: OpenFolder) => void | Promise<void>,
): Promise<void> {
  const folder = await openFolder({
    dataFolder,
    readerWorkerEntry: WORKER_ENTRIES.readerWorkerEntry,
  });
  try {
    await work(folder);
  } finally {
    await folder.close();
  }
}

async function search(
  catalogue: OpenFolder['catalogue'],
  text: string,
  options: ReadOptions & { limit: number },
): Promise<void> {
  if (text.length > SEARCH_TEXT_MAX) {
    throw new TallymanError('BAD_INPUT', `Search for at most ${SEARCH_TEXT_MAX} characters.`);
  }
  const filter = catalogueFilterField.parse({});
  const found = await catalogue.search({ text, filter, cursor: null, limit: options.limit });
  const { total } = await catalogue.count({ text, filter });
  const items = found.items.map(productLine);
  if (options.json) print({ total, ms: found.ms, items });
  else {
    for (const item of items) {
      process.stdout.write(`${item.sku}\t${item.barcodes.join(' ')}\t${item.name}\n`);
    }
    process.stdout.write(`${total} found in ${found.ms.toFixed(1)} ms\n`);
  }
}

async function scan(
  catalogue: OpenFolder['catalogue'],
  barcode: string,
  options: ReadOptions,
): Promise<void> {
  const found = await catalogue.scan(barcode);
  if (options.json) {
    const product = found && { ...productLine(found.product), packQuantity: found.packQuantity };
    print({ found: found !== null, product });
  } else process.stdout.write(found ? `${found.product.name}\n` : `Nothing has ${barcode}.\n`);
}

function status(
  { lastSuccessAt, lastResult, scopes }: OpenFolder['report'],
  options: ReadOptions,
): void {
  const rows: Record<string, number> = {};
  for (const scope of scopes) {
    for (const [entity, count] of Object.entries(scope.rows)) {
      rows[entity] = (rows[entity] ?? 0) + count;
    }
  }
  if (options.json) {
    // Nothing can be changed on a laptop yet, so nothing waits and nothing conflicts.
    print({ lastSync: lastSuccessAt, lastResult, scopes, rows, pending: 0, conflicts: 0 });
    return;
  }
  const last = lastSuccessAt === null ? 'never' : new Date(lastSuccessAt).toISOString();
  process.stdout.write(`Last sync: ${last}\n`);
  for (const { scope, name, version, rows: counts } of scopes) {
    process.stdout.write(`${name ?? scope}: version ${version}, ${JSON.stringify(counts)}\n`);
  }
}

function productLine(product: ProductListItem) {
  const { id, sku, name, barcodes, category, brand } = product;
  return { id, sku, name, barcodes, category, brand };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= SEARCH_PAGE_MAX) return limit;
  throw new InvalidArgumentError(`a limit is a whole number from 1 to ${SEARCH_PAGE_MAX}.`);
}
