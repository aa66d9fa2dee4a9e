import type { ServerStore } from '../store/open-store.ts';
import { AccessTokens } from './access-tokens.ts';
import { ActorFinder } from './actor-finder.ts';
import { FailureBook } from './failure-book.ts';
import { PASSWORDS, type PasswordHasher } from './password-hasher.ts';
import { SigningKeys } from './signing-keys.ts';

/** Names, laptops or addresses with wrong passwords that are remembered at once. */
const FAILING_MAX = 10_000;
/** A whole warehouse comes from one address, and many mistype in the morning. */
const FREE_FAILURES_PER_ADDRESS = 50;

export interface TenantAuthOptions {
  store: ServerStore;
  now: () => number;
  passwords?: PasswordHasher | undefined;
  /** Ends early, and without an error, when the signal does. */
  wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** What signing in and staying so needs; one per organisation and process. */
export interface TenantAuth {
  store: ServerStore;
  now: () => number;
  passwords: PasswordHasher;
  tokens: AccessTokens;
  actors: ActorFinder;
  failures: {
    /** Of a person on a laptop on which they have signed in before. */
    byDevice: FailureBook;
    /** Of names that nobody has. Those of accounts are counted in their rows, for all processes. */
    byLogin: FailureBook;
    byAddress: FailureBook;
  };
  wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export function createTenantAuth(options: TenantAuthOptions): TenantAuth {
  const { store, now, passwords = PASSWORDS, wait = waitAwhile } = options;
  const keys = new SigningKeys({ store, now });
  const tokens = new AccessTokens({ keys, serverId: store.serverId, now });
  const book = (free?: number): FailureBook =>
    new FailureBook({ now, entriesMax: FAILING_MAX, free });
  return {
    store,
    now,
    passwords,
    tokens,
    actors: new ActorFinder({ store, tokens, now }),
    failures: {
      byDevice: book(),
      byLogin: book(),
      byAddress: book(FREE_FAILURES_PER_ADDRESS),
    },
    wait,
  };
}

async function waitAwhile(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
