import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinVerifier } from './session-book.ts';

/** Some 50 ms and 32 MB each, off the main thread. Electron's Node lacks argon2. */
const COST = 2 ** 15;
const BLOCK_SIZE = 8;
const MEMORY_MAX = 256 * COST * BLOCK_SIZE;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * A PIN of a few digits is soon guessed by whoever can try them all on a copy: what stops them is the operating system's
 * key around the file. The cost here only slows them where there is none.
 */
export async function makePinVerifier(pin: string): Promise<PinVerifier> {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  const hash = await hashOf(pin, { salt, cost: COST });
  return { salt, cost: COST, hash: hash.toString('base64') };
}

export async function isRightPin(pin: string, verifier: PinVerifier): Promise<boolean> {
  const hash = await hashOf(pin, verifier);
  return timingSafeEqual(hash, Buffer.from(verifier.hash, 'base64'));
}

function hashOf(pin: string, { salt, cost }: Omit<PinVerifier, 'hash'>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: MEMORY_MAX };
    scrypt(pin, Buffer.from(salt, 'base64'), HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
