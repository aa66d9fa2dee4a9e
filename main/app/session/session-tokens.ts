import { TallymanError } from '../../../shared/errors.ts';
import type { DeviceIntroduction, SignedIn } from '../../../shared/sync/auth-protocol.ts';
import type { SessionAccess } from '../../data/session-contract.ts';
import { passwordNeeded } from './pin-attempts.ts';
import { type SignedInFrom, sitesOf, withSignedIn } from './known-people.ts';
import type { SeenClock } from './seen-clock.ts';
import type { CallServer } from './server-line.ts';
import type { SessionBooks } from './session-book.ts';

/** A token that ends while its request is under way would only cost another request. */
const EARLY_MS = 15_000;

export interface SessionTokensPorts {
  books: SessionBooks;
  clock: SeenClock;
  steady: () => number;
  /** Throws if no server is set. */
  server: () => { url: string; call: CallServer };
  device: () => Promise<DeviceIntroduction>;
  /** The session of a person ended at the server. */
  onEnded: (personId: string) => void;
  /** The laptop was withdrawn: what it proved who it is with. */
  onRevoked: (proof: { refreshToken: string; deviceId: string }) => void;
}

interface Held {
  token: string;
  validUntil: number;
}

/**
 * Tokens of the people on this laptop. Access tokens live here and nowhere else; a refresh token is on the disk before
 * anything is done with what came with it, and one whose answer was lost is shown once more.
 */
export class SessionTokens {
  readonly #ports: SessionTokensPorts;
  readonly #held = new Map<string, Held>();
  readonly #refreshing = new Map<string, Promise<Held>>();

  constructor(ports: SessionTokensPorts) {
    this.#ports = ports;
  }

  /** One that works as far as is known: not the one that was refused. Throws SESSION_ENDED, or why none can be had. */
  async tokenOf(personId: string, refused: string | null = null): Promise<string> {
    return (await this.#heldOf(personId, refused)).token;
  }

  async accessOf(personId: string, refused: string | null): Promise<SessionAccess> {
    const { token, validUntil } = await this.#heldOf(personId, refused);
    const person = this.#ports.books.person(personId);
    if (!person) throw passwordNeeded();
    return {
      personId,
      token,
      validMs: validUntil - this.#ports.steady(),
      siteIds: sitesOf(person),
    };
  }

  /** What a sign-in or a refresh brought, from now on. */
  async keep(signedIn: SignedIn, from: SignedInFrom): Promise<Held> {
    const { books, clock, steady } = this.#ports;
    await books.change(withSignedIn(books.book, signedIn, { ...from, now: clock.now() }));
    const held = {
      token: signedIn.accessToken,
      validUntil: steady() + signedIn.accessExpiresAt - signedIn.serverTime - EARLY_MS,
    };
    this.#held.set(signedIn.person.id, held);
    return held;
  }

  forget(personId: string): void {
    this.#held.delete(personId);
  }

  forgetAll(): void {
    this.#held.clear();
  }

  /** Asks the server anew, also while there is a token that works: for the lease, and for news of rights. */
  async refresh(personId: string): Promise<void> {
    await this.#refreshOnce(personId);
  }

  /** Whatever is being asked for: an answer that nobody kept would cost the session. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#refreshing.values());
  }

  async #heldOf(personId: string, refused: string | null): Promise<Held> {
    const held = this.#held.get(personId);
    const works = held && held.token !== refused && this.#ports.steady() < held.validUntil;
    return works ? held : this.#refreshOnce(personId);
  }

  /** Whoever needs one meanwhile waits for the same: a refresh token is good once. */
  #refreshOnce(personId: string): Promise<Held> {
    const under = this.#refreshing.get(personId);
    if (under) return under;
    const refreshing = this.#refresh(personId).finally(() => this.#refreshing.delete(personId));
    this.#refreshing.set(personId, refreshing);
    return refreshing;
  }

  async #refresh(personId: string): Promise<Held> {
    const { books, server, device: introduce } = this.#ports;
    const person = books.person(personId);
    const { url, call } = server();
    if (!person || person.refreshToken === null || books.book.serverUrl !== url) {
      throw passwordNeeded();
    }
    const device = await introduce();
    // A laptop that had to take another name has no session under it.
    if (device.id !== person.deviceId) throw await this.#ended(personId, passwordNeeded());
    const { refreshToken } = person;
    try {
      const input = { refreshToken, device };
      const signedIn = await twice(() => call('auth.refresh', input));
      if (books.person(personId)?.refreshToken !== refreshToken) {
        const endings = [...books.book.endings, { refreshToken: signedIn.refreshToken }];
        await books.change({ endings });
        throw passwordNeeded();
      }
      return await this.keep(signedIn, { url, deviceId: device.id });
    } catch (error) {
      const code = error instanceof TallymanError ? error.code : null;
      if (code === 'DEVICE_REVOKED') {
        this.#ports.onRevoked({ refreshToken, deviceId: device.id });
      }
      if (code === 'SESSION_ENDED') throw await this.#ended(personId, error);
      throw error;
    }
  }

  async #ended(personId: string, error: unknown): Promise<unknown> {
    this.#held.delete(personId);
    await this.#ports.books.changePerson(personId, { refreshToken: null, pin: null });
    this.#ports.onEnded(personId);
    return error;
  }
}

/** An answer may have been lost after the server gave it: it takes the same token once more, for a while. */
async function twice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TallymanError) || !error.retryable) throw error;
    return ask();
  }
}
