import { TallymanError } from '../../../shared/errors.ts';
import { QUARANTINE_OPERATIONS_MAX } from '../../../shared/sync/auth-protocol.ts';
import { PUSH_BYTES_MAX } from '../../../shared/sync/operation.ts';
import type { SessionMethods } from '../../data/session-contract.ts';
import type { CallServer } from './server-line.ts';

export interface HandOverPorts {
  call: CallServer;
  proof: { refreshToken: string; deviceId: string };
  unsent: (
    input: Parameters<SessionMethods['unsent']>[0],
  ) => Promise<ReturnType<SessionMethods['unsent']>>;
}

/**
 * Gives the server what a withdrawn laptop could not send, in parts, and says at last that this was all. From the
 * beginning each time that it is tried: the server keeps each operation once.
 */
export async function handOver({ call, proof, unsent }: HandOverPorts): Promise<void> {
  let after = 0;
  for (;;) {
    const limits = { limit: QUARANTINE_OPERATIONS_MAX, bytesMax: PUSH_BYTES_MAX };
    const { operations, last } = await unsent({ after, ...limits });
    const isLast = operations.length === 0;
    const { kept } = await call('auth.quarantine', { ...proof, operations, done: isLast });
    if (isLast) return;
    const missing = operations.some(({ operationId }) => !kept.includes(operationId));
    if (missing) throw new TallymanError('SERVER_ERROR', 'The server did not keep all work.');
    after = last;
  }
}
