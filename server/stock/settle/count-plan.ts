import { type Kysely, sql } from 'kysely';
import type { StockCount } from '../../../shared/entities/stock-count.ts';
import type { ServerDatabase } from '../../store/server-database.ts';

type Plan = Pick<StockCount, 'category_id' | 'abc'>;

/** Which products a count looks for: only of these does not seeing them mean that they are not there. */
export class CountPlan {
  readonly #categories: ReadonlySet<string> | null;
  readonly #abc: string | null;

  private constructor(categories: ReadonlySet<string> | null, abc: string | null) {
    this.#categories = categories;
    this.#abc = abc;
  }

  static async read(db: Kysely<ServerDatabase>, { category_id, abc }: Plan): Promise<CountPlan> {
    if (category_id === null) return new CountPlan(null, abc);
    const { rows } = await sql<{ id: string }>`
      with recursive below(id) as (
        select id from category where id = ${category_id}
        union
        select category.id from below join category on category.parent_id = below.id
      )
      select id from below`.execute(db);
    return new CountPlan(new Set(rows.map(({ id }) => id)), abc);
  }

  includes(product: { category_id: string | null; abc: string | null }): boolean {
    if (this.#abc !== null && product.abc !== this.#abc) return false;
    if (this.#categories === null) return true;
    return product.category_id !== null && this.#categories.has(product.category_id);
  }
}
