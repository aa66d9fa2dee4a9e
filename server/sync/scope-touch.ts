import { addHash, subtractHash } from '../../shared/sync/digest.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { OPERATION_PUT } from '../store/server-database.ts';

interface TouchedRow {
  operation: number;
  /** Null unless the row is in the scope. */
  hash: number | null;
}

/** What one transaction has done to one scope so far. It is written as the transaction's last statements. */
export class ScopeTouch {
  readonly scope: Scope;
  readonly scopeId: number;
  /** The version that this transaction will give the scope. */
  readonly version: number;
  /** Place of the entity → id → newest change. */
  readonly rows = new Map<number, Map<string, TouchedRow>>();
  #countChange = 0;
  #sumChange = 0;

  constructor(scope: Scope, scopeId: number, version: number) {
    this.scope = scope;
    this.scopeId = scopeId;
    this.version = version;
  }

  get countChange(): number {
    return this.#countChange;
  }

  /** Modulo 2^40 and never negative. */
  get sumChange(): number {
    return this.#sumChange;
  }

  /** A row is in the scope now, with this hash. */
  enter(entity: number, id: string, hash: number): void {
    this.#countChange += 1;
    this.#sumChange = addHash(this.#sumChange, hash);
    this.#note(entity, id, { operation: OPERATION_PUT, hash });
  }

  /** A row that had this hash is not in the scope any more. */
  exit(entity: number, id: string, { operation, hash }: { operation: number; hash: number }): void {
    this.#countChange -= 1;
    this.#sumChange = subtractHash(this.#sumChange, hash);
    this.#note(entity, id, { operation, hash: null });
  }

  #note(entity: number, id: string, row: TouchedRow): void {
    let rows = this.rows.get(entity);
    if (rows === undefined) {
      rows = new Map();
      this.rows.set(entity, rows);
    }
    rows.set(id, row);
  }
}
