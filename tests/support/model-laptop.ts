import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { addHash, type Digest, EMPTY_DIGEST, rowHash } from '../../shared/sync/digest.ts';
import type { PullCursor, PullOutput, ScopeAnswer } from '../../shared/sync/protocol.ts';
import type { Scope } from '../../shared/sync/scope.ts';

type PageAnswer = Extract<ScopeAnswer, { kind: 'page' }>;

/** The laptop's side of `sync.pull` in its plainest form: maps in memory, one per scope. */
export class ModelLaptop {
  readonly #scopes: ReadonlyMap<Scope, { cursor: PullCursor; rows: Map<string, ModelRow> }>;

  constructor(scopes: readonly Scope[]) {
    this.#scopes = new Map(
      scopes.map((scope) => [
        scope,
        {
          cursor: { scope, epoch: null, version: 0, after: null, startVersion: null },
          rows: new Map(),
        },
      ]),
    );
  }

  get cursors(): PullCursor[] {
    return [...this.#scopes.values()].map(({ cursor }) => cursor);
  }

  /** Returns the scopes that the laptop now holds whole, with the digest that the server gave them. */
  apply(output: PullOutput): { scope: Scope; digest: Digest }[] {
    const whole: { scope: Scope; digest: Digest }[] = [];
    for (const answer of output.scopes) {
      if (answer.kind !== 'page') throw new Error(`${answer.scope}: ${answer.kind}`);
      this.#applyPage(answer);
      if (!answer.more) whole.push({ scope: answer.scope, digest: answer.digest });
    }
    return whole;
  }

  /** From the rows that the laptop holds. */
  digestOf(scope: Scope): Digest {
    let { count, sum } = EMPTY_DIGEST;
    for (const { entity, values, version } of this.#of(scope).rows.values()) {
      count += 1;
      sum = addHash(sum, rowHash(entity, values, version));
    }
    return { count, sum };
  }

  #applyPage({ scope, epoch, version, entities, more, after }: PageAnswer): void {
    const { cursor, rows } = this.#of(scope);
    for (const { entity, rows: changed, deletes } of entities) {
      for (const row of changed) {
        rows.set(`${entity} ${String(row[0])}`, {
          entity,
          values: row.slice(0, -1),
          version: Number(row.at(-1)),
        });
      }
      for (const id of deletes) rows.delete(`${entity} ${id}`);
    }
    cursor.epoch = epoch;
    if (more) {
      cursor.after = after;
      if (cursor.version === 0) cursor.startVersion ??= version;
    } else {
      cursor.version = version;
      cursor.after = null;
      cursor.startVersion = null;
    }
  }

  #of(scope: Scope): { cursor: PullCursor; rows: Map<string, ModelRow> } {
    const found = this.#scopes.get(scope);
    if (found === undefined) throw new Error(`not followed: ${scope}`);
    return found;
  }
}

interface ModelRow {
  entity: string;
  values: readonly StoredValue[];
  version: number;
}
