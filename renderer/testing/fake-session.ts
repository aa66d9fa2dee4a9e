import type { SessionApp } from '../../main/app/session-app.ts';
import type {
  CurrentPerson,
  KnownPerson,
  SessionState,
} from '../../shared/desktop/session-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import { fakeId } from './fake-catalogue.ts';
import { fakePersonId } from './fake-rows.ts';

/** With these the made-up people of this laptop come in. */
export const FAKE_PASSWORD = 'correct horse';
export const FAKE_PIN = '2468';

const ATTEMPTS = 5;
const WAIT_MS = 30_000;
const DAY = 86_400_000;

export interface FakeSession {
  app: SessionApp;
  /** What happens to the session without anybody asking for it. */
  set: (state: SessionState) => void;
  current: () => SessionState;
}

/** Mara and Jonas have been here; Mara is a supervisor and has two changes unsent, Jonas has no PIN. */
export function fakePeople(now: number): readonly [KnownPerson, KnownPerson] {
  const leaseEndsAt = now + 14 * DAY;
  return [
    {
      id: fakePersonId(0),
      name: 'Mara Lind',
      login: 'mara',
      role: 'supervisor',
      hasPin: true,
      waiting: 2,
      leaseEndsAt,
    },
    {
      id: fakePersonId(1),
      name: 'Jonas Weber',
      login: 'jonas',
      role: 'counter',
      hasPin: false,
      waiting: 0,
      leaseEndsAt,
    },
  ];
}

export function signedInAs(
  person: KnownPerson,
  people: readonly KnownPerson[] = [person],
): Extract<SessionState, { kind: 'signedIn' }> {
  return { kind: 'signedIn', person: withSites(person), people };
}

function withSites(person: KnownPerson): CurrentPerson {
  const { role } = person;
  return { ...person, sites: [{ id: fakeId(3, 0), code: 'NORTH', name: 'North Hall', role }] };
}

/** The real contract of `session` in memory. */
export function createFakeSession(
  initial: SessionState,
  { now, calls }: { now: () => number; calls: string[] },
): FakeSession {
  let state = initial;
  let failures = 0;
  let refusedUntil = -Infinity;
  const listeners = new Set<(state: SessionState) => void>();
  const set = (next: SessionState): SessionState => {
    state = next;
    for (const listener of listeners) listener(next);
    return next;
  };
  const known = (): readonly KnownPerson[] => ('people' in state ? state.people : []);
  const patchCurrent = (patch: Partial<KnownPerson>): SessionState => {
    if (state.kind !== 'signedIn') throw new TallymanError('FORBIDDEN', 'Nobody is signed in.');
    const person = { ...state.person, ...patch };
    const people = state.people.map((one) => (one.id === person.id ? { ...one, ...patch } : one));
    return set({ ...state, person, people });
  };
  const checkPin = (pin: string): void => {
    if (now() < refusedUntil) throw waitError();
    if (pin === FAKE_PIN) return;
    failures++;
    if (failures >= ATTEMPTS) {
      refusedUntil = now() + WAIT_MS;
      throw waitError();
    }
    const details = { attemptsLeft: ATTEMPTS - failures };
    throw new TallymanError('WRONG_PIN', 'That PIN is not right.', { details });
  };
  const app: SessionApp = {
    state: async () => state,
    isUsable: () => state.kind === 'open' || state.kind === 'signedIn',
    isNew: () => state.kind === 'open' || (state.kind === 'signedOut' && known().length === 0),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: async ({ login, password }) => {
      calls.push(`signIn ${login}`);
      if (password !== FAKE_PASSWORD) {
        throw new TallymanError('SIGN_IN_FAILED', 'The name or the password is not right.');
      }
      const before = known();
      const all = before.length > 0 ? before : fakePeople(now()).slice(0, 1);
      const person = all.find(({ name }) => name.toLowerCase().startsWith(login)) ?? all[0];
      if (!person) throw new TallymanError('SIGN_IN_FAILED', 'Nobody has that name.');
      const hasPin = before.length > 0 && person.hasPin;
      const people = all.map((one) => (one.id === person.id ? { ...one, hasPin } : one));
      return set(signedInAs({ ...person, hasPin }, people));
    },
    unlock: async ({ personId, pin }) => {
      calls.push(`unlock ${personId}`);
      checkPin(pin);
      failures = 0;
      const person = known().find(({ id }) => id === personId);
      if (!person) throw new TallymanError('NOT_FOUND', 'Nobody like that was here.');
      return set(signedInAs(person, known()));
    },
    lock: async (reason) => {
      calls.push(`lock ${reason}`);
      if (state.kind !== 'signedIn') return state;
      const { person, people } = state;
      return set({ kind: 'locked', reason, person, people });
    },
    setPin: async (pin) => {
      calls.push(`setPin ${pin}`);
      return patchCurrent({ hasPin: true });
    },
    removePin: async () => {
      calls.push('removePin');
      return patchCurrent({ hasPin: false });
    },
    signOut: async (personId) => {
      calls.push(`signOut ${personId}`);
      const people = known().filter(({ id, waiting }) => id !== personId || waiting > 0);
      return set({
        kind: 'signedOut',
        people: people.map((one) => (one.id === personId ? { ...one, hasPin: false } : one)),
      });
    },
    changePassword: async ({ password }) => {
      calls.push('changePassword');
      if (password !== FAKE_PASSWORD) {
        throw new TallymanError('SIGN_IN_FAILED', 'The password is not right.');
      }
      return state;
    },
    touch: () => {
      calls.push('touch');
    },
  };
  return { app, set, current: () => state };
}

function waitError(): TallymanError {
  return new TallymanError('TOO_MANY_REQUESTS', 'Too many attempts. Wait a little.', {
    details: { retryAfterMs: WAIT_MS },
  });
}
