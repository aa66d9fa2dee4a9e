import pg from 'pg';
import { applicationName, postgresConnection, type PostgresTarget } from './postgres-connection.ts';
import { translatePostgresError } from './postgres-error.ts';

/** The schemas of a database, as a whole each. For a restore, which fills a new one and puts it in the place of the old. */
export class PostgresSchemas {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async connect(target: PostgresTarget): Promise<PostgresSchemas> {
    const client = new pg.Client(postgresConnection(target));
    // A connection that breaks fails what is asked of it next.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      throw translatePostgresError(error);
    }
    return new PostgresSchemas(client);
  }

  async has(schema: string): Promise<boolean> {
    const sql = 'select 1 from information_schema.schemata where schema_name = $1';
    return (await this.#run(sql, [schema])).length > 0;
  }

  async drop(schema: string): Promise<void> {
    await this.#run(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
  }

  /** In one step, so that nobody finds none: `fresh` becomes `schema`, and what had that name gets another. */
  async swap(schema: string, { fresh, old }: { fresh: string; old: string | null }): Promise<void> {
    await this.#run('begin');
    try {
      if (old !== null) await this.#rename(schema, old);
      await this.#rename(fresh, schema);
      await this.#run('commit');
    } catch (error) {
      await this.#run('rollback');
      throw error;
    }
  }

  /** How many connections of servers there are to the schema, besides this one. */
  async connections(schema: string): Promise<number> {
    const rows = await this.#run(
      `select 1 from pg_stat_activity
       where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
      [applicationName(schema)],
    );
    return rows.length;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  async #rename(from: string, to: string): Promise<void> {
    await this.#run(
      `alter schema ${pg.escapeIdentifier(from)} rename to ${pg.escapeIdentifier(to)}`,
    );
  }

  async #run(text: string, parameters: readonly unknown[] = []): Promise<unknown[]> {
    try {
      const { rows } = await this.#client.query<Record<string, unknown>>(text, [...parameters]);
      return rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}
