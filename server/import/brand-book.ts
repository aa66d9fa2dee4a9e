import type { Brand } from '../../shared/entities/brand.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import type { ChangeSet } from './change-set.ts';
import { detached } from './detached.ts';

/** Finds brands by code, or by name where a file has no codes, and makes those that are missing. All are in memory. */
export class BrandBook {
  readonly #newId: () => string;
  readonly #byCode = new Map<string, Brand>();
  readonly #byName = new Map<string, Brand>();
  /**
   * Codes whose name this import has settled. The first line decides: a file with two names for one code must not change
   * the brand to and fro on each import.
   */
  readonly #settled = new Set<string>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  async load(tx: ChangeTransaction): Promise<void> {
    const rows = await tx.db
      .selectFrom('brand')
      .select(['id', 'code', 'name'])
      .orderBy('id')
      .execute();
    for (const row of rows) this.#enter(row);
  }

  idOf({ code, name }: { code: string | null; name: string }, changes: ChangeSet): string {
    if (code === null) return (this.#byName.get(name) ?? this.#make(null, name, changes)).id;
    const known = this.#byCode.get(code);
    if (known !== undefined && this.#settled.has(code)) return known.id;
    this.#settled.add(detached(code));
    if (known !== undefined) {
      if (known.name !== name) this.#change(known, { name: detached(name) }, changes);
      return known.id;
    }
    const nameless = this.#byName.get(name);
    if (nameless === undefined || nameless.code !== null) return this.#make(code, name, changes).id;
    this.#change(nameless, { code: detached(code) }, changes);
    return nameless.id;
  }

  #make(code: string | null, name: string, changes: ChangeSet): Brand {
    const brand = {
      id: this.#newId(),
      code: code === null ? null : detached(code),
      name: detached(name),
    };
    this.#enter(brand);
    changes.insert('brand', brand);
    return brand;
  }

  #change(brand: Brand, fields: Partial<Brand>, changes: ChangeSet): void {
    Object.assign(brand, fields);
    this.#enter(brand);
    changes.update('brand', brand);
  }

  #enter(brand: Brand): void {
    if (brand.code !== null && !this.#byCode.has(brand.code)) this.#byCode.set(brand.code, brand);
    if (!this.#byName.has(brand.name)) this.#byName.set(brand.name, brand);
  }
}
