import { openReadable } from '../main/store/sqlite.ts';
import { wordsOf } from '../shared/domain/fold-text.ts';
import { randomFrom, sampleBelow } from './random.ts';

/** Enough for minutes of typing. */
const NAMES = 2_000;
/** People look at the list long before a text is longer. */
const LENGTH_MAX = 14;
const LENGTH_MIN = 3;
/** The made-up keyboard is an English one. */
const ON_THE_KEYBOARD = /^[a-z0-9 ]+$/;

/** What people type to find products: the first two words of names here and there in the catalogue. */
export function wordsToType(replicaFile: string, seed: number): string[] {
  const db = openReadable(replicaFile);
  try {
    const last = db.prepare('SELECT max(local_id) FROM product').pluck().get() as number;
    const nameOf = db.prepare('SELECT name FROM product WHERE local_id = ?').pluck();
    return sampleBelow(last, NAMES, randomFrom(seed))
      .map((at) => wordsOf(String(nameOf.get(at + 1))).slice(0, 2))
      .map((words) => words.join(' ').slice(0, LENGTH_MAX).trim())
      .filter((text) => text.length >= LENGTH_MIN && ON_THE_KEYBOARD.test(text));
  } finally {
    db.close();
  }
}
