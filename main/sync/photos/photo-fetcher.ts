import { PHOTO_BYTES_MAX } from '../../../shared/entities/fields.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { hashOf, type PhotoFiles } from '../../store/photos/photo-files.ts';
import type { PhotoLink } from './photo-link.ts';

/** Fetched at once: the line belongs to text. */
const FETCHES_AT_ONCE_MAX = 2;
/** Waiting for their turn; a screen shows fewer. Those that wait longest go: they have been scrolled past. */
const WAITING_MAX = 100;

interface Fetch {
  hash: string;
  controller: AbortController;
  /** Who waits for it; when nobody does any more it is ended. */
  askers: number;
  result: PromiseWithResolvers<Buffer>;
  isRunning: boolean;
}

/**
 * Fetches photos when somebody looks at them, a few at once, each once however many ask. What arrives is checked and kept
 * as a file.
 */
export class PhotoFetcher {
  readonly #link: PhotoLink;
  readonly #files: PhotoFiles;
  readonly #fetches = new Map<string, Fetch>();

  constructor(link: PhotoLink, files: PhotoFiles) {
    this.#link = link;
    this.#files = files;
  }

  /** Throws NOT_FOUND if the server does not have it yet, CANCELLED, or what is wrong with the line. */
  async bring(hash: string, signal: AbortSignal): Promise<Buffer> {
    if (signal.aborted) throw cancelled();
    const fetch = this.#fetches.get(hash) ?? this.#enqueue(hash);
    fetch.askers += 1;
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(cancelled());
    signal.addEventListener('abort', leave, { once: true });
    this.#pump();
    try {
      return await Promise.race([fetch.result.promise, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      fetch.askers -= 1;
      if (fetch.askers === 0) this.#end(fetch);
    }
  }

  close(): void {
    for (const fetch of this.#fetches.values()) this.#end(fetch);
  }

  #enqueue(hash: string): Fetch {
    const waiting = [...this.#fetches.values()].filter(({ isRunning }) => !isRunning);
    const [oldest] = waiting;
    if (oldest && waiting.length >= WAITING_MAX) this.#end(oldest);
    const fetch: Fetch = {
      hash,
      controller: new AbortController(),
      askers: 0,
      result: Promise.withResolvers<Buffer>(),
      isRunning: false,
    };
    // Whoever asked may be gone by the time that it fails.
    fetch.result.promise.catch(() => undefined);
    this.#fetches.set(hash, fetch);
    return fetch;
  }

  #pump(): void {
    const fetches = [...this.#fetches.values()];
    let room = FETCHES_AT_ONCE_MAX - fetches.filter(({ isRunning }) => isRunning).length;
    for (const fetch of fetches) {
      if (room <= 0) return;
      if (fetch.isRunning) continue;
      fetch.isRunning = true;
      room -= 1;
      void this.#run(fetch);
    }
  }

  async #run(fetch: Fetch): Promise<void> {
    try {
      const bytes = await this.#download(fetch.hash, fetch.controller.signal);
      await this.#files.put(bytes);
      fetch.result.resolve(bytes);
    } catch (error) {
      fetch.result.reject(error);
    } finally {
      this.#forget(fetch);
      this.#pump();
    }
  }

  async #download(hash: string, signal: AbortSignal): Promise<Buffer> {
    const server = await this.#link.server();
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of server.bytes(hash, 0, signal)) {
      size += piece.length;
      if (size > PHOTO_BYTES_MAX) throw notThePhoto();
      pieces.push(piece);
    }
    const bytes = Buffer.concat(pieces, size);
    if (hashOf(bytes) !== hash) throw notThePhoto();
    return bytes;
  }

  #end(fetch: Fetch): void {
    fetch.controller.abort();
    fetch.result.reject(cancelled());
    if (!fetch.isRunning) this.#forget(fetch);
  }

  #forget(fetch: Fetch): void {
    if (this.#fetches.get(fetch.hash) === fetch) this.#fetches.delete(fetch.hash);
  }
}

function notThePhoto(): TallymanError {
  return new TallymanError('SERVER_ERROR', 'What the server sent is not the photo.');
}

function cancelled(): TallymanError {
  return new TallymanError('CANCELLED', 'Cancelled.');
}
