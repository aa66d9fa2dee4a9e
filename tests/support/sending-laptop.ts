import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import type { Operation, OperationOutcome, RowChange } from '../../shared/sync/operation.ts';
import { PROTOCOL_VERSION, type PushInput, type PushOutput } from '../../shared/sync/protocol.ts';
import { type Actor, OPEN } from '../../server/auth/actor.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { push } from '../../server/sync/push/push.ts';
import { idOf } from './server-rows.ts';

export function creation(entity: string, row: Readonly<Record<string, unknown>>): RowChange {
  const { version } = entityNamed(entity);
  return { kind: 'create', entity, version, id: String(row['id']), row: toStored(row) };
}

export function edit(
  entity: string,
  id: string,
  { from, to }: { from: StoredRow; to: StoredRow },
): RowChange {
  return { kind: 'update', entity, version: entityNamed(entity).version, id, from, to };
}

export function removal(entity: string, row: Readonly<Record<string, unknown>>): RowChange {
  const { version } = entityNamed(entity);
  return { kind: 'remove', entity, version, id: String(row['id']), from: toStored(row) };
}

/** Numbers operations as a laptop does, and sends them. */
export class SendingLaptop {
  readonly deviceId: string;
  readonly failures: unknown[] = [];
  store: ServerStore;
  /** Whose session it has. */
  actor: Actor = OPEN;
  #numbers = 0;
  readonly #seed: number;

  constructor(store: ServerStore, seed: number) {
    this.store = store;
    this.#seed = seed;
    this.deviceId = idOf(seed);
  }

  operation(changes: RowChange | RowChange[], after: readonly string[] = []): Operation {
    this.#numbers += 1;
    return {
      operationId: idOf(this.#seed * 10_000 + this.#numbers),
      number: this.#numbers,
      changes: Array.isArray(changes) ? changes : [changes],
      after: [...after],
      at: 1,
    };
  }

  send(operations: PushInput['operations']): Promise<PushOutput> {
    return push(
      {
        store: this.store,
        actor: this.actor,
        requestId: 'test',
        now: () => 5,
        reportFailure: (error) => this.failures.push(error),
      },
      {
        protocol: PROTOCOL_VERSION,
        deviceId: this.deviceId,
        serverId: this.store.serverId,
        operations,
      },
    );
  }

  async outcomes(operations: PushInput['operations']): Promise<OperationOutcome[]> {
    return (await this.send(operations)).results.map(({ outcome }) => outcome);
  }

  /** The outcome of one operation with these changes. */
  async does(
    changes: RowChange | RowChange[],
    after: readonly string[] = [],
  ): Promise<OperationOutcome | undefined> {
    return (await this.outcomes([this.operation(changes, after)]))[0];
  }
}
