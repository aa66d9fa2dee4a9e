import type { Expression, RawBuilder, Transaction } from 'kysely';
import type { StoredValue } from '../../../shared/entities/define-entity.ts';
import type { ServerDatabase } from '../server-database.ts';

export type Ids = readonly (string | number)[];
export type Tuples = readonly (readonly StoredValue[])[];

/** All that differs between the engines, apart from how they are opened. Everything else is Kysely's SQL and runs on both. */
export interface Flavour {
  /** A write transaction is alone from its first statement; others wait, so nothing has to be locked. */
  writesAlone: boolean;
  /** Texts compare by their bytes, so that ids, sort keys and page tokens have one order everywhere. */
  text: Expression<unknown>;
  /** At least 53 bits. */
  integer: Expression<unknown>;
  /** What ends the definition of a table that is read by its key alone. */
  tableOptions: Expression<unknown>;
  /** The same of a table with several indexes. */
  entityTableOptions: Expression<unknown>;
  /** `column` is one of `ids`, however many: one parameter and one statement text for any number. */
  idAmong: (column: string, ids: Ids) => RawBuilder<boolean>;
  /** The parameters of `idAmong`, for a statement that was compiled with other ids. */
  idParameters: (ids: Ids) => [unknown];
  /** The values of the columns, in their order, are one of `tuples`, however many. None of them may be null. */
  tupleAmong: (columns: readonly string[], tuples: Tuples) => RawBuilder<boolean>;
  /** A table of given values under a name, to be joined with others: a few parameters for any number of rows. */
  givenRows: (name: string, columns: readonly string[], rows: Tuples) => RawBuilder<unknown>;
  /** First of all in a transaction that migrates: one process at a time, and as long as it takes. */
  beginMigration: (db: Transaction<ServerDatabase>) => Promise<void>;
  /** Lines of the table `audit` are never changed, and removed only as `audit_removal` says. */
  guardAudit: (db: Transaction<ServerDatabase>) => Promise<void>;
  /** One transaction at a time has this name, until it ends. */
  lockName: (db: Transaction<ServerDatabase>, name: string) => Promise<void>;
  /** Two transactions were in each other's way; one was rolled back and may be run again at once. */
  isClash: (error: unknown) => boolean;
  /** After this error the transaction can do nothing more. */
  endsTransaction: (error: unknown) => boolean;
}
