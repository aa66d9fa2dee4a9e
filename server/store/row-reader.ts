import type { CompiledQuery, Kysely } from 'kysely';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { flavourOf } from './engine/flavour-of.ts';
import type { EntityStorage } from './entity-storage.ts';
import type { ServerDatabase, UntypedDatabase } from './server-database.ts';

/** A row of an entity as its table has it. */
export interface HeldRow {
  id: string;
  /** In the entity's order of columns. */
  values: readonly StoredValue[];
  /** The scope version at which it last changed. */
  version: number;
}

/** Reads rows by their ids. Statement texts are built once per entity, because that takes longer than running them. */
export class RowReader {
  readonly #templates = new Map<string, CompiledQuery>();

  /** Ids that are not there are left out. */
  async byIds(
    db: Kysely<ServerDatabase>,
    storage: EntityStorage,
    ids: readonly string[],
  ): Promise<HeldRow[]> {
    const template = this.#template(db, storage);
    const { rows } = await db.executeQuery({
      ...template,
      parameters: flavourOf(db).idParameters(ids),
    });
    return (rows as Record<string, StoredValue>[]).map((row) => ({
      id: String(row['id']),
      values: storage.columns.map((column) => row[column] as StoredValue),
      version: Number(row['row_version']),
    }));
  }

  #template(db: Kysely<ServerDatabase>, { definition, columns }: EntityStorage): CompiledQuery {
    let template = this.#templates.get(definition.name);
    if (template === undefined) {
      template = (db as unknown as Kysely<UntypedDatabase>)
        .selectFrom(definition.name)
        .select([...columns, 'row_version'])
        .where(flavourOf(db).idAmong('id', []))
        .compile();
      this.#templates.set(definition.name, template);
    }
    return template;
  }
}
