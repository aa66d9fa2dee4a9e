import { setTimeout as delay } from 'node:timers/promises';
import type { SessionState } from '../../../shared/desktop/session-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type {
  ChangePasswordInput,
  DeviceIntroduction,
} from '../../../shared/sync/auth-protocol.ts';
import type { DataWorkerKeeper } from '../data-worker-keeper.ts';
import { Listeners } from '../listeners.ts';
import type { SessionApp } from '../session-app.ts';
import { AccessGiver } from './access-giver.ts';
import { createIdleLock, type IdleLock } from './idle-lock.ts';
import { keptSites, type LockReason, sitesOf, stateOf } from './known-people.ts';
import { passwordNeeded, tryPin } from './pin-attempts.ts';
import { makePinVerifier } from './pin-verifier.ts';
import type { SeenClock } from './seen-clock.ts';
import type { CallServer } from './server-line.ts';
import type { BookPerson, SessionBooks } from './session-book.ts';
import { isWithdrawn, leaseEnded, nobodyHere, otherServer } from './session-errors.ts';
import { SessionTokens, type SessionTokensPorts } from './session-tokens.ts';
import { tellEndings } from './tell-endings.ts';
import type { Withdrawal } from './withdrawal.ts';

/** How often the lease is looked at, and the time seen is put on the disk. */
const TICK_MS = 60_000;
/** For an answer of the server that is under way. */
const CLOSE_WAIT_MAX_MS = 3_000;

export interface SessionServicePorts extends Pick<
  SessionTokensPorts,
  'books' | 'clock' | 'steady' | 'server' | 'device'
> {
  now: () => number;
  worker: () => Pick<DataWorkerKeeper, 'call'>;
  withdrawal: Withdrawal;
  /** A single command: nobody is there to type a PIN or to go away. */
  isHeadless: boolean;
  isOnline: () => boolean;
  autoLockMinutes: () => number | null;
  /** Another person works here, or another may be shown: settings, readers and sync follow. */
  onPeopleChanged: () => Promise<void>;
  /** Somebody came with a password. */
  onSignedIn: () => void;
  /** Somebody is here, and the sync goes on in their name as far as the server can be reached. */
  onEntered: () => Promise<unknown>;
  onError: (error: unknown) => void;
}

/** Who uses this laptop: the one place that decides it, below all screens. */
export class SessionService implements SessionApp {
  readonly #ports: SessionServicePorts;
  readonly #books: SessionBooks;
  readonly #clock: SeenClock;
  readonly #tokens: SessionTokens;
  readonly #giver: AccessGiver;
  readonly #listeners: Listeners<SessionState>;
  readonly #idle: IdleLock;
  readonly #ticker: NodeJS.Timeout;
  #lock: LockReason | null;
  /** What people do with the session, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: SessionServicePorts) {
    this.#ports = ports;
    this.#books = ports.books;
    this.#clock = ports.clock;
    this.#listeners = new Listeners(ports.onError);
    this.#tokens = new SessionTokens({
      ...ports,
      onEnded: (personId) => this.#ended(personId),
      onRevoked: (proof) => void this.#withdraw(proof).catch(ports.onError),
    });
    this.#giver = new AccessGiver({ ...ports, tokens: this.#tokens });
    this.#lock = ports.isHeadless ? null : 'start';
    this.#idle = createIdleLock({
      ...ports,
      limitMs: () => (this.#canLockItself() ? minutes(ports.autoLockMinutes()) : null),
      lock: () => void this.lock('idle').catch(ports.onError),
    });
    this.#ticker = setInterval(() => void this.#tick().catch(ports.onError), TICK_MS).unref();
    this.#checkLease();
  }

  readonly subscribe = (listener: (state: SessionState) => void): (() => void) =>
    this.#listeners.subscribe(listener);

  async state(): Promise<SessionState> {
    const { book } = this.#books;
    const needsCounts = book.isRequired || book.withdrawn !== null;
    const worker = this.#ports.worker();
    const [waiting, health] = needsCounts
      ? await Promise.all([worker.call('waitingByPerson', null), worker.call('health', null)])
      : [new Map<string, number>(), null];
    return stateOf({
      book: this.#books.book,
      lock: this.#lock,
      waiting,
      unsent: health?.waiting ?? 0,
      toWall: (at) => at - this.#clock.now() + this.#ports.now(),
    });
  }

  isUsable(): boolean {
    const { book } = this.#books;
    if (book.withdrawn !== null) return false;
    return !book.isRequired || (this.#current() !== null && this.#lock === null);
  }

  isNew(): boolean {
    const { isTaken, people, withdrawn } = this.#books.book;
    if (withdrawn !== null && withdrawn !== 'cleared') return false;
    return !isTaken || people.every(({ isGone }) => isGone);
  }

  /** Whoever works here, locked or not; null if nobody has to sign in. */
  personId(): string | null {
    return this.#books.book.isRequired ? (this.#current()?.id ?? null) : null;
  }

  isRequired(): boolean {
    return this.#books.book.isRequired;
  }

  /** Ids of sites: what may be shown to whoever works here, and what may stay on this laptop. Null for all. */
  sites(): { shown: readonly string[] | null; kept: readonly string[] | null } {
    const { book } = this.#books;
    const current = this.#current();
    if (!book.isRequired) return { shown: null, kept: null };
    return { shown: current ? sitesOf(current) : [], kept: keptSites(book) };
  }

  signIn(input: { login: string; password: string }): Promise<SessionState> {
    return this.#inTurn(async () => {
      const { server, device } = this.#ports;
      const { withdrawn } = this.#books.book;
      if (withdrawn === 'handingOver' || withdrawn === 'clearing') throw isWithdrawn();
      const { url, call } = server();
      const introduction = await device();
      const signedIn = await call('auth.signIn', { ...input, device: introduction }).catch(
        async (error: unknown) => {
          const { proof } = this.#books.book;
          const isRevoked = error instanceof TallymanError && error.code === 'DEVICE_REVOKED';
          if (isRevoked && proof) await this.#withdraw(proof);
          throw error;
        },
      );
      const { book } = this.#books;
      if (book.isTaken && book.serverId !== null && book.serverId !== signedIn.serverId) {
        throw otherServer();
      }
      const before = this.#books.person(signedIn.person.id)?.refreshToken ?? null;
      await this.#tokens.keep(signedIn, { url, deviceId: introduction.id, login: input.login });
      await this.#books.change({
        withdrawn: null,
        ...(before === null
          ? {}
          : { endings: [...this.#books.book.endings, { refreshToken: before }] }),
      });
      await this.#books.changePerson(signedIn.person.id, { wrongPins: 0, pinNotBefore: 0 });
      await this.#enter(signedIn.person.id);
      this.#ports.onSignedIn();
      return this.state();
    });
  }

  unlock({ personId, pin }: { personId: string; pin: string }): Promise<SessionState> {
    return this.#inTurn(async () => {
      const person = this.#books.person(personId);
      if (!person || person.isGone) throw passwordNeeded();
      await tryPin(this.#books, person, { pin, now: this.#clock.now() });
      if (this.#isLeaseOver(person)) {
        await this.#tokens.refresh(personId).catch((cause: unknown) => {
          throw leaseEnded(cause);
        });
      }
      await this.#enter(personId);
      return this.state();
    });
  }

  async lock(reason: 'idle' | 'asked'): Promise<SessionState> {
    if (this.#current() && this.#lock === null && !this.#ports.isHeadless)
      await this.#close(reason);
    return this.state();
  }

  setPin(pin: string): Promise<SessionState> {
    return this.#changeOwn(async () => ({ pin: await makePinVerifier(pin), wrongPins: 0 }));
  }

  removePin(): Promise<SessionState> {
    return this.#changeOwn(async () => ({ pin: null, wrongPins: 0 }));
  }

  signOut(personId: string): Promise<SessionState> {
    return this.#inTurn(async () => {
      const person = this.#books.person(personId);
      if (!person) return this.state();
      const { refreshToken } = person;
      const { book } = this.#books;
      const waiting = await this.#ports.worker().call('waitingByPerson', null);
      const gone = { login: null, refreshToken: null, pin: null, isGone: true, sites: [] };
      this.#tokens.forget(personId);
      // Names stay as long as work under them waits.
      const people = book.people
        .map((one) => (one.id === personId ? { ...one, ...gone } : one))
        .filter(({ id, isGone }) => !isGone || (waiting.get(id) ?? 0) > 0);
      await this.#books.change({
        people,
        currentId: book.currentId === personId ? null : book.currentId,
        endings: refreshToken === null ? book.endings : [...book.endings, { refreshToken }],
      });
      await this.#changed();
      await this.#tellEndings().catch(this.#ports.onError);
      return this.state();
    });
  }

  changePassword(input: ChangePasswordInput): Promise<SessionState> {
    return this.#inTurn(async () => {
      await this.call('auth.changePassword', input);
      return this.state();
    });
  }

  touch(): void {
    if (this.isUsable()) this.#idle.touch();
  }

  device(): Promise<DeviceIntroduction> {
    return this.#ports.device();
  }

  /** After a start: goes on with what an earlier one left. */
  resume(): void {
    this.#ports.withdrawal.goOn();
    this.#idle.check();
  }

  /** Calls the server in the name of whoever is signed in now. A token that has run out is renewed once. */
  readonly call: CallServer = async (path, input) => {
    const personId = this.#current()?.id;
    if (personId === undefined) throw nobodyHere();
    const token = await this.#tokens.tokenOf(personId);
    const { call } = this.#ports.server();
    try {
      return await call(path, input, token);
    } catch (error) {
      if (!(error instanceof TallymanError) || !TOKEN_CODES.has(error.code)) throw error;
      return call(path, input, await this.#tokens.tokenOf(personId, token));
    }
  };

  /** The sync wants a token that works: of the person in whose name a run is under way, or else of whoever has a session. */
  async answerAccess(personId: string | null): Promise<void> {
    await this.noteRequired(true);
    await this.#giver.answer(personId);
  }

  /** The data worker is another one, which has no token. */
  workerRestarted(): void {
    this.#giver.forget();
  }

  /** What the server says of itself. A laptop that people have signed in on stays theirs, whatever any server says. */
  async noteRequired(isRequired: boolean): Promise<void> {
    const { book } = this.#books;
    if (book.isRequired === isRequired || book.isTaken) return;
    await this.#books.change({ isRequired });
    if (!isRequired) await this.#ports.worker().call('setAccess', 'open');
    await this.#changed();
  }

  /** The server was reached after a while: what it could not be told is told. */
  async reached(): Promise<void> {
    this.#ports.withdrawal.goOn();
    await this.#tellEndings();
  }

  /** The screen was locked, the machine wakes, or the setting is another one. */
  systemLocked(): void {
    if (this.#canLockItself()) void this.lock('idle').catch(this.#ports.onError);
  }

  checkIdle(): void {
    this.#idle.check();
  }

  async withdrawn(): Promise<void> {
    this.#tokens.forgetAll();
    this.#giver.forget();
    await this.#changed();
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    this.#idle.stop();
    if (this.#books.book.isTaken) await this.#books.change({ seenAt: this.#clock.now() });
    await Promise.race([
      this.#tokens.settled(),
      delay(CLOSE_WAIT_MAX_MS, undefined, { ref: false }),
    ]);
  }

  #current(): BookPerson | null {
    return this.#books.person(this.#books.book.currentId);
  }

  /** Whoever could not come back, for want of a PIN and of a server, is not locked out by going away. */
  #canLockItself(): boolean {
    const current = this.#current();
    if (!current || this.#lock !== null || this.#ports.isHeadless) return false;
    return current.pin !== null || this.#ports.isOnline();
  }

  async #enter(personId: string): Promise<void> {
    const now = this.#clock.now();
    await this.#books.changePerson(personId, { usedAt: now });
    await this.#books.change({ currentId: personId, seenAt: now });
    this.#lock = null;
    this.#idle.touch();
    await this.#changed();
    void this.#giver.switchTo(personId).then(this.#ports.onEntered).catch(this.#ports.onError);
    void this.#tellEndings().catch(() => undefined);
  }

  async #close(reason: LockReason): Promise<void> {
    this.#lock = reason;
    this.#idle.stop();
    await this.#emit();
  }

  #ended(personId: string): void {
    const { book } = this.#books;
    const change = book.currentId === personId ? { currentId: null } : {};
    void this.#books
      .change(change)
      .then(() => this.#changed())
      .catch(this.#ports.onError);
  }

  async #withdraw(proof: { refreshToken: string; deviceId: string }): Promise<void> {
    this.#tokens.forgetAll();
    await this.#ports.withdrawal.begin(proof);
  }

  #changeOwn(patch: () => Promise<Partial<BookPerson>>): Promise<SessionState> {
    return this.#inTurn(async () => {
      const current = this.#current();
      if (!current) throw nobodyHere();
      await this.#books.changePerson(current.id, { ...(await patch()), pinNotBefore: 0 });
      await this.#emit();
      return this.state();
    });
  }

  async #changed(): Promise<void> {
    await this.#ports.worker().call('setPerson', this.personId());
    await this.#ports.onPeopleChanged();
    await this.#emit();
  }

  async #emit(): Promise<void> {
    this.#listeners.emit(await this.state());
  }

  #tellEndings(): Promise<void> {
    return tellEndings(this.#books, this.#ports.server);
  }

  async #tick(): Promise<void> {
    if (!this.#books.book.isTaken) return;
    await this.#books.change({ seenAt: this.#clock.now() });
    const before = this.#lock;
    this.#checkLease();
    if (before !== this.#lock) await this.#emit();
  }

  #checkLease(): void {
    const current = this.#current();
    if (current && this.#isLeaseOver(current)) this.#lock = 'lease';
  }

  #isLeaseOver({ leaseEndsAt }: BookPerson): boolean {
    return this.#clock.now() >= leaseEndsAt;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

const TOKEN_CODES: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'SESSION_ENDED']);

function minutes(count: number | null): number | null {
  return count === null ? null : count * 60_000;
}
