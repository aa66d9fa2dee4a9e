import type { RecordWrite, WriteResult } from '../../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type AnyEntity, ENTITIES } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { CHANGES_PER_OPERATION_MAX } from '../../../shared/sync/operation.ts';
import type { NewChange } from '../outbox/new-operation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { knownEntity } from './record-filter.ts';
import type { RecordReader } from './record-reader.ts';
import { scopeOf } from './row-scope.ts';
import { validRow } from './valid-row.ts';

export interface RecordWriterPorts {
  outbox: Outbox;
  /** The reader of the moment: replicas come and go. */
  reader: () => RecordReader;
  now: () => number;
  newId: () => string;
}

/** Rows asked for at once when the rows that point to a removed one are looked up. */
const POINTING_ROWS_MAX = 500;

/**
 * The only way to change rows on a laptop. What a person does becomes one operation in the outbox, checked against the
 * rows as the person sees them; it is on the disk when `write` returns.
 */
export class RecordWriter {
  readonly #ports: RecordWriterPorts;

  constructor(ports: RecordWriterPorts) {
    this.#ports = ports;
  }

  /**
   * All or nothing. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, CONFLICT (a unique value is taken), ROW_IN_USE (rows that are
   * protected point to it), TOO_LARGE, OUTBOX_FULL.
   */
  write(writes: readonly RecordWrite[], { undoes }: { undoes?: string } = {}): WriteResult {
    const reader = this.#ports.reader();
    const step = new WriteStep(reader, this.#ports.newId);
    // Each unique value asks for all that is changed here: hundreds of rows would read thousands hundreds of times.
    const ids = reader.holding(() => writes.map((write) => step.apply(write)));
    const { changes } = step;
    if (changes.length === 0) return { operationId: null, ids };
    const operationId = this.#ports.newId();
    this.#ports.outbox.append({ operationId, at: this.#ports.now(), changes, undoes });
    return { operationId, ids };
  }
}

/** One operation in the making: later writes see what earlier ones did. */
class WriteStep {
  readonly changes: NewChange[] = [];
  readonly #reader: RecordReader;
  readonly #newId: () => string;
  /** Rows as this operation leaves them, and those that it looked up: hundreds of movements point to the same place. */
  readonly #drafts = new Map<string, StoredRow | null>();

  constructor(reader: RecordReader, newId: () => string) {
    this.#reader = reader;
    this.#newId = newId;
  }

  /** Returns the row's id. */
  apply(write: RecordWrite): string {
    const entity = knownEntity(write.entity);
    if (!entity.pattern.writes.includes(write.kind)) {
      throw new TallymanError('FORBIDDEN', `A ${words(entity)} cannot be changed on a laptop.`);
    }
    switch (write.kind) {
      case 'create':
        return this.#create(entity, write);
      case 'update':
        return this.#update(entity, write);
      case 'remove':
        this.#remove(entity, this.#mustSee(entity, write.id));
        return write.id;
    }
  }

  #create(entity: AnyEntity, write: Extract<RecordWrite, { kind: 'create' }>): string {
    const id = write.id ?? this.#newId();
    const seen = this.#see(entity.name, id);
    if (seen !== null) {
      const fields = { ...write.row };
      delete fields['id'];
      return this.#update(entity, { kind: 'update', entity: entity.name, id, fields });
    }
    const row = validRow(entity, { ...write.row, id });
    this.#assertFits(entity, row, null);
    this.#push(entity, {
      change: { kind: 'create', entity: entity.name, version: entity.version, id, row },
      base: null,
      scope: scopeOf(entity, row),
    });
    this.#drafts.set(keyOf(entity.name, id), row);
    return id;
  }

  #update(entity: AnyEntity, write: Extract<RecordWrite, { kind: 'update' }>): string {
    const { id, fields, seen = {} } = write;
    const current = this.#mustSee(entity, id);
    const row = validRow(entity, { ...current, ...fields });
    if (row['id'] !== id || row['site_id'] !== current['site_id']) {
      throw new TallymanError('BAD_INPUT', 'A row keeps its id and its site.');
    }
    const from: Record<string, StoredRow[string]> = {};
    const to: Record<string, StoredRow[string]> = {};
    for (const field of Object.keys(fields)) {
      const value = row[field] ?? null;
      const before = seen[field] === undefined ? (current[field] ?? null) : seen[field];
      if (value === before) continue;
      from[field] = before;
      to[field] = value;
    }
    if (Object.keys(to).length === 0) return id;
    if (!entity.pattern.writes.includes('update')) {
      throw new TallymanError('FORBIDDEN', `A ${words(entity)} cannot be changed afterwards.`);
    }
    this.#assertFits(entity, row, current);
    this.#push(entity, {
      change: { kind: 'update', entity: entity.name, version: entity.version, id, from, to },
      base: { ...current, ...from },
      scope: scopeOf(entity, current),
    });
    this.#drafts.set(keyOf(entity.name, id), { ...current, ...to });
    return id;
  }

  /** Children first, so that the server never sees a row that points to nothing. */
  #remove(entity: AnyEntity, row: StoredRow): void {
    const id = String(row['id']);
    for (const child of ENTITIES as unknown as readonly AnyEntity[]) {
      for (const [column, target] of Object.entries(child.references)) {
        if (target !== entity.name) continue;
        this.#releaseChildren(child, column, { entity, id });
      }
    }
    this.#push(entity, {
      change: { kind: 'remove', entity: entity.name, version: entity.version, id, from: row },
      base: row,
      scope: scopeOf(entity, row),
    });
    this.#drafts.set(keyOf(entity.name, id), null);
  }

  #releaseChildren(
    child: AnyEntity,
    column: string,
    parent: { entity: AnyEntity; id: string },
  ): void {
    const rule = child.deleteRules[column] ?? 'protect';
    if (rule === 'ignore') return;
    const rows = this.#pointingTo(child, column, parent.id);
    if (rows.length === 0) return;
    if (rule === 'protect') {
      throw new TallymanError(
        'ROW_IN_USE',
        `This ${words(parent.entity)} is in use: ${words(child)} rows point to it. Remove those first.`,
        { details: { entity: parent.entity.name, by: child.name } },
      );
    }
    for (const row of rows) this.#remove(child, row);
  }

  #pointingTo(child: AnyEntity, column: string, id: string): StoredRow[] {
    // Where the id itself is the reference there is one such row at most.
    if (column === 'id') {
      const row = this.#see(child.name, id);
      return row === null ? [] : [row];
    }
    const { items } = this.#reader.list({
      entity: child.name,
      where: { [column]: id },
      cursor: null,
      limit: POINTING_ROWS_MAX,
    });
    return items
      .map((item) => this.#see(child.name, item.id))
      .filter((row): row is StoredRow => row !== null && row[column] === id);
  }

  /** What it points to is here, and what must be unique is. */
  #assertFits(entity: AnyEntity, row: StoredRow, before: StoredRow | null): void {
    for (const [column, target] of Object.entries(entity.references)) {
      const id = row[column];
      if (typeof id !== 'string' || id === before?.[column]) continue;
      if (this.#see(target, id) === null) {
        throw new TallymanError('BAD_INPUT', `There is no such ${target.replaceAll('_', ' ')}.`, {
          details: { entity: target, id },
        });
      }
    }
    for (const { columns, unique } of entity.indexes) {
      const where = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
      const isSame = columns.every((column) => row[column] === before?.[column]);
      if (unique !== true || isSame || Object.values(where).includes(null)) continue;
      const { items } = this.#reader.list({ entity: entity.name, where, cursor: null, limit: 2 });
      if (items.some((item) => item.id !== row['id'])) {
        const value = columns.map((column) => String(row[column])).at(-1) ?? '';
        throw new TallymanError('CONFLICT', `There is another ${words(entity)} with ${value}.`, {
          details: { entity: entity.name, value },
        });
      }
    }
  }

  #push(entity: AnyEntity, change: NewChange): void {
    this.changes.push(change);
    if (this.changes.length > CHANGES_PER_OPERATION_MAX) {
      throw new TallymanError(
        'TOO_LARGE',
        `More than ${CHANGES_PER_OPERATION_MAX} rows would change with this ${words(entity)}. Do it in smaller parts.`,
      );
    }
  }

  #see(entity: string, id: string): StoredRow | null {
    const key = keyOf(entity, id);
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    const seen = this.#reader.get(entity, id)?.row ?? null;
    this.#drafts.set(key, seen);
    return seen;
  }

  #mustSee(entity: AnyEntity, id: string): StoredRow {
    const row = this.#see(entity.name, id);
    if (row !== null) return row;
    throw new TallymanError('NOT_FOUND', `This ${words(entity)} is not there any more.`, {
      details: { entity: entity.name, id },
    });
  }
}

function keyOf(entity: string, id: string): string {
  return `${entity} ${id}`;
}

function words({ name }: AnyEntity): string {
  return name.replaceAll('_', ' ');
}
