import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { TallymanError } from '../../shared/errors.ts';

/** OWASP's recommendation for Argon2id. One hash takes some 30 ms and this much memory. */
export const ARGON2_MEMORY_KIB = 19 * 1024;
export const ARGON2_PASSES = 2;
export const ARGON2_LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** As many as leave a small machine something for everything else. */
const AT_ONCE_MAX = 2;
/** The last of them is answered after some seconds; more would only wait for what their laptops have given up. */
const WAITING_MAX = 100;

export interface Argon2Cost {
  memoryKib: number;
  passes: number;
  lanes: number;
}

interface PasswordHasherOptions {
  cost?: Argon2Cost | undefined;
  atOnceMax?: number | undefined;
  waitingMax?: number | undefined;
}

/** What a look at a password tells. */
export interface PasswordCheck {
  right: boolean;
  /** The hash was made with parameters of another day. */
  stale: boolean;
}

const derive = promisify(argon2);
const COST: Argon2Cost = {
  memoryKib: ARGON2_MEMORY_KIB,
  passes: ARGON2_PASSES,
  lanes: ARGON2_LANES,
};
const HASH_FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Argon2id, few at a time, however many ask. Hashes are PHC strings, which name their own parameters. */
export class PasswordHasher {
  readonly #cost: Argon2Cost;
  readonly #atOnceMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #atWork = 0;
  #nobodys: Promise<string> | null = null;

  constructor({
    cost = COST,
    atOnceMax = AT_ONCE_MAX,
    waitingMax = WAITING_MAX,
  }: PasswordHasherOptions = {}) {
    this.#cost = cost;
    this.#atOnceMax = atOnceMax;
    this.#waitingMax = waitingMax;
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const { memoryKib, passes, lanes } = this.#cost;
    const key = await this.#derive(password, salt, { ...this.#cost, bytes: HASH_BYTES });
    return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${plain(salt)}$${plain(key)}`;
  }

  /** A hash that cannot be read is nobody's. */
  async check(password: string, hash: string): Promise<PasswordCheck> {
    const parts = HASH_FORM.exec(hash);
    if (parts === null) return this.checkNobody(password);
    const [memoryKib, passes, lanes] = parts.slice(1, 4).map(Number) as [number, number, number];
    const [salt, wanted] = parts.slice(4).map((text) => Buffer.from(text, 'base64')) as [
      Buffer,
      Buffer,
    ];
    const cost = { memoryKib, passes, lanes };
    const found = await this.#derive(password, salt, { ...cost, bytes: wanted.length });
    const stale = memoryKib !== this.#cost.memoryKib || passes !== this.#cost.passes;
    return {
      right: timingSafeEqual(found, wanted),
      stale: stale || lanes !== this.#cost.lanes,
    };
  }

  /** The same work for a name that nobody has, so that time does not tell which names there are. */
  async checkNobody(password: string): Promise<PasswordCheck> {
    // One that fails is made anew by the next who asks.
    this.#nobodys ??= this.hash(randomBytes(SALT_BYTES).toString('hex')).catch((error: unknown) => {
      this.#nobodys = null;
      throw error;
    });
    await this.check(password, await this.#nobodys);
    return { right: false, stale: false };
  }

  async #derive(
    password: string,
    nonce: Buffer,
    { memoryKib, passes, lanes, bytes }: Argon2Cost & { bytes: number },
  ): Promise<Buffer> {
    await this.#turn();
    try {
      return await derive('argon2id', {
        // One password has one form, whichever keyboard it comes from.
        message: password.normalize('NFKC'),
        nonce,
        memory: memoryKib,
        passes,
        parallelism: lanes,
        tagLength: bytes,
      });
    } finally {
      // Whoever waits takes the place over, so it is never free in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#atWork -= 1;
      else next();
    }
  }

  async #turn(): Promise<void> {
    if (this.#atWork < this.#atOnceMax) {
      this.#atWork += 1;
      return;
    }
    if (this.#waiting.length >= this.#waitingMax) {
      throw new TallymanError('SERVER_BUSY', 'Many are signing in. Try again in a few seconds.');
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** One for the process, because it is the process whose memory and processors it spares. */
export const PASSWORDS = new PasswordHasher();
