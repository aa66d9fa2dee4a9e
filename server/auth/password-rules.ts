import { foldText } from '../../shared/domain/fold-text.ts';
import { TallymanError } from '../../shared/errors.ts';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../../shared/sync/auth-protocol.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** Shorter parts of a name are in too many words to say anything. */
const NAME_PART_LENGTH_MIN = 4;

/** Throws BAD_INPUT with one sentence that says what is wrong with it. `names`: what others know of the person. */
export function assertGoodPassword(password: string, names: readonly string[]): void {
  const problem = problemOf(password, names);
  if (problem !== null) throw new TallymanError('BAD_INPUT', problem);
}

function problemOf(password: string, names: readonly string[]): string | null {
  if (password.length < PASSWORD_LENGTH_MIN) {
    return `A password has at least ${PASSWORD_LENGTH_MIN} characters.`;
  }
  if (password.length > PASSWORD_LENGTH_MAX) {
    return `A password has at most ${PASSWORD_LENGTH_MAX} characters.`;
  }
  const lower = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(lower)) {
    return 'That password is one of the first that anybody would try. Choose another one.';
  }
  if (new Set(lower).size < 3) {
    return 'That password is the same few characters again and again. Choose another one.';
  }
  const folded = foldText(password);
  const isNamed = names
    .flatMap((name) => [foldText(name), ...foldText(name).split(/[^\p{L}\p{N}]+/u)])
    .some((part) => part.length >= NAME_PART_LENGTH_MIN && folded.includes(part));
  return isNamed ? 'A password must not contain the name. Choose another one.' : null;
}
