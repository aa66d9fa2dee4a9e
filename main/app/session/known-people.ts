import {
  KNOWN_PEOPLE_MAX,
  type KnownPerson,
  type SessionState,
} from '../../../shared/desktop/session-views.ts';
import type { SignedIn } from '../../../shared/sync/auth-protocol.ts';
import type { BookPerson, SessionBook } from './session-book.ts';

export type LockReason = Extract<SessionState, { kind: 'locked' }>['reason'];

/** Where a session is from. */
export interface SignedInFrom {
  url: string;
  deviceId: string;
  /** What was typed; a refresh is without. */
  login?: string | undefined;
}

/** The book with what a sign-in or a refresh brought. Of too many people those go that have not come for longest. */
export function withSignedIn(
  book: SessionBook,
  signedIn: SignedIn,
  { url, deviceId, login, now }: SignedInFrom & { now: number },
): Partial<SessionBook> {
  const { person, refreshToken, leaseMs, serverId } = signedIn;
  const before = book.people.find(({ id }) => id === person.id);
  const next: BookPerson = {
    ...(before ?? { login: null, pin: null, wrongPins: 0, pinNotBefore: 0, usedAt: now }),
    ...person,
    ...(login === undefined ? {} : { login }),
    sites: person.sites.map((site) => ({ ...site })),
    refreshToken,
    deviceId,
    leaseEndsAt: now + leaseMs,
    isGone: false,
  };
  const others = book.people.filter(({ id }) => id !== person.id);
  return {
    people: [next, ...others].toSorted((a, b) => b.usedAt - a.usedAt).slice(0, KNOWN_PEOPLE_MAX),
    isRequired: true,
    isTaken: true,
    serverUrl: url,
    serverId,
    proof: { refreshToken, deviceId },
    seenAt: now,
  };
}

/** Ids of the sites that a person may see; null for all. */
export function sitesOf({ role, sites }: BookPerson): readonly string[] | null {
  return role === 'administrator' ? null : sites.map(({ id }) => id);
}

/** Sites whose rows may stay here: those of everybody who may come back. Null for all. */
export function keptSites({ people, isRequired }: SessionBook): readonly string[] | null {
  if (!isRequired) return null;
  const kept = new Set<string>();
  for (const person of people.filter(({ isGone }) => !isGone)) {
    const sites = sitesOf(person);
    if (sites === null) return null;
    for (const id of sites) kept.add(id);
  }
  return [...kept];
}

export interface StateFacts {
  book: SessionBook;
  lock: LockReason | null;
  /** Operations that wait, by person. */
  waiting: ReadonlyMap<string, number>;
  /** All that wait. */
  unsent: number;
  /** From the clock of leases to that of people. */
  toWall: (at: number) => number;
}

/** What screens see. */
export function stateOf(facts: StateFacts): SessionState {
  const { book, lock } = facts;
  if (book.withdrawn !== null) {
    return { kind: 'revoked', waiting: facts.unsent, cleared: book.withdrawn === 'cleared' };
  }
  if (!book.isRequired) return { kind: 'open' };
  const views = new Map(book.people.map((person) => [person.id, viewOf(person, facts)]));
  const people = book.people
    .filter(({ id, isGone }) => !isGone || (facts.waiting.get(id) ?? 0) > 0)
    .flatMap(({ id }) => views.get(id) ?? []);
  const current = book.people.find(({ id }) => id === book.currentId);
  if (!current) return { kind: 'signedOut', people };
  const person = viewOf(current, facts);
  if (lock !== null) return { kind: 'locked', reason: lock, person, people };
  return { kind: 'signedIn', person: { ...person, sites: current.sites }, people };
}

function viewOf(person: BookPerson, { waiting, toWall }: StateFacts): KnownPerson {
  const { id, name, login, role, pin, refreshToken, leaseEndsAt } = person;
  return {
    id,
    name,
    login,
    role,
    // One whose session has ended comes back with the password alone.
    hasPin: pin !== null && refreshToken !== null,
    waiting: waiting.get(id) ?? 0,
    leaseEndsAt: toWall(leaseEndsAt),
  };
}
