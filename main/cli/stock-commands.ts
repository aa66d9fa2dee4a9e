import type { Command } from 'commander';
import { recordMovementInput } from '../../shared/desktop/stock-views.ts';
import { MOVEMENT_KINDS, type MovementKind } from '../../shared/entities/stock-movement.ts';
import { TallymanError } from '../../shared/errors.ts';
import { locationOfCode, productOfBarcode } from './find-rows.ts';
import {
  folderCommand,
  type FolderOptions,
  present,
  withApp,
  withFolder,
} from './folder-command.ts';

interface MovementOptions extends FolderOptions {
  barcode: string;
  location: string;
  site?: string | undefined;
  to?: string | undefined;
  quantity: string;
  reason?: string | undefined;
}

const DESCRIPTIONS: Readonly<Record<MovementKind, string>> = {
  receive: 'Record that goods came in.',
  issue: 'Record that goods went out.',
  move: 'Record that goods went from one location to another of the same site.',
  adjust: 'Record that there is more, or with a negative quantity less, than was known.',
};

/** Stock movements, recorded on this laptop with no server and sent by the next sync; and what stock they make. */
export function addStockCommands(program: Command): void {
  for (const kind of MOVEMENT_KINDS) addMovementCommand(program, kind);
  folderCommand(program, 'stock', 'What there is of a product, with what is not sent yet.')
    .requiredOption('--barcode <barcode>', 'a barcode of the product')
    .action(async (options: FolderOptions & { barcode: string }) => {
      await withFolder(options.data, async ({ catalogue, stock }) => {
        const found = await stock.ofProduct(await productOfBarcode(catalogue, options.barcode));
        const locations = found.locations.map(({ siteCode, code, onHand, pending }) => ({
          site: siteCode,
          code,
          onHand,
          pending,
        }));
        const { onHand, pending } = found;
        present(options, { onHand, pending, locations }, [
          ...locations.map((each) => `${each.site}\t${each.code}\t${stockText(each)}`),
          `On hand: ${stockText(found)}`,
        ]);
      });
    });
}

function addMovementCommand(program: Command, kind: MovementKind): void {
  const command = folderCommand(program, kind, DESCRIPTIONS[kind])
    .requiredOption('--barcode <barcode>', 'a barcode of the product')
    .requiredOption('--location <code>', 'where it happens; the source of a move')
    .requiredOption('--quantity <number>', 'in the smallest unit of the product')
    .option('--site <code>', 'needed only if several sites have such a location')
    .option('--reason <text>', 'why, for people')
    .action((options: MovementOptions) => recordMovement(kind, options));
  if (kind === 'move') command.requiredOption('--to <code>', 'the location where it goes');
}

async function recordMovement(kind: MovementKind, options: MovementOptions): Promise<void> {
  const quantity = quantityOf(kind, options.quantity);
  const { operationId, onHand } = await withApp(options.data, async (app) => {
    const productId = await productOfBarcode(app.catalogue, options.barcode);
    const from = await locationOfCode(app, options.location, {
      siteCode: options.site,
      productId,
    });
    // Goods that leave a site are issued there and received at the other, so the destination is of the same one.
    const to =
      options.to === undefined
        ? null
        : await locationOfCode(app, options.to, { siteCode: from.siteCode });
    const movement = recordMovementInput.safeParse({
      kind,
      productId,
      locationId: from.id,
      toLocationId: to?.id ?? null,
      quantity,
      reason: options.reason ?? null,
    });
    if (!movement.success) {
      throw new TallymanError('BAD_INPUT', movement.error.issues[0]?.message ?? 'Not a movement.');
    }
    return app.stock.record(movement.data);
  });
  present(options, { operationId, onHand }, [`Recorded. On hand: ${onHand}`]);
}

/** Read here and not by the command line's own parser, which would end the program without a word in JSON. */
function quantityOf(kind: MovementKind, text: string): number {
  const quantity = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  const isGood = kind === 'adjust' ? quantity !== 0 : quantity > 0;
  if (Number.isSafeInteger(quantity) && isGood) return quantity;
  throw new TallymanError(
    'BAD_INPUT',
    kind === 'adjust'
      ? 'The quantity is by how much the stock changes: a whole number such as 5 or -3.'
      : 'The quantity is a whole number of at least 1.',
  );
}

function stockText({ onHand, pending }: { onHand: number; pending: number }): string {
  return pending === 0
    ? String(onHand)
    : `${onHand} (${pending > 0 ? '+' : ''}${pending} not sent)`;
}
