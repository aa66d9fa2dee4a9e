import type {
  SyncLogEntry,
  SyncLogInput,
  SyncLogNote,
  SyncRunResult,
} from '../../shared/desktop/sync-state.ts';
import type { Statement } from './sqlite.ts';

/** Entries kept. At a run every five minutes that is three days. */
export const LOG_RUNS_MAX = 1_000;

interface LogRow {
  number: number;
  at: number;
  kind: SyncLogEntry['kind'];
  content: string;
}

/** What runs did and what happened between them, in `work.db`, bounded. Writes belong into a transaction of the caller's. */
export class SyncLog {
  readonly #prepared: (sql: string) => Statement;

  constructor(prepared: (sql: string) => Statement) {
    this.#prepared = prepared;
  }

  addRun(result: SyncRunResult): void {
    const { finishedAt, unit, outcome } = result;
    this.#add([finishedAt, 'run', unit, outcome, JSON.stringify(result)]);
  }

  addNote(note: SyncLogNote, at: number): void {
    const unit = 'unit' in note ? note.unit : null;
    this.#add([at, 'note', unit, null, JSON.stringify(note)]);
  }

  /** Newest first. */
  list({ limit, unit, outcome, before }: SyncLogInput): SyncLogEntry[] {
    const rows = this.#prepared(
      `SELECT number, at, kind, content FROM sync_log
        WHERE (@before IS NULL OR number < @before)
          AND (@unit IS NULL OR unit = @unit)
          AND (@outcome = 'any' OR coalesce(outcome, 'notes') = @outcome)
        ORDER BY number DESC LIMIT @limit`,
    ).all({ limit, unit, outcome, before }) as LogRow[];
    return rows.map(entryOf);
  }

  /** The newest run, whatever came of it. */
  lastRun(): SyncRunResult | null {
    const content = this.#prepared(
      "SELECT content FROM sync_log WHERE kind = 'run' ORDER BY number DESC LIMIT 1",
    )
      .pluck()
      .get() as string | undefined;
    return content === undefined ? null : (JSON.parse(content) as SyncRunResult);
  }

  #add(row: [number, SyncLogEntry['kind'], string | null, string | null, string]): void {
    const { lastInsertRowid } = this.#prepared(
      'INSERT INTO sync_log (at, kind, unit, outcome, content) VALUES (?, ?, ?, ?, ?)',
    ).run(...row);
    this.#prepared('DELETE FROM sync_log WHERE number <= ?').run(
      Number(lastInsertRowid) - LOG_RUNS_MAX,
    );
  }
}

function entryOf({ number, at, kind, content }: LogRow): SyncLogEntry {
  return kind === 'run'
    ? { number, at, kind, result: JSON.parse(content) as SyncRunResult }
    : { number, at, kind, note: JSON.parse(content) as SyncLogNote };
}
