import type { Kysely } from 'kysely';
import type { ServerDatabase } from '../store/server-database.ts';
import { noteRightsChange } from './rights-changes.ts';

export type EndReason =
  'signed out' | 'replaced' | 'expired' | 'reuse' | 'disabled' | 'password' | 'revoked';

export interface EndSessionsOptions {
  at: number;
  reason: EndReason;
  /** All that are given have to fit. */
  sessionId?: string | undefined;
  personId?: string | undefined;
  deviceId?: string | undefined;
  /** This one goes on. */
  except?: string | undefined;
}

/** What has ended stays so, with its first reason. */
export async function endSessions(
  db: Kysely<ServerDatabase>,
  { at, reason, sessionId, personId, deviceId, except }: EndSessionsOptions,
): Promise<void> {
  let ending = db
    .updateTable('session')
    .set({ ended_at: at, end_reason: reason })
    .where('ended_at', 'is', null);
  if (sessionId !== undefined) ending = ending.where('session_id', '=', sessionId);
  if (personId !== undefined) ending = ending.where('person_id', '=', personId);
  if (deviceId !== undefined) ending = ending.where('device_id', '=', deviceId);
  if (except !== undefined) ending = ending.where('session_id', '!=', except);
  await ending.execute();
  await noteRightsChange(db);
}
