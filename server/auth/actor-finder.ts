import type { TallymanError } from '../../shared/errors.ts';
import type { ServerStore } from '../store/open-store.ts';
import { writePlainly } from '../store/write-plainly.ts';
import type { AccessClaims, AccessTokens } from './access-tokens.ts';
import type { Actor, PersonActor } from './actor.ts';
import { deviceRevoked, sessionEnded, unauthorized } from './auth-refusals.ts';
import { hasAccounts } from './has-accounts.ts';
import { readAccess } from './person-access.ts';
import { nameOfHash } from './refresh-token.ts';

/** For so long a process may not know that somebody was disabled, revoked or given another role by another process. */
const ACTOR_CACHE_MS = 3_000;
/** Sessions that call within that time. */
const ACTORS_CACHED_MAX = 10_000;

type Found = PersonActor | TallymanError;

export interface ActorFinderOptions {
  store: ServerStore;
  tokens: AccessTokens;
  now: () => number;
}

/** Who is behind a call. What cannot be looked up is denied: a failing database throws, and nothing old is used instead. */
export class ActorFinder {
  readonly #options: ActorFinderOptions;
  /** By session and token, so that a session is read anew when a token is first used. */
  readonly #cache = new Map<string, { found: Found; readAt: number }>();
  #hasAccounts = false;

  constructor(options: ActorFinderOptions) {
    this.#options = options;
  }

  /** Without a token. `isHere`: the call came from this machine, and through nobody else. */
  async withoutToken(isHere: boolean): Promise<Actor> {
    return isHere && !(await this.isSignInNeeded()) ? { kind: 'open' } : { kind: 'nobody' };
  }

  async isSignInNeeded(): Promise<boolean> {
    // Accounts are never removed, so it stays true.
    this.#hasAccounts ||= await hasAccounts(this.#options.store);
    return this.#hasAccounts;
  }

  /** Throws UNAUTHORIZED, SESSION_ENDED or DEVICE_REVOKED. */
  async withToken(text: string): Promise<PersonActor> {
    const claims = await this.#options.tokens.read(text);
    if (claims === null) throw unauthorized();
    const key = `${claims.sessionId} ${claims.tokenName}`;
    const now = this.#options.now();
    const cached = this.#cache.get(key);
    const isFresh = cached !== undefined && Math.abs(now - cached.readAt) < ACTOR_CACHE_MS;
    const found = isFresh ? cached.found : await this.#read(claims);
    if (!isFresh) this.#keep(key, found, now);
    if (found instanceof Error) throw found;
    return found;
  }

  /** This process has changed something about people, sessions or laptops. */
  forget(): void {
    this.#cache.clear();
  }

  #keep(key: string, found: Found, readAt: number): void {
    this.#cache.delete(key);
    this.#cache.set(key, { found, readAt });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > ACTORS_CACHED_MAX && oldest !== undefined) this.#cache.delete(oldest);
  }

  async #read(claims: AccessClaims): Promise<Found> {
    const { store, now } = this.#options;
    const { sessionId, personId, deviceId } = claims;
    const session = await store.reader
      .selectFrom('session')
      .innerJoin('device', 'device.device_id', 'session.device_id')
      .select(['token_hash', 'used_at', 'ends_at', 'ended_at', 'revoked_at'])
      .where('session_id', '=', sessionId)
      .where('person_id', '=', personId)
      .where('session.device_id', '=', deviceId)
      .executeTakeFirst();
    if (session === undefined) return sessionEnded();
    if (session.revoked_at !== null) return deviceRevoked();
    if (session.ended_at !== null || session.ends_at <= now()) return sessionEnded();
    const access = await readAccess(store.reader, personId);
    if (access === null) return sessionEnded();
    if (session.used_at === null && nameOfHash(session.token_hash) === claims.tokenName) {
      await this.#noteUse(sessionId, session.token_hash);
    }
    return { kind: 'person', personId, deviceId, sessionId, ...access };
  }

  /** The laptop has got its new tokens, so nobody has a reason to come with the ones before. */
  async #noteUse(sessionId: string, tokenHash: string): Promise<void> {
    await writePlainly(this.#options.store, (db) =>
      db
        .updateTable('session')
        .set({ used_at: this.#options.now() })
        .where('session_id', '=', sessionId)
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .execute(),
    );
  }
}
