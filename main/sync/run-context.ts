import type { SyncPhase } from '../../shared/desktop/sync-state.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { Replica } from '../store/replica.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { FinishReplica } from './finish-replica-file.ts';
import type { ReplicaSet } from './replica-set.ts';
import type { SyncServer } from './sync-server.ts';

/** What the stages of one run share. */
export interface RunContext {
  work: WorkStore;
  replicas: ReplicaSet;
  server: SyncServer;
  signal: AbortSignal;
  now: () => number;
  report: RunReport;
  /** Codes of the sites to follow; null follows every site of the catalogue. */
  siteCodes: readonly string[] | null;
  /** Where people sign in: whose rows the server gives to this run, and whose may stay here. */
  rights?: SiteRights | undefined;
  /** Scopes whose digest was seen equal to the server's in this run, and when. Filed with the run's result. */
  verified: Map<Scope, number>;
  /** People who have to sign in on this laptop before the server takes their work, as it has said in this run. */
  awaited: Set<string>;
  newId: () => string;
  /** Elsewhere, so that this thread goes on serving people. */
  finishReplica: FinishReplica;
  /** To be called after a commit, or the log grows without end. */
  foldLog: (replica: Replica) => Promise<void>;
  /** On the disk of the replicas. */
  freeBytes: () => number;
  /** A row as this laptop shows it now. */
  rowOf: (entity: string, id: string) => StoredRow | null;
  /** A person said that the server is right, whatever it deletes. */
  accepted: boolean;
}

/** Sites by their ids; null for all. */
export interface SiteRights {
  /** Of the person in whose name the run talks to the server. */
  asked: readonly string[] | null;
  /** Of everybody who is known on this laptop. */
  kept: readonly string[] | null;
}

/** Counts of a run, and who is told about them. */
export interface RunReport {
  phase: (phase: SyncPhase, siteName: string | null) => void;
  rowsExpected: (rows: number) => void;
  rowsReceived: (rows: number) => void;
  rowsDeleted: (rows: number) => void;
  /** The server has answered as many operations. */
  operationsSent: (operations: number) => void;
  /** A person has to decide about as many fields and rows. */
  conflictsFound: (conflicts: number) => void;
  /** Committed rows of these entities are on view now. */
  dataChanged: (entities: readonly string[]) => void;
}
