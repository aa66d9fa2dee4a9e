import { type Command, Option } from 'commander';
import type { RecordWrite, WriteResult } from '../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { TallymanError } from '../../shared/errors.ts';
import { locationOfCode, productOfBarcode } from './find-rows.ts';
import { folderCommand, type FolderOptions, present, withApp } from './folder-command.ts';

interface LocationOptions extends FolderOptions {
  code: string;
  site?: string | undefined;
  name?: string | undefined;
  note?: string | undefined;
  blocked?: 'true' | 'false' | undefined;
}

/** Edits of rows, recorded on this laptop with no server and sent by the next sync. */
export function addRecordCommands(program: Command): void {
  folderCommand(program, 'note', 'Write what is to be known of a product.')
    .requiredOption('--barcode <barcode>', 'a barcode of the product')
    .requiredOption('--text <text>', 'takes the place of the note that is there')
    .action(writeNote);
  folderCommand(program, 'location', 'Change what is known of a location.')
    .requiredOption('--code <code>', 'its code')
    .option('--site <code>', 'needed only if several sites have such a location')
    .option('--name <text>', 'its name; empty for none')
    .option('--note <text>', 'a note; empty for none')
    .addOption(
      new Option('--blocked <boolean>', 'whether nothing may be put there or taken').choices([
        'true',
        'false',
      ]),
    )
    .action(changeLocation);
}

async function writeNote(
  options: FolderOptions & { barcode: string; text: string },
): Promise<void> {
  const written = await withApp(options.data, async ({ catalogue, records }) => {
    // A product has one note, under the product's own id.
    const id = await productOfBarcode(catalogue, options.barcode);
    const row = { text: options.text };
    const entity = 'product_note';
    const known = await records.get({ entity, id });
    const write: RecordWrite = known
      ? { kind: 'update', entity, id, fields: row }
      : { kind: 'create', entity, id, row };
    return records.write([write]);
  });
  presentWritten(options, written);
}

async function changeLocation(options: LocationOptions): Promise<void> {
  const fields: Record<string, StoredRow[string]> = {};
  if (options.name !== undefined) fields['name'] = options.name.trim() || null;
  if (options.note !== undefined) fields['note'] = options.note.trim() || null;
  if (options.blocked !== undefined) fields['blocked'] = Number(options.blocked === 'true');
  if (Object.keys(fields).length === 0) {
    throw new TallymanError('BAD_INPUT', 'Say what changes: --name, --note or --blocked.');
  }
  const written = await withApp(options.data, async (app) => {
    const { id } = await locationOfCode(app, options.code, { siteCode: options.site });
    return app.records.write([{ kind: 'update', entity: 'location', id, fields }]);
  });
  presentWritten(options, written);
}

function presentWritten(options: FolderOptions, { operationId }: WriteResult): void {
  const line = operationId === null ? 'It is so already.' : 'Recorded.';
  present(options, { operationId }, [line]);
}
