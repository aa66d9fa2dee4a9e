import { type Command, InvalidArgumentError } from 'commander';
import {
  catalogueFilterField,
  type ProductListItem,
  SEARCH_PAGE_MAX,
  SEARCH_TEXT_MAX,
} from '../../shared/desktop/catalogue-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { OpenFolder } from '../app/open-folder.ts';
import { folderCommand, type FolderOptions, present, withFolder } from './folder-command.ts';

/** Commands that only look. They work beside a running app and with no server. */
export function addReadCommands(program: Command): void {
  folderCommand(program, 'search <text>', 'Find products by words, SKU or barcode.')
    .option('--limit <number>', 'products listed at most', parseLimit, 20)
    .action(async (text: string, options: FolderOptions & { limit: number }) => {
      await withFolder(options.data, ({ catalogue }) => search(catalogue, text, options));
    });
  folderCommand(program, 'scan <barcode>', 'Look a barcode up.').action(
    async (barcode: string, options: FolderOptions) => {
      await withFolder(options.data, ({ catalogue }) => scan(catalogue, barcode, options));
    },
  );
  folderCommand(program, 'status', 'What is in the folder, and how old it is.').action(
    async (options: FolderOptions) => {
      await withFolder(options.data, ({ report }) => status(report, options));
    },
  );
}

async function search(
  catalogue: OpenFolder['catalogue'],
  text: string,
  options: FolderOptions & { limit: number },
): Promise<void> {
  if (text.length > SEARCH_TEXT_MAX) {
    throw new TallymanError('BAD_INPUT', `Search for at most ${SEARCH_TEXT_MAX} characters.`);
  }
  const filter = catalogueFilterField.parse({});
  const found = await catalogue.search({ text, filter, cursor: null, limit: options.limit });
  const { total } = await catalogue.count({ text, filter });
  const items = found.items.map(productLine);
  present(options, { total, ms: found.ms, items }, [
    ...items.map((item) => `${item.sku}\t${item.barcodes.join(' ')}\t${item.name}`),
    `${total} found in ${found.ms.toFixed(1)} ms`,
  ]);
}

async function scan(
  catalogue: OpenFolder['catalogue'],
  barcode: string,
  options: FolderOptions,
): Promise<void> {
  const found = await catalogue.scan(barcode);
  const product = found && { ...productLine(found.product), packQuantity: found.packQuantity };
  present(options, { found: found !== null, product }, [
    found ? found.product.name : `Nothing has ${barcode}.`,
  ]);
}

function status(
  { lastSuccessAt, lastResult, scopes, pending, conflicts, attention }: OpenFolder['report'],
  options: FolderOptions,
): void {
  const rows: Record<string, number> = {};
  for (const scope of scopes) {
    for (const [entity, count] of Object.entries(scope.rows)) {
      rows[entity] = (rows[entity] ?? 0) + count;
    }
  }
  const last = lastSuccessAt === null ? 'never' : new Date(lastSuccessAt).toISOString();
  const value = {
    lastSync: lastSuccessAt,
    lastResult,
    scopes,
    rows,
    pending,
    conflicts,
    attention,
  };
  present(options, value, [
    `Last sync: ${last}`,
    ...scopes.map(
      ({ scope, name, version, rows: counts }) =>
        `${name ?? scope}: version ${version}, ${JSON.stringify(counts)}`,
    ),
    `${pending} waiting, ${attention} refused, ${conflicts} to decide about`,
  ]);
}

function productLine(product: ProductListItem) {
  const { id, sku, name, barcodes, category, brand } = product;
  return { id, sku, name, barcodes, category, brand };
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= SEARCH_PAGE_MAX) return limit;
  throw new InvalidArgumentError(`a limit is a whole number from 1 to ${SEARCH_PAGE_MAX}.`);
}
