import { TallymanError } from '../../shared/errors.ts';

/** The session in whose name this laptop talks to its server. */
export interface SessionAccess {
  personId: string;
  /** Lives in memory only. */
  token: string;
  /** For so long from when it was handed over. */
  validMs: number;
  /** Ids of the sites whose rows the server gives to this person; null for all. */
  siteIds: readonly string[] | null;
}

export interface AccessPorts {
  /** Milliseconds that pass however the clock is set. */
  steady: () => number;
  /** Wants a token that works, of this person if one is named. It is answered by `give`. */
  ask: (personId: string | null) => void;
  /** False while the server was never heard to ask for a sign-in: requests then go without a token, and nobody is asked. */
  isRequired: boolean;
}

type Held = SessionAccess & { validUntil: number };

/**
 * The one place that knows with which token a request goes out. A run keeps the person with whom it began, or what it
 * asks for would change under it; another person takes over between two runs.
 */
export class Access {
  readonly #ports: AccessPorts;
  #isRequired: boolean;
  #held: Held | null = null;
  #next: Held | null | undefined;
  #runs = 0;
  #asked: PromiseWithResolvers<Held | null> | null = null;

  constructor(ports: AccessPorts) {
    this.#ports = ports;
    this.#isRequired = ports.isRequired;
  }

  /** Somebody else uses the laptop, or nobody; `open` if nobody has to sign in after all. */
  set(access: SessionAccess | 'open' | null): void {
    this.#isRequired = access !== 'open';
    this.#next = access === 'open' ? null : this.#timed(access);
    if (this.#runs === 0) this.#takeNext();
  }

  /** The answer to `ask`: null if nobody is signed in, an error if that could not be found out. */
  give(answer: SessionAccess | Error | null): void {
    const asked = this.#asked;
    this.#asked = null;
    if (answer instanceof Error) {
      asked?.reject(answer);
      return;
    }
    this.#isRequired = true;
    this.#held = this.#timed(answer);
    asked?.resolve(this.#held);
  }

  /** Begins a run, which keeps one person until `end`. Resolves with the sites that may be asked for; null for all. */
  async begin(signal: AbortSignal): Promise<readonly string[] | null> {
    if (this.#runs === 0) this.#takeNext();
    this.#runs += 1;
    try {
      return this.#isRequired ? (await this.#usable(signal)).siteIds : null;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    this.#runs -= 1;
    if (this.#runs === 0) this.#takeNext();
  }

  /** What a request says; throws UNAUTHORIZED if nobody has signed in. */
  async headers(signal?: AbortSignal): Promise<Record<string, string>> {
    if (!this.#isRequired) return {};
    return headersOf(await this.#usable(signal));
  }

  /** After the server refused a request that went out with `sent`: what it may be repeated with, once. */
  async headersAfter(
    sent: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Record<string, string>> {
    const held = this.#held;
    // Another request found out first.
    if (held && headersOf(held)['authorization'] !== sent['authorization']) return headersOf(held);
    return headersOf(await this.#fresh(signal));
  }

  async #usable(signal?: AbortSignal): Promise<Held> {
    const held = this.#held;
    if (held && this.#ports.steady() < held.validUntil) return held;
    return this.#fresh(signal);
  }

  async #fresh(signal?: AbortSignal): Promise<Held> {
    if (!this.#asked) {
      this.#asked = Promise.withResolvers();
      // Whoever asked may have been cancelled meanwhile.
      this.#asked.promise.catch(() => undefined);
      this.#ports.ask(this.#runs > 0 ? (this.#held?.personId ?? null) : null);
    }
    const found = await orCancelled(this.#asked.promise, signal);
    if (found) return found;
    throw new TallymanError(
      'UNAUTHORIZED',
      'The server asks for a sign-in. Work done here is kept and sent afterwards.',
    );
  }

  #takeNext(): void {
    if (this.#next === undefined) return;
    this.#held = this.#next;
    this.#next = undefined;
  }

  #timed(access: SessionAccess | null): Held | null {
    return access && { ...access, validUntil: this.#ports.steady() + access.validMs };
  }
}

function headersOf({ token }: Held): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

async function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const left = Promise.withResolvers<never>();
  const leave = (): void =>
    left.reject(new TallymanError('CANCELLED', 'Cancelled.', { cause: signal.reason }));
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
