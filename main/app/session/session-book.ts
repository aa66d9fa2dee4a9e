import { z } from 'zod';
import { KNOWN_PEOPLE_MAX } from '../../../shared/desktop/session-views.ts';
import { roleField } from '../../../shared/sync/auth-protocol.ts';
import type { SecretsPort } from '../ports.ts';

const KEY = 'session';
/** Sessions that ended here while the server could not be told. */
const ENDINGS_MAX = 50;

const pinField = z.object({
  salt: z.string(),
  hash: z.string(),
  /** The cost, so that it can be raised later. */
  cost: z.int(),
});
export type PinVerifier = z.output<typeof pinField>;

const personField = z.object({
  id: z.string(),
  name: z.string(),
  /** What they last signed in with, so that coming back takes the password alone. Not known of books from before it was kept. */
  login: z.string().nullable().default(null),
  role: roleField,
  sites: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), role: roleField })),
  /** Null once the session has ended: then only the password helps. */
  refreshToken: z.string().nullable(),
  /** Of the laptop, when the session began: the server ties the session to it. */
  deviceId: z.string(),
  /** On the clock that is never set back. */
  leaseEndsAt: z.number(),
  usedAt: z.number(),
  /** They have signed out. Named as long as work of theirs waits here. */
  isGone: z.boolean(),
  pin: pinField.nullable(),
  /** PINs tried since the last that was right, and when the next may be. */
  wrongPins: z.int(),
  pinNotBefore: z.number(),
});
export type BookPerson = z.output<typeof personField>;

const bookField = z.object({
  /** The server asks for a sign-in. */
  isRequired: z.boolean(),
  /** Somebody has signed in on this laptop; from then on it is never open again. */
  isTaken: z.boolean(),
  /** Where the tokens are from: they are shown to no other address. */
  serverUrl: z.string().nullable(),
  serverId: z.string().nullable(),
  currentId: z.string().nullable(),
  people: z.array(personField).max(KNOWN_PEOPLE_MAX),
  /** The latest time that this laptop has seen. */
  seenAt: z.number(),
  endings: z.array(z.object({ refreshToken: z.string() })).max(ENDINGS_MAX),
  /** The last refresh token that the laptop was given, by which it proves who it is once it is withdrawn. */
  proof: z.object({ refreshToken: z.string(), deviceId: z.string() }).nullable(),
  /** An administrator has withdrawn the laptop; how far the hand-over is. */
  withdrawn: z.enum(['handingOver', 'clearing', 'cleared']).nullable(),
});
export type SessionBook = z.output<typeof bookField>;

const NEW_BOOK: SessionBook = {
  isRequired: false,
  isTaken: false,
  serverUrl: null,
  serverId: null,
  currentId: null,
  people: [],
  seenAt: 0,
  endings: [],
  proof: null,
  withdrawn: null,
};

/** What this laptop knows of people, as one piece: each change is whole and durable before anything builds on it. */
export class SessionBooks {
  readonly #secrets: SecretsPort;
  #book: SessionBook;

  private constructor(secrets: SecretsPort, book: SessionBook) {
    this.#secrets = secrets;
    this.#book = book;
  }

  /** A book that cannot be read any more lets nobody in without a password: `onLost` is told why. */
  static async open(secrets: SecretsPort, onLost: (error: unknown) => void): Promise<SessionBooks> {
    try {
      const text = await secrets.read(KEY);
      const book = text === null ? NEW_BOOK : bookField.parse(JSON.parse(text));
      return new SessionBooks(secrets, book);
    } catch (error) {
      onLost(error);
      return new SessionBooks(secrets, { ...NEW_BOOK, isRequired: true, isTaken: true });
    }
  }

  get book(): SessionBook {
    return this.#book;
  }

  person(id: string | null): BookPerson | null {
    return this.#book.people.find((person) => person.id === id) ?? null;
  }

  /** In memory at once, so that what comes next sees it; resolves when it is on the disk. */
  async change(patch: Partial<SessionBook>): Promise<void> {
    const { endings } = { ...this.#book, ...patch };
    this.#book = { ...this.#book, ...patch, endings: endings.slice(-ENDINGS_MAX) };
    await this.#secrets.write(KEY, JSON.stringify(this.#book));
  }

  async changePerson(id: string, patch: Partial<BookPerson>): Promise<void> {
    const people = this.#book.people.map((one) => (one.id === id ? { ...one, ...patch } : one));
    await this.change({ people });
  }
}
