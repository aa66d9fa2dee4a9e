import type { ImportWriteResult } from '../../shared/desktop/exchange-views.ts';
import type { RecordWrite, WriteResult } from '../../shared/desktop/record-views.ts';
import type { MovementRequest } from '../../shared/desktop/stock-views.ts';
import type {
  ConflictView,
  PendingInput,
  PendingResult,
  Resolution,
  RetryInput,
} from '../../shared/desktop/work-views.ts';
import { movementProblem } from '../../shared/domain/movement-effects.ts';
import { type Location, location } from '../../shared/entities/location.ts';
import { type StockMovement, stockMovement } from '../../shared/entities/stock-movement.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import { TallymanError } from '../../shared/errors.ts';
import { listConflicts } from '../store/outbox/conflict-list.ts';
import { listOperations } from '../store/outbox/operation-list.ts';
import { resolveConflicts } from '../store/outbox/resolve-conflicts.ts';
import { discardOperation, retryOperation } from '../store/outbox/retry-operation.ts';
import { undoOperation } from '../store/outbox/undo-operation.ts';
import type { RecordReader } from '../store/records/record-reader.ts';
import { RecordWriter } from '../store/records/record-writer.ts';
import { createRepository, type Repository } from '../store/records/repository.ts';
import type { WorkStore } from '../store/work-store.ts';
import { importRows } from './import-rows.ts';

export interface LocalWorkPorts {
  work: WorkStore;
  /** The reader of the moment: replicas come and go. */
  reader: () => RecordReader;
  now: () => number;
  newId: () => string;
  /** Rows of these entities look different now. */
  onChanged: (entities: readonly string[]) => void;
}

/** What a person does on this laptop. Needs no network and no server; every call is durable when it returns. */
export class LocalWork {
  readonly #ports: LocalWorkPorts;
  readonly #writer: RecordWriter;
  readonly #locations: Repository<typeof location>;

  constructor(ports: LocalWorkPorts) {
    const { work, reader, now, newId } = ports;
    this.#ports = ports;
    this.#writer = new RecordWriter({ outbox: work.outbox, reader, now, newId });
    this.#locations = createRepository(location, { reader, writer: this.#writer });
  }

  write(writes: readonly RecordWrite[]): WriteResult {
    const result = this.#writer.write(writes);
    if (result.operationId !== null) this.#changed(result.operationId);
    return result;
  }

  /** All or nothing, but for rows that are there already. Throws as `write` does. */
  importRows(writes: readonly RecordWrite[]): ImportWriteResult {
    return importRows(writes, {
      reader: this.#ports.reader(),
      write: (fresh) => this.write(fresh),
    });
  }

  /** Returns the operation's id. Throws NOT_FOUND or BAD_INPUT with what to put right. */
  recordMovement(input: MovementRequest): string {
    const place = this.#location(input.locationId);
    const { toLocationId = null } = input;
    const target = toLocationId === null ? null : this.#location(toLocationId);
    if (target !== null && target.site_id !== place.site_id) {
      throw new TallymanError(
        'BAD_INPUT',
        'Goods move between places of one site. For another site, issue them here and receive them there.',
      );
    }
    const movements = piecesOf(movementOf(input, place, this.#ports.now()), input.serials ?? []);
    for (const movement of movements) {
      const problem = movementProblem(movement);
      if (problem !== null) throw new TallymanError('BAD_INPUT', problem);
    }
    const { name: entity } = stockMovement;
    const { operationId } = this.#writer.write(
      movements.map((row) => ({ kind: 'create', entity, row: toStored(row) })),
    );
    if (operationId === null) throw new TallymanError('INTERNAL', 'Nothing was recorded.');
    this.#changed(operationId);
    return operationId;
  }

  pending(input: PendingInput): PendingResult {
    const { db, person } = this.#ports.work;
    return listOperations(db, input, person.id);
  }

  conflicts(): ConflictView[] {
    const { db, person } = this.#ports.work;
    return listConflicts(db, person.id);
  }

  undo(operationId: string): void {
    this.#assertMine(operationId);
    const entities = this.#entitiesOf(operationId);
    undoOperation(this.#outboxPorts(), operationId);
    this.tellChanged(entities);
  }

  retry(input: RetryInput): void {
    this.#assertMine(input.operationId);
    const entities = this.#entitiesOf(input.operationId);
    retryOperation(this.#outboxPorts(), input);
    this.tellChanged(entities);
  }

  discard(operationId: string): void {
    this.#assertMine(operationId);
    const entities = this.#entitiesOf(operationId);
    discardOperation(this.#outboxPorts(), operationId);
    this.tellChanged(entities);
  }

  resolve(resolutions: readonly Resolution[]): void {
    const { work, reader } = this.#ports;
    const open = new Map(this.conflicts().map(({ id, entity }) => [id, entity]));
    resolveConflicts(
      {
        db: work.db,
        ...this.#outboxPorts(),
        rowOf: (entity, id) => reader().get(entity, id)?.row ?? null,
      },
      resolutions,
    );
    this.#ports.onChanged([
      ...new Set(resolutions.flatMap(({ conflictId }) => open.get(conflictId) ?? [])),
    ]);
  }

  /** Work of others on this laptop stays as they left it. */
  #assertMine(operationId: string): void {
    const { outbox, person } = this.#ports.work;
    const by = outbox.find(operationId)?.by ?? null;
    if (by === null || person.id === null || by === person.id) return;
    throw new TallymanError('FORBIDDEN', 'This is the work of somebody else on this laptop.');
  }

  #outboxPorts() {
    const { work, now, newId } = this.#ports;
    return { outbox: work.outbox, now, newId };
  }

  #location(id: string): Location {
    const found = this.#locations.get(id);
    if (found) return found;
    throw new TallymanError('NOT_FOUND', 'This location is not on this laptop.', {
      details: { id },
    });
  }

  /** Rows of these entities were changed here. Movements show in levels and in what a delivery still lacks, too. */
  tellChanged(changed: readonly string[]): void {
    const entities = new Set(changed);
    if (entities.has(stockMovement.name)) entities.add('stock_level').add('delivery_line');
    this.#ports.onChanged([...entities]);
  }

  #changed(operationId: string): void {
    this.tellChanged(this.#entitiesOf(operationId));
  }

  #entitiesOf(operationId: string): string[] {
    const operation = this.#ports.work.outbox.find(operationId);
    return (operation?.changes ?? []).map(({ change }) => change.entity);
  }
}

/** Pieces with numbers move one by one. */
function piecesOf(
  movement: Omit<StockMovement, 'id'>,
  serials: readonly string[],
): Omit<StockMovement, 'id'>[] {
  if (serials.length === 0) return [movement];
  const quantity = Math.sign(movement.quantity);
  return serials.map((serial) => ({ ...movement, quantity, serial }));
}

function movementOf(
  input: MovementRequest,
  place: Location,
  movedAt: number,
): Omit<StockMovement, 'id'> {
  const { kind, productId, toLocationId = null, quantity, reason = null } = input;
  const leaves = kind === 'issue' || kind === 'move';
  return {
    site_id: place.site_id,
    kind,
    product_id: productId,
    from_location_id: leaves ? place.id : null,
    to_location_id: leaves ? toLocationId : place.id,
    quantity,
    reason: reason === '' ? null : reason,
    reverses: null,
    moved_at: movedAt,
    lot: input.lot ?? '',
    serial: input.serial ?? '',
    expires_on: input.expiresOn ?? null,
    cause: input.cause ?? null,
    person_id: input.personId ?? null,
    delivery_line_id: input.deliveryLineId ?? null,
    count_id: null,
  };
}
