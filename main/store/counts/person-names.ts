import type { PersonName } from '../../../shared/desktop/count-views.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';

/** Names of people by their ids, each looked up once. */
export class PersonNames {
  readonly #reader: ReplicaReader;
  readonly #names = new Map<string, PersonName>();

  constructor(reader: ReplicaReader) {
    this.#reader = reader;
  }

  of(id: string): PersonName;
  of(id: string | null): PersonName | null;
  of(id: string | null): PersonName | null {
    if (id === null) return null;
    let person = this.#names.get(id);
    if (person === undefined) {
      const name = this.#reader.records.get('person', id)?.row['name'] ?? null;
      person = { id, name: name === null ? null : String(name) };
      this.#names.set(id, person);
    }
    return person;
  }
}
