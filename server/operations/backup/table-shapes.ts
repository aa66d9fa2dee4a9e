import { type Kysely, sql } from 'kysely';
import { ENTITIES } from '../../../shared/entities/registry.ts';
import type { ServerDatabase } from '../../store/server-database.ts';

export interface TableShape {
  name: string;
  columns: readonly string[];
  /** Columns of the primary key, in its order. */
  key: readonly string[];
  /** A column that points to rows of the same table, which may come later. */
  ownReference: string | null;
}

/**
 * All tables of a store on SQLite, in an order in which they can be filled: what is pointed to comes before what points to
 * it. Read from the database itself, so that no table can be forgotten.
 */
export async function tableShapes(db: Kysely<ServerDatabase>): Promise<readonly TableShape[]> {
  const { rows } = await sql<{ name: string; column: string; place: number }>`
    select tables.name, info.name as "column", info.pk as place
    from sqlite_master as tables join pragma_table_info(tables.name) as info
    where tables.type = 'table' and tables.name not like 'sqlite!_%' escape '!'
    order by tables.name, info.cid`.execute(db);
  return [...Map.groupBy(rows, ({ name }) => name)]
    .map(([name, columns]) => ({
      name,
      columns: columns.map(({ column }) => column),
      key: columns
        .filter(({ place }) => place > 0)
        .toSorted((a, b) => a.place - b.place)
        .map(({ column }) => column),
      ownReference: ownReferenceOf(name),
    }))
    .toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
}

const PLACES: ReadonlyMap<string, number> = new Map(ENTITIES.map(({ name }, at) => [name, at]));

/** Tables that are no entity's point to none. */
function placeOf(name: string): number {
  return PLACES.get(name) ?? ENTITIES.length;
}

function ownReferenceOf(name: string): string | null {
  const entity = ENTITIES.find((one) => one.name === name);
  const found = Object.entries(entity?.references ?? {}).find(([, target]) => target === name);
  return found?.[0] ?? null;
}
