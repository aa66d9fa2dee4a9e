import { OPEN } from '../../server/auth/actor.ts';
import type { z } from 'zod';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { rowPage } from '../../server/entities/row-page.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import type { EntityRows, TableName } from '../../server/store/server-database.ts';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import type { EntityName } from '../../shared/entities/registry.ts';
import { onTestFinished } from 'vitest';
import type { Repository } from '../../main/store/records/repository.ts';
import { sampleParents, sampleRow } from './sample-row.ts';
import { useTempFolders } from './temp-folder.ts';
import { TrialLaptop } from './trial-laptop.ts';

type NamedEntity = EntityDefinition & { name: EntityName };

/** One of the two laptops, with the repository of the entity under trial. */
interface Member<TEntity extends NamedEntity> {
  laptop: TrialLaptop;
  records: Repository<TEntity>;
}

export interface EntityTrial<TEntity extends NamedEntity> {
  mine: Member<TEntity>;
  theirs: Member<TEntity>;
  /** Valid by the entity's definition; other numbers give other rows. */
  row: (number: number) => z.output<TEntity['schema']> & { id: string };
  serverHas: () => Promise<readonly unknown[]>;
  putOnServer: (row: unknown) => Promise<void>;
}

/**
 * A server that holds what rows of an entity point to, and two laptops that have synced once. All are real, on real files,
 * and go after the test. Call at the top of a test file.
 */
export function useEntityTrials(): <TEntity extends NamedEntity>(
  entity: TEntity,
) => Promise<EntityTrial<TEntity>> {
  const tempFolder = useTempFolders();
  return async (entity) => {
    const server = await startServer({ dataDir: tempFolder(), port: 0 });
    onTestFinished(() => server.close());
    const putOnServer = (row: unknown): Promise<void> => put(server, entity.name, row);
    for (const parent of sampleParents(entity))
      await put(server, parent.name, sampleRow(parent, 1));
    const join = async (): Promise<Member<typeof entity>> => {
      const laptop = new TrialLaptop(tempFolder(), server.url);
      onTestFinished(() => laptop.close());
      await laptop.sync();
      return { laptop, records: laptop.repository(entity) };
    };
    return {
      mine: await join(),
      theirs: await join(),
      row: (number) => sampleRow(entity, number),
      serverHas: async () => {
        const { rows } = await rowPage({ store: server.store, actor: OPEN }, entity.name, {
          afterId: null,
          limit: 100,
        });
        return rows;
      },
      putOnServer,
    };
  };
}

async function put(server: RunningServer, entity: string, row: unknown): Promise<void> {
  await commitChanges(server.store, (tx) =>
    tx.insert(entity as TableName, [row as EntityRows[TableName]]),
  );
}
