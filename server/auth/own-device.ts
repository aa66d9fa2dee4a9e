import { TallymanError } from '../../shared/errors.ts';
import type { Actor } from './actor.ts';

/** A laptop speaks for itself alone: its numbers and its answers are nobody else's. Throws FORBIDDEN. */
export function assertOwnDevice(actor: Actor, deviceId: string): void {
  if (actor.kind === 'open') return;
  if (actor.kind === 'person' && actor.deviceId === deviceId) return;
  throw new TallymanError(
    'FORBIDDEN',
    'This session belongs to another laptop. Sign in again on this one.',
  );
}
