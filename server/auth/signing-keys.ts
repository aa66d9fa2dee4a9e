import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKeyInput,
  type KeyObject,
} from 'node:crypto';
import { must } from '../../shared/domain/assert.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ServerStore } from '../store/open-store.ts';
import { writePlainly } from '../store/write-plainly.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Every process sees by a key's age alone that another one is due, so none goes on signing with it. */
export const SIGNING_KEY_LIFE_MS = 90 * DAY_MS;
/** Far above the life of a token, so clocks may differ. Then nothing that an old key signs is worth anything. */
export const RETIRED_KEY_KEPT_MS = 60 * 60 * 1_000;
/** Made-up key ids must not make the server read its table for each of them. */
const RELOAD_INTERVAL_MS = 1_000;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  createdAt: number;
  /** Infinity for one in use. */
  goodUntil: number;
}

export interface KeyParts {
  store: ServerStore;
  now: () => number;
}

/** The keys by which an organisation signs its access tokens: kept in its database, shared by all its processes. */
export class SigningKeys {
  readonly #parts: KeyParts;
  #keys: ReadonlyMap<string, SigningKey> = new Map();
  #loadedAt = -Infinity;

  constructor(parts: KeyParts) {
    this.#parts = parts;
  }

  /** The one to sign with; made by whoever needs it first. */
  async current(): Promise<{ kid: string; privateKey: KeyObject }> {
    const known = this.#newest();
    if (known !== undefined) return known;
    await this.#load();
    const stored = this.#newest();
    if (stored !== undefined) return stored;
    await this.#make();
    await this.#load();
    return must(this.#newest(), 'the signing key that was just made');
  }

  /** Null for a key that is not this organisation's, or not any more. */
  async publicKey(kid: string): Promise<KeyObject | null> {
    const now = this.#parts.now();
    if (!this.#keys.has(kid) && Math.abs(now - this.#loadedAt) >= RELOAD_INTERVAL_MS) {
      await this.#load();
    }
    const key = this.#keys.get(kid);
    return key === undefined || key.goodUntil <= now ? null : key.publicKey;
  }

  #newest(): SigningKey | undefined {
    const dueBefore = this.#parts.now() - SIGNING_KEY_LIFE_MS;
    return [...this.#keys.values()]
      .filter(({ createdAt, goodUntil }) => goodUntil === Infinity && createdAt > dueBefore)
      .toSorted((a, b) => b.createdAt - a.createdAt)[0];
  }

  async #load(): Promise<void> {
    const { store, now } = this.#parts;
    const rows = await store.reader
      .selectFrom('signing_key')
      .selectAll()
      .where((key) =>
        key.or([
          key('retired_at', 'is', null),
          key('retired_at', '>', now() - RETIRED_KEY_KEPT_MS),
        ]),
      )
      .execute();
    this.#keys = new Map(
      rows.map((row) => {
        const privateKey = createPrivateKey({ key: jwkOf(row), format: 'jwk' });
        const key = {
          kid: row.kid,
          privateKey,
          publicKey: createPublicKey(privateKey),
          createdAt: row.created_at,
          goodUntil: row.retired_at === null ? Infinity : row.retired_at + RETIRED_KEY_KEPT_MS,
        };
        return [row.kid, key];
      }),
    );
    this.#loadedAt = now();
  }

  /** Does nothing if another process was quicker. */
  async #make(): Promise<void> {
    const { store, now } = this.#parts;
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    await writePlainly(store, async (db) => {
      await flavourOf(db).lockName(db, 'signing_key');
      const at = now();
      const newest = await db
        .selectFrom('signing_key')
        .select('created_at')
        .where('retired_at', 'is', null)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (newest !== undefined && newest.created_at > at - SIGNING_KEY_LIFE_MS) return;
      await db
        .deleteFrom('signing_key')
        .where('retired_at', '<=', at - RETIRED_KEY_KEPT_MS)
        .execute();
      await db
        .updateTable('signing_key')
        .set({ retired_at: at })
        .where('retired_at', 'is', null)
        .execute();
      await db
        .insertInto('signing_key')
        .values({
          kid: store.newId(),
          private_jwk: JSON.stringify(jwk),
          created_at: at,
          retired_at: null,
        })
        .execute();
    });
  }
}

function jwkOf({ private_jwk }: { private_jwk: string }): JsonWebKeyInput['key'] {
  return JSON.parse(private_jwk) as JsonWebKeyInput['key'];
}
