import { TallymanError } from '../../../shared/errors.ts';
import { isRightPin } from './pin-verifier.ts';
import type { BookPerson, SessionBooks } from './session-book.ts';

/** Wrong PINs before one has to wait. */
const PIN_ATTEMPTS = 5;
const MINUTE = 60_000;
/** After each further one. Then only the password helps. */
const WAITS_MS = [MINUTE / 2, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/**
 * Throws WRONG_PIN, TOO_MANY_REQUESTS, or SESSION_ENDED if only the password helps. Every try is on the disk before it is
 * judged, so ending the app wins nobody another one.
 */
export async function tryPin(
  books: SessionBooks,
  person: BookPerson,
  { pin, now }: { pin: string; now: number },
): Promise<void> {
  if (!person.pin || person.refreshToken === null) throw passwordNeeded();
  if (now < person.pinNotBefore) throw waitFirst(person.pinNotBefore - now);
  const wrongPins = person.wrongPins + 1;
  const wait = wrongPins < PIN_ATTEMPTS ? 0 : WAITS_MS[wrongPins - PIN_ATTEMPTS];
  const left = { wrongPins, pinNotBefore: now + (wait ?? 0) };
  await books.changePerson(person.id, left);
  if (await isRightPin(pin, person.pin)) {
    await books.changePerson(person.id, { wrongPins: 0, pinNotBefore: 0 });
    return;
  }
  if (wait === undefined) {
    await books.changePerson(person.id, { pin: null, wrongPins: 0, pinNotBefore: 0 });
    throw passwordNeeded();
  }
  if (wait > 0) throw waitFirst(wait);
  const attemptsLeft = PIN_ATTEMPTS - wrongPins;
  throw new TallymanError('WRONG_PIN', 'That PIN is not right.', { details: { attemptsLeft } });
}

export function passwordNeeded(): TallymanError {
  return new TallymanError('SESSION_ENDED', 'Sign in with your password.');
}

function waitFirst(retryAfterMs: number): TallymanError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new TallymanError(
    'TOO_MANY_REQUESTS',
    `Too many wrong PINs. Try again in ${seconds} s, or sign in with your password.`,
    { details: { retryAfterMs } },
  );
}
