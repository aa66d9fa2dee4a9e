import { TallymanError } from '../../shared/errors.ts';
import { type Actor, isAtLeast } from './actor.ts';
import { unauthorized } from './auth-refusals.ts';
import { RIGHTS } from './rights.ts';

/** Throws UNAUTHORIZED or FORBIDDEN. What has no row in the table nobody may call, however open the server is. */
export function assertMayCall(actor: Actor, path: string): void {
  const right = Object.hasOwn(RIGHTS, path) ? RIGHTS[path] : undefined;
  if (right === undefined) throw forbidden(path);
  if (right === 'anyone' || actor.kind === 'open') return;
  if (actor.kind === 'nobody') throw unauthorized();
  if (right !== 'signedIn' && !isAtLeast(actor.role, right)) throw forbidden(path);
}

function forbidden(path: string): TallymanError {
  return new TallymanError('FORBIDDEN', 'You may not do this. Ask an administrator.', {
    details: { procedure: path },
  });
}
