import type { SessionState } from '../../shared/desktop/session-views.ts';
import { fakePeople, signedInAs } from '../testing/fake-session.ts';

const DAY = 86_400_000;

/** Who uses the laptop in a scene; undefined where nobody has to sign in. */
export function sceneSession(scene: string, now: number): SessionState | undefined {
  const people = fakePeople(now);
  const [mara] = people;
  switch (scene) {
    case 'sign-in':
      return { kind: 'signedOut', people: [] };
    case 'signed-out':
      return { kind: 'signedOut', people };
    case 'locked':
      return { kind: 'locked', reason: 'idle', person: mara, people };
    case 'lease-ended': {
      const ended = { ...mara, leaseEndsAt: now - DAY };
      return { kind: 'locked', reason: 'lease', person: ended, people: [ended] };
    }
    case 'revoked':
      return { kind: 'revoked', waiting: 3, cleared: false };
    case 'signed-in':
      return signedInAs(mara, people);
    case 'lease':
      return signedInAs({ ...mara, leaseEndsAt: now + 2 * DAY }, people);
    case 'admin':
    case 'admin-offline':
      return signedInAs({ ...mara, role: 'administrator' }, people);
    default:
      return undefined;
  }
}
