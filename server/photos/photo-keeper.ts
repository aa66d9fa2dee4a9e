import type { Logger } from 'pino';
import type { ServerStore } from '../store/open-store.ts';
import { namedAmong } from './photo-rows.ts';
import type { FoundFile, PhotoShelf } from './photo-shelf.ts';

/** A laptop that has not come back for that long starts its photo anew. */
export const PART_AGE_MAX_MS = 7 * 24 * 60 * 60 * 1_000;
/** The row of a photo may be put back, by taking its removal back or by a laptop that was away. */
export const UNNAMED_AGE_MAX_MS = 30 * 24 * 60 * 60 * 1_000;
const ROUND_EVERY_MS = 60 * 60 * 1_000;
/** Folders looked through in one round, so that none takes long; all of them within a day. */
const FOLDERS_PER_ROUND = 16;
const FOLDERS = 256;
/** Hashes in one question to the database. */
const HASHES_AT_ONCE_MAX = 500;

export interface PhotoKeeperPorts {
  store: ServerStore;
  shelf: PhotoShelf;
  now: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
  logger: Logger;
}

/** Clears away what nobody needs: photos that began to arrive and never did, and those that no row names any more. */
export class PhotoKeeper {
  readonly #ports: PhotoKeeperPorts;
  #nextFolder = 0;
  #stopTimer: () => void = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: PhotoKeeperPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#round = this.clear().catch((error: unknown) => {
      this.#ports.logger.error({ err: error }, 'clearing photos away failed');
    });
    this.#stopTimer = this.#ports.setTimer(ROUND_EVERY_MS, () => this.start());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    await this.#round;
  }

  /** One round. */
  async clear(): Promise<void> {
    const { shelf, now } = this.#ports;
    for (const { hash, at } of await shelf.parts()) {
      if (now() - at > PART_AGE_MAX_MS) await shelf.removePart(hash);
    }
    for (let count = 0; count < FOLDERS_PER_ROUND && !this.#closed; count++) {
      const digits = this.#nextFolder.toString(16).padStart(2, '0');
      this.#nextFolder = (this.#nextFolder + 1) % FOLDERS;
      const photos = await shelf.photos(digits);
      await this.#removeUnnamed(photos.filter(({ at }) => now() - at > UNNAMED_AGE_MAX_MS));
    }
  }

  async #removeUnnamed(old: readonly FoundFile[]): Promise<void> {
    const { store, shelf } = this.#ports;
    for (let at = 0; at < old.length && !this.#closed; at += HASHES_AT_ONCE_MAX) {
      const hashes = old.slice(at, at + HASHES_AT_ONCE_MAX).map(({ hash }) => hash);
      const named = await namedAmong(store.reader, hashes);
      for (const hash of hashes) if (!named.has(hash)) await shelf.remove(hash);
    }
  }
}
