import { createHash } from 'node:crypto';

export interface PhotoSample {
  bytes: Buffer;
  hash: string;
  /** The columns that every photo has beside its subject. */
  fields: {
    hash: string;
    bytes: number;
    mime: 'image/jpeg';
    width: number;
    height: number;
    caption: string | null;
    person_id: string | null;
    taken_at: number;
  };
}

/** Bytes that begin as a JPEG does, another picture for each number. What follows is nobody's business on the way. */
export function photoSample(number: number, size = 200_000): PhotoSample {
  const bytes = Buffer.alloc(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  for (let at = 4; at + 4 <= size; at += 4) {
    bytes.writeUInt32LE(Math.imul(at + number * 7_919, 2_654_435_761) >>> 0, at);
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const fields = {
    hash,
    bytes: size,
    mime: 'image/jpeg',
    width: 1_600,
    height: 1_200,
    caption: null,
    person_id: null,
    taken_at: 1_700_000_000_000,
  } as const;
  return { bytes, hash, fields };
}
