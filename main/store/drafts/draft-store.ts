import {
  type Draft,
  DRAFT_LENGTH_MAX,
  type DraftPutInput,
  DRAFTS_MAX,
} from '../../../shared/desktop/drafts.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { PersonHere } from '../person-here.ts';
import type { Statement, WritableDatabase } from '../sqlite.ts';

/** Drafts in `work.db`, of whoever works here: durable when the call returns, bounded in number and size. */
export class DraftStore {
  readonly #get: Statement;
  readonly #remove: Statement;
  readonly #put: (key: string, value: string, at: number) => void;
  readonly #person: PersonHere;

  constructor(db: WritableDatabase, person: PersonHere) {
    this.#person = person;
    this.#get = db.prepare(
      'SELECT value, updated_at AS updatedAt FROM draft WHERE person_id = ? AND key = ?',
    );
    this.#remove = db.prepare('DELETE FROM draft WHERE person_id = ? AND key = ?');
    const upsert = db.prepare(
      `INSERT INTO draft (person_id, key, value, updated_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (person_id, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    );
    const removeOldest = db.prepare(
      'DELETE FROM draft WHERE rowid IN (SELECT rowid FROM draft ORDER BY updated_at DESC, key LIMIT -1 OFFSET ?)',
    );
    this.#put = db.transaction((key, value, at) => {
      upsert.run(this.#owner(), key, value, at);
      removeOldest.run(DRAFTS_MAX);
    });
  }

  put({ key, value }: DraftPutInput, at: number): void {
    const json = JSON.stringify(value);
    if (json.length > DRAFT_LENGTH_MAX) {
      throw new TallymanError(
        'TOO_LARGE',
        'This is too much to keep as a draft. Save it in parts.',
        {
          details: { length: json.length, max: DRAFT_LENGTH_MAX },
        },
      );
    }
    this.#put(key, json, at);
  }

  get(key: string): Draft | null {
    const row = this.#get.get(this.#owner(), key) as
      { value: string; updatedAt: number } | undefined;
    return row
      ? { value: JSON.parse(row.value) as Draft['value'], updatedAt: row.updatedAt }
      : null;
  }

  remove(key: string): void {
    this.#remove.run(this.#owner(), key);
  }

  #owner(): string {
    return this.#person.id ?? '';
  }
}
