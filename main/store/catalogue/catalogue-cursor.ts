import { createHash } from 'node:crypto';
import { TallymanError } from '../../../shared/errors.ts';

/**
 * Where the next page of a list begins. A search's cursor carries the whole ranked head, so that its pages neither
 * repeat nor lose a product although the index changes while a person scrolls. 64 places make 350 characters.
 */
export type CatalogueCursor =
  | { kind: 'browse'; sortKey: string; localId: number }
  | { kind: 'search'; head: readonly number[]; shown: number; after: number };

const BYTES_PER_ID = 4;
/** Enough to tell apart the files that one laptop ever has. */
const TAG_LENGTH = 8;

export function encodeCursor(tag: string, cursor: CatalogueCursor): string {
  const where =
    cursor.kind === 'browse'
      ? ['b', String(cursor.localId), Buffer.from(cursor.sortKey).toString('base64url')]
      : ['s', `${cursor.shown}-${cursor.after}`, packed(cursor.head)];
  return [shortTag(tag), ...where].join('.');
}

/** Throws CONFLICT if the cursor is of another file, BAD_INPUT if it is none of ours. */
export function decodeCursor(tag: string, text: string): CatalogueCursor {
  const [fileTag, kind, numbers, payload, ...rest] = text.split('.');
  if (numbers === undefined || payload === undefined || rest.length > 0) throw notOurs();
  if (fileTag !== shortTag(tag)) {
    throw new TallymanError(
      'CONFLICT',
      'The catalogue was replaced while the list was open. Search again.',
    );
  }
  if (kind === 'b' && /^\d{1,15}$/.test(numbers)) {
    return {
      kind: 'browse',
      localId: Number(numbers),
      sortKey: Buffer.from(payload, 'base64url').toString(),
    };
  }
  const counts = /^(\d{1,3})-(\d{1,15})$/.exec(numbers);
  const bytes = Buffer.from(payload, 'base64url');
  if (kind !== 's' || !counts || bytes.length % BYTES_PER_ID !== 0) throw notOurs();
  return {
    kind: 'search',
    head: unpacked(bytes),
    shown: Number(counts[1]),
    after: Number(counts[2]),
  };
}

function notOurs(): TallymanError {
  return new TallymanError('BAD_INPUT', 'That is no place in a list. Search again.');
}

function shortTag(tag: string): string {
  return createHash('sha256').update(tag).digest('base64url').slice(0, TAG_LENGTH);
}

function packed(ids: readonly number[]): string {
  const bytes = Buffer.alloc(ids.length * BYTES_PER_ID);
  for (const [at, id] of ids.entries()) bytes.writeUInt32LE(id, at * BYTES_PER_ID);
  return bytes.toString('base64url');
}

function unpacked(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / BYTES_PER_ID }, (_, at) =>
    bytes.readUInt32LE(at * BYTES_PER_ID),
  );
}
