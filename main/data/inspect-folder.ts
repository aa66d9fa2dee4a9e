import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ScopeStatus, SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import { scopeKindOf } from '../../shared/sync/scope.ts';
import { readState } from '../../shared/replica/replica-state.ts';
import { openReadable } from '../store/sqlite.ts';
import { WorkStore } from '../store/work-store.ts';
import { currentViews, type ReplicaView } from '../sync/replica-set.ts';

export interface FolderReport {
  replicas: readonly ReplicaView[];
  lastSuccessAt: number | null;
  lastResult: SyncRunResult | null;
  scopes: readonly ScopeStatus[];
  /** Operations that wait to be sent or answered. */
  pending: number;
  conflicts: number;
  /** Operations that were refused. */
  attention: number;
}

/** Throws DATA_FOLDER_MISSING. */
export function assertStoreExists(dataFolder: string): void {
  if (!existsSync(WorkStore.fileIn(dataFolder))) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `There is no Tallyman data in ${dataFolder}. Sync into it first, or check the folder's name.`,
      { details: { dataFolder } },
    );
  }
}

/**
 * Looks at a data folder without owning it, so it works beside a running app. For the headless commands, which have no
 * screen to hold up; the apps ask the data worker instead. Throws DATA_FOLDER_MISSING.
 */
export function inspectFolder(dataFolder: string): FolderReport {
  assertStoreExists(dataFolder);
  const work = WorkStore.openForReading(dataFolder);
  try {
    const files = work.replicaFiles().filter(({ role }) => role === 'current');
    const replicas = currentViews(join(dataFolder, 'replica'), work);
    return {
      replicas,
      lastSuccessAt: work.lastSuccessAt(),
      lastResult: work.lastRun(),
      pending: work.outbox.waiting(),
      conflicts: work.outbox.openConflicts(),
      attention: work.outbox.attention(),
      scopes: work.followedScopes().map(({ scope, siteCode, name }) => ({
        scope,
        siteCode,
        name,
        ...contentOf(replicas.find((view) => view.scope === scope)),
        verifiedAt: files.find((file) => file.scope === scope)?.verifiedAt ?? null,
      })),
    };
  } finally {
    work.close();
  }
}

function contentOf(
  view: ReplicaView | undefined,
): Pick<ScopeStatus, 'version' | 'complete' | 'rows'> {
  if (!view) return { version: 0, complete: false, rows: {} };
  const db = openReadable(view.file);
  try {
    const state = readState(db);
    const rows = Object.fromEntries(
      entitiesOf(scopeKindOf(view.scope)).map(({ name }) => [
        name,
        db.prepare(`SELECT count(*) FROM ${name}`).pluck().get() as number,
      ]),
    );
    return {
      version: state?.version ?? 0,
      complete: state?.complete ?? false,
      rows,
    };
  } finally {
    db.close();
  }
}
