import type { DeviceHealth, QuarantineInput } from '../../shared/sync/auth-protocol.ts';
import { fromWireError, type WireError } from '../../shared/errors.ts';
import { takeUnsent } from '../store/outbox/take-unsent.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Access, SessionAccess } from '../sync/access.ts';
import type { ServerCall, ServerCalls } from '../sync/server-calls.ts';

export type { ServerCall, SessionAccess };

/** What the data worker knows of people when it starts. */
export interface SessionStart {
  /** Whoever works here; null if nobody does or nobody has to sign in. */
  personId: string | null;
  /** The server asks for a sign-in. */
  isRequired: boolean;
  /** The laptop was withdrawn and its work is handed over: the folder is emptied before it is opened. */
  clearFirst: boolean;
}

/** What the data worker does for those who sign in. */
export interface SessionMethods {
  /** Calls the server with a token of the caller's own. */
  callServer: (input: ServerCall, signal: AbortSignal) => Promise<unknown>;
  /** Who works here now: what is recorded from now on is theirs. */
  setPerson: (personId: string | null) => void;
  /** In whose name the sync goes on, from the next run; `open` where nobody has to sign in after all. */
  setAccess: (input: SessionAccess | 'open' | null) => void;
  /** The answer to `accessAsked`. */
  giveAccess: (input: { access: SessionAccess | null; error: WireError | null }) => void;
  /** Operations that wait, by the id of the person whose they are. */
  waitingByPerson: (input: null) => ReadonlyMap<string, number>;
  /** Unsent operations after a position, as a withdrawn laptop hands them over. */
  unsent: (input: { after: number; limit: number; bytesMax: number }) => {
    operations: QuarantineInput['operations'];
    last: number;
  };
  health: (input: null) => DeviceHealth;
}

export function sessionMethods(
  work: WorkStore,
  access: Access,
  calls: ServerCalls,
): Omit<SessionMethods, 'setAccess'> {
  return {
    callServer: (input, signal) => calls.call(input, signal),
    setPerson: (personId) => {
      work.person.id = personId;
    },
    giveAccess: ({ access: given, error }) => access.give(error ? fromWireError(error) : given),
    waitingByPerson: () => work.outbox.waitingByPerson(),
    unsent: (input) => takeUnsent(work, input),
    health: () => {
      const last = work.lastRun();
      return {
        waiting: work.outbox.waiting(),
        refused: work.outbox.attention(),
        conflicts: work.outbox.openConflicts(),
        lastSyncAt: work.lastSuccessAt(),
        lastOutcome: last?.outcome ?? null,
        lastErrorCode: last?.error?.code ?? null,
        oldestWaitingAt: work.outbox.oldestWaitingAt(),
      };
    },
  };
}
