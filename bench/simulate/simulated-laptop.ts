import { assert } from '../../shared/domain/assert.ts';
import { stockMovement } from '../../shared/entities/stock-movement.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import { PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import {
  PROTOCOL_VERSION,
  PULL_ROWS_DEFAULT,
  type PullCursor,
  type PullOutput,
} from '../../shared/sync/protocol.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { ScopeNews } from '../../server/sync/poke/poke-news.ts';
import type { SimulatedServer } from './simulated-server.ts';

export interface LaptopPlace {
  siteId: string;
  locationIds: readonly string[];
  productIds: readonly string[];
}

export interface LaptopPorts {
  server: SimulatedServer;
  newId: () => string;
  random: () => number;
  now: () => number;
}

/** What a laptop is to its server: cursors that move on, operations in order, and a number that counts them. Rows are not kept. */
export class SimulatedLaptop {
  readonly siteId: string;
  readonly deviceId: string;
  readonly #place: LaptopPlace;
  readonly #ports: LaptopPorts;
  readonly #cursors: Map<Scope, PullCursor>;
  readonly #waiting: Operation[] = [];
  #number = 0;
  rowsReceived = 0;
  /** Scopes that have to be fetched anew, by snapshot. */
  resyncs = 0;

  constructor(place: LaptopPlace, cursors: readonly PullCursor[], ports: LaptopPorts) {
    this.siteId = place.siteId;
    this.#place = place;
    this.#ports = ports;
    this.deviceId = ports.newId();
    this.#cursors = new Map(cursors.map((cursor) => [cursor.scope, cursor]));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  versionOf(scope: Scope): number {
    return this.#cursors.get(scope)?.version ?? 0;
  }

  /** A movement of goods, recorded with or without a network. */
  work(): void {
    const { newId, random, now } = this.#ports;
    const pick = (ids: readonly string[]): string => ids[Math.floor(random() * ids.length)] ?? '';
    const id = newId();
    const row = stockMovement.schema.parse({
      id,
      site_id: this.siteId,
      kind: 'receive',
      product_id: pick(this.#place.productIds),
      from_location_id: null,
      to_location_id: pick(this.#place.locationIds),
      quantity: 1 + Math.floor(random() * 20),
      reason: null,
      reverses: null,
      moved_at: now(),
    });
    this.#waiting.push({
      operationId: newId(),
      number: ++this.#number,
      changes: [
        {
          kind: 'create',
          entity: stockMovement.name,
          version: stockMovement.version,
          id,
          row: toStored(row),
        },
      ],
      after: [],
      at: now(),
    });
  }

  /** What came with a poke. False if that does not follow what is here. */
  hear({ scope, from, newsFor }: ScopeNews): boolean {
    if (this.versionOf(scope) !== from) return false;
    this.#follow(newsFor(this.deviceId).answer.scopes);
    return true;
  }

  /** Sends everything, then fetches everything: the run that every trigger starts. */
  async sync(): Promise<void> {
    while (this.#waiting.length > 0) await this.#push();
    let more = true;
    while (more) more = await this.#pull();
  }

  async #push(): Promise<void> {
    const operations = this.#waiting.slice(0, PUSH_OPERATIONS_MAX);
    const { results, stop } = await this.#ports.server.push({
      protocol: PROTOCOL_VERSION,
      deviceId: this.deviceId,
      serverId: null,
      operations,
    });
    assert(stop === null, 'a push that is taken in whole');
    const refused = results.find(({ outcome }) => outcome.kind !== 'applied');
    assert(refused === undefined, `an operation that is applied: ${JSON.stringify(refused)}`);
    this.#waiting.splice(0, results.length);
  }

  /** True if another page follows. */
  async #pull(): Promise<boolean> {
    const { scopes } = await this.#ports.server.pull({
      protocol: PROTOCOL_VERSION,
      deviceId: this.deviceId,
      serverId: null,
      cursors: [...this.#cursors.values()],
      maxRows: PULL_ROWS_DEFAULT,
    });
    return this.#follow(scopes);
  }

  #follow(scopes: PullOutput['scopes']): boolean {
    let more = false;
    for (const answer of scopes) {
      assert(answer.kind !== 'unknown', 'a scope that is there');
      const { scope, epoch, version } = answer;
      const cursor = { scope, epoch, version, after: null, startVersion: null };
      if (answer.kind === 'resync') {
        this.resyncs += 1;
        this.#cursors.set(scope, cursor);
        continue;
      }
      for (const { rows, deletes } of answer.entities) {
        this.rowsReceived += rows.length + deletes.length;
      }
      const before = this.#cursors.get(scope);
      this.#cursors.set(
        scope,
        answer.more && before ? { ...before, epoch, after: answer.after } : cursor,
      );
      more ||= answer.more;
    }
    return more;
  }
}
