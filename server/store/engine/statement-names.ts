/** Far above the number of different statement texts of the server. Each is kept by every connection that has run it. */
const NAMES_MAX = 400;

/**
 * Statements with a name are read and planned by the database once per connection, which takes longer than running most of them.
 * Texts that are met for the first time have none, as some are never met again.
 */
export class StatementNames {
  readonly #names = new Map<string, string | null>();
  #made = 0;

  /** Null: it is to be run without. */
  of(text: string): string | null {
    const known = this.#names.get(text);
    if (typeof known === 'string') return known;
    if (this.#names.size >= NAMES_MAX) return null;
    const name = known === null ? `s${this.#made++}` : null;
    this.#names.set(text, name);
    return name;
  }
}
