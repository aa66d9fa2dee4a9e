import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { ConnectionState } from '../connection.ts';

export type StatusWord =
  | 'loading'
  | 'lost'
  | 'decision'
  | 'firstSync'
  | 'syncing'
  | 'noServer'
  | 'offline'
  | 'error'
  | 'neverSynced'
  | 'upToDate';

export type DecisionCode = Extract<
  ErrorCode,
  'SERVER_REPLACED' | 'SERVER_ROLLED_BACK' | 'MASS_DELETE'
>;

/** The failures that only a person's word ends. */
export function decisionOf(status: SyncStatus | undefined): DecisionCode | null {
  if (status?.state !== 'error') return null;
  const code = status.lastResult?.error?.code;
  return code === 'SERVER_REPLACED' || code === 'SERVER_ROLLED_BACK' || code === 'MASS_DELETE'
    ? code
    : null;
}

/** The one word for where things stand. What a person must act on comes before what passes by itself. */
export function statusWordOf(
  connection: ConnectionState,
  status: SyncStatus | undefined,
  network: NetworkStatus | undefined,
): StatusWord {
  if (connection === 'lost') return 'lost';
  if (!status) return 'loading';
  if (status.running) return status.lastSuccessAt === null ? 'firstSync' : 'syncing';
  if (decisionOf(status)) return 'decision';
  if (network?.cause === 'noServerSet') return 'noServer';
  if (network?.state === 'offline' || status.state === 'offline') return 'offline';
  if (status.state === 'error') return 'error';
  return status.lastSuccessAt === null ? 'neverSynced' : 'upToDate';
}
