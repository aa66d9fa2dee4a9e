import { expect, test } from 'vitest';
import { FailureBook, waitAfter, WAIT_MAX_MS } from './failure-book.ts';
import {
  ARGON2_LANES,
  ARGON2_MEMORY_KIB,
  ARGON2_PASSES,
  PasswordHasher,
} from './password-hasher.ts';
import { assertGoodPassword } from './password-rules.ts';

const QUICK = { memoryKib: 16, passes: 1, lanes: 1 };

test('a hash names Argon2id and its parameters, and no two are the same', async () => {
  const hasher = new PasswordHasher();
  const [one, two] = await Promise.all([hasher.hash('a password'), hasher.hash('a password')]);
  expect(one).toMatch(
    new RegExp(
      `^\\$argon2id\\$v=19\\$m=${ARGON2_MEMORY_KIB},t=${ARGON2_PASSES},p=${ARGON2_LANES}\\$`,
    ),
  );
  expect(two).not.toBe(one);
  expect(await hasher.check('a password', one)).toEqual({ right: true, stale: false });
  expect(await hasher.check('another', one)).toEqual({ right: false, stale: false });
});

test('it reads what other programs write', async () => {
  // argon2-cffi, with the password "password" and the salt "somesalt".
  const known =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  const hasher = new PasswordHasher();
  expect(await hasher.check('password', known)).toEqual({ right: true, stale: true });
  expect(await hasher.check('Password', known)).toMatchObject({ right: false });
});

test('a password is the same however its letters are put together', async () => {
  const hasher = new PasswordHasher({ cost: QUICK });
  const hash = await hasher.hash('Zo\u00eb writes long');
  expect(await hasher.check('Zoe\u0308 writes long', hash)).toMatchObject({ right: true });
});

test('a hash of other parameters is still right, and said to be stale', async () => {
  const before = await new PasswordHasher({ cost: QUICK }).hash('a password');
  const hasher = new PasswordHasher({ cost: { ...QUICK, passes: 2 } });
  expect(await hasher.check('a password', before)).toEqual({ right: true, stale: true });
});

test.each(['', 'plain', '$2b$10$abc', '$argon2i$v=19$m=16,t=1,p=1$c29tZXNhbHQ$AAAA'])(
  'the hash %j is nobody’s',
  async (hash) => {
    const hasher = new PasswordHasher({ cost: QUICK });
    expect(await hasher.check('a password', hash)).toEqual({ right: false, stale: false });
  },
);

test('more than may wait are told to come again, and those who wait are answered', async () => {
  const hasher = new PasswordHasher({ cost: QUICK, atOnceMax: 1, waitingMax: 2 });
  const asked = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('a')));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const answer of asked) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'SERVER_BUSY' });
  }
  await expect(hasher.hash('b')).resolves.toBeDefined();
});

test.each([
  ['short', 'at least 8'],
  ['x'.repeat(129), 'at most 128'],
  ['Password1', 'one of the first'],
  ['PASSWORT123', 'one of the first'],
  ['qwertyuiop', 'one of the first'],
  ['abababababab', 'same few characters'],
  ['i am Zoe Müller', 'contain the name'],
  ['MULLER-2026-x', 'contain the name'],
  ['zoe.mueller!9', 'contain the name'],
])('the password %j is refused: %s', (password, reason) => {
  expect(() => assertGoodPassword(password, ['Zoë Müller', 'zoe.mueller'])).toThrow(reason);
});

test.each(['tall green ladders', 'aB3$xyzw', 'x1y2z3w4', 'Пять лестниц', '🪜🪜🪣🧹 four'])(
  'the password %j is taken',
  (password) => {
    expect(() => assertGoodPassword(password, ['Zoë Müller', 'zoe'])).not.toThrow();
  },
);

test('waits grow to a minute and no further', () => {
  const waits = Array.from({ length: 200 }, (_, at) => waitAfter(at));
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 1_000, 2_000, 4_000]);
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
  expect(waits.at(-1)).toBe(WAIT_MAX_MS);
});

test('a book of failures is bounded, forgets the oldest, and what is long ago', () => {
  let now = 0;
  const book = new FailureBook({ now: () => now, entriesMax: 3, free: 0 });
  for (const key of ['a', 'b', 'c', 'd']) book.count(key);
  expect(['a', 'b', 'c', 'd'].map((key) => book.refusedFor(key))).toEqual([0, 1_000, 1_000, 1_000]);
  now = 1_000;
  book.count('d');
  expect(book.refusedFor('d')).toBe(2_000);
  now += 60 * 60 * 1_000;
  book.count('d');
  expect(book.refusedFor('d')).toBe(1_000);
});
