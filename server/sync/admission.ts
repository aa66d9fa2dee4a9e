import type { Actor } from '../auth/actor.ts';
import { TallymanError } from '../../shared/errors.ts';
import { PROTOCOL_VERSION, PROTOCOL_VERSION_OLDEST } from '../../shared/sync/protocol.ts';
import type { ServerStore } from '../store/open-store.ts';

/** Who asks, and whose store. */
export interface Asker {
  store: ServerStore;
  actor: Actor;
}

export interface Admission {
  protocol: number;
  /** The server that the laptop believes to talk to; null on first contact. */
  serverId: string | null;
}

/** Refuses a laptop that speaks another protocol, or that holds the data of another server. */
export function admit(store: ServerStore, { protocol, serverId }: Admission): void {
  if (protocol < PROTOCOL_VERSION_OLDEST) {
    throw new TallymanError(
      'UPGRADE_REQUIRED',
      'This Tallyman is too old for the server. Update it, then sync again.',
      { details: { protocol, oldest: PROTOCOL_VERSION_OLDEST } },
    );
  }
  if (protocol > PROTOCOL_VERSION) {
    throw new TallymanError(
      'UPGRADE_REQUIRED',
      'This Tallyman is newer than the server. Ask for the server to be updated.',
      { details: { protocol, newest: PROTOCOL_VERSION } },
    );
  }
  if (serverId !== null && serverId !== store.serverId) {
    throw new TallymanError(
      'SERVER_REPLACED',
      'This is not the server that this Tallyman has synced with. Check the address of the server.',
      { details: { expected: serverId, found: store.serverId } },
    );
  }
}
