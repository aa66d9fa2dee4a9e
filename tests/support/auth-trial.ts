import { randomUUID } from 'node:crypto';
import { addPerson } from '../../server/auth/people.ts';
import { PasswordHasher } from '../../server/auth/password-hasher.ts';
import { signIn } from '../../server/auth/sign-in.ts';
import { createTenantAuth, type TenantAuth } from '../../server/auth/tenant-auth.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { DeviceIntroduction, Role, SignedIn } from '../../shared/sync/auth-protocol.ts';

/** Nothing like what protects a real password, and a thousand times quicker. */
export const QUICK_HASHER = new PasswordHasher({ cost: { memoryKib: 16, passes: 1, lanes: 1 } });
export const PASSWORD = 'tall green ladders';
const ADDRESS = '192.0.2.7';

export interface AuthTrial {
  auth: TenantAuth;
  /** Another process on the same database. */
  other: TenantAuth;
  clock: { now: number };
  /** How long answers were held back. */
  waits: number[];
  add: (name: string, role?: Role, sites?: readonly string[]) => Promise<string>;
  signIn: (login: string, options?: SignInTrial) => Promise<SignedIn>;
}

export interface SignInTrial {
  password?: string;
  device?: DeviceIntroduction;
  address?: string;
  auth?: TenantAuth;
}

export function laptop(id: string = randomUUID()): DeviceIntroduction {
  return { id, name: 'Laptop 7', platform: 'linux', appVersion: '1.0.0' };
}

/** Accounts and sessions on a real database, with a clock that the test sets. */
export function createAuthTrial(store: ServerStore, clock = { now: 1_800_000_000_000 }): AuthTrial {
  const waits: number[] = [];
  const process = (): TenantAuth =>
    createTenantAuth({
      store,
      now: () => clock.now,
      passwords: QUICK_HASHER,
      wait: async (ms) => void waits.push(ms),
    });
  const [auth, other] = [process(), process()];
  return {
    auth,
    other,
    clock,
    waits,
    add: async (name, role = 'picker', sites = []) => {
      const input = { name, login: name, password: PASSWORD, role, sites: [...sites] };
      return (await addPerson(auth, input)).id;
    },
    signIn: (login, options = {}) =>
      signIn(
        options.auth ?? auth,
        { login, password: options.password ?? PASSWORD, device: options.device ?? laptop() },
        { address: options.address ?? ADDRESS },
      ),
  };
}

export async function addSite(store: ServerStore, code: string): Promise<string> {
  const id = store.newId();
  await commitChanges(store, (tx) => tx.insert('site', [{ id, code, name: `Site ${code}` }]));
  return id;
}
