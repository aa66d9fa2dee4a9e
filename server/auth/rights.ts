import type { Role } from '../../shared/sync/auth-protocol.ts';

/** Who may call: anybody, whoever has signed in, or those with at least this role. A server without accounts asks nobody. */
export type Right = 'anyone' | 'signedIn' | Role;

/**
 * Every procedure of the server has a row here; one without is refused, and a test names it. Rows say who may call at
 * all. What they may see and change when they do is judged by scope (`maySee`) and by entity (`entity-rights.ts`).
 */
export const RIGHTS: Readonly<Record<string, Right>> = {
  'admin.people.list': 'administrator',
  'admin.people.add': 'administrator',
  'admin.people.update': 'administrator',
  'admin.people.setPassword': 'administrator',
  'admin.people.disable': 'administrator',
  'admin.people.enable': 'administrator',
  'admin.devices.list': 'administrator',
  'admin.devices.revoke': 'administrator',
  'admin.sites.list': 'administrator',
  'admin.refused.list': 'administrator',
  'admin.quarantine.list': 'administrator',
  'admin.audit.list': 'administrator',
  'admin.import': 'administrator',
  'auth.signIn': 'anyone',
  'auth.refresh': 'anyone',
  'auth.signOut': 'anyone',
  'auth.quarantine': 'anyone',
  'auth.me': 'signedIn',
  'auth.changePassword': 'signedIn',
  'auth.report': 'signedIn',
  'sync.hello': 'signedIn',
  'sync.pull': 'signedIn',
  'sync.push': 'signedIn',
  'sync.snapshot': 'signedIn',
  'sync.digests': 'signedIn',
  'sync.bucketRows': 'signedIn',
  'sync.poke': 'signedIn',
};
