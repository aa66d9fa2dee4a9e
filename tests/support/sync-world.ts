import { cpSync, rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { ChangeTransaction } from '../../server/sync/change-transaction.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { InProcessServer } from './in-process-server.ts';
import { idOf, locationRow, productRow, siteRow } from './server-rows.ts';
import { SyncBench } from './sync-bench.ts';
import { useTempFolders } from './temp-folder.ts';

export const SITE = idOf(0);
export const SITE_SCOPE: Scope = siteScope(SITE);
export const PLACE = idOf(0);
export const PRODUCT = idOf(0);

export interface SyncWorld {
  /** Its code is the real one; the network in front of it does what a test says. */
  server: InProcessServer;
  serverFolder: string;
  /** One transaction of the server, as somebody at the office makes it. */
  office: (work: (tx: ChangeTransaction) => Promise<unknown>) => Promise<void>;
  /** A new laptop that has synced once. */
  laptop: () => Promise<SyncBench>;
}

/**
 * A server with three products and a site with three locations, and laptops on real files, which go after the test. Call at
 * the top of a test file.
 */
export function useSyncWorlds(): () => Promise<SyncWorld> {
  const newFolder = useTempFolders();
  return async () => {
    const serverFolder = newFolder();
    const server = await InProcessServer.open(serverFolder);
    onTestFinished(() => server.close());
    const office: SyncWorld['office'] = async (work) => {
      await commitChanges(server.store, work);
    };
    await office(async (tx) => {
      await tx.insert('site', [siteRow(0)]);
      const three = [0, 1, 2];
      await tx.insert(
        'product',
        three.map((number) => productRow(number)),
      );
      await tx.insert(
        'location',
        three.map((number) => locationRow(number)),
      );
    });
    let laptops = 0;
    const laptop = async (): Promise<SyncBench> => {
      const bench = new SyncBench(idOf(60_000 + laptops++));
      onTestFinished(() => bench.dispose());
      await bench.sync(server);
      return bench;
    };
    return { server, serverFolder, office, laptop };
  };
}

/** The server with some of its calls replaced. */
export function serverWith(server: SyncServer, calls: Partial<SyncServer>): SyncServer {
  const { pull, push, digests, bucketRows, snapshot, snapshotBytes } = server;
  return {
    pull,
    push,
    digests,
    bucketRows,
    snapshot,
    snapshotBytes,
    bytesReceived: () => 0,
    ...calls,
  };
}

/** The server for a sync after which nothing may have to be mended: repairs would hide what came wrong. */
export function withoutRepair(server: SyncServer): SyncServer {
  const refuse = (): never => {
    throw new Error('the two sides differ');
  };
  return serverWith(server, { digests: refuse, bucketRows: refuse });
}

/** Makes one laptop's folder what another folder is, as a backup that is put back or a disk that is cloned does. */
export function putFolder(laptop: SyncBench, from: string): void {
  closeFiles(laptop);
  rmSync(laptop.folder, { recursive: true });
  cpSync(from, laptop.folder, { recursive: true });
  laptop.open();
}

/** A copy of a laptop's folder, as a backup takes it. */
export function copyFolder(laptop: SyncBench, to: string): void {
  closeFiles(laptop);
  cpSync(laptop.folder, to, { recursive: true });
  laptop.open();
}

function closeFiles(laptop: SyncBench): void {
  laptop.records.close();
  laptop.replicas.close();
  laptop.work.close();
}

/** Every scope of a laptop, as readers see it. */
export function rowsOf(laptop: SyncBench, scope: Scope = CATALOGUE_SCOPE) {
  return laptop.rows(scope) ?? new Map<string, never>();
}
