import type { Operation } from '../../shared/sync/operation.ts';
import type { PushInput } from '../../shared/sync/protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import { OperationRefused } from '../sync/push/operation-refused.ts';
import type { Actor } from './actor.ts';
import { type Author, authorOf } from './author.ts';
import { readAccess } from './person-access.ts';

/** By whose rights the operations of a request are judged. Read once per request: most have one author, who brings them. */
export class Authors {
  readonly #deliverer: Author | null;
  readonly #others: ReadonlyMap<string, Author>;

  private constructor(deliverer: Author | null, others: ReadonlyMap<string, Author>) {
    this.#deliverer = deliverer;
    this.#others = others;
  }

  static async read(
    store: Pick<ServerStore, 'reader'>,
    actor: Actor,
    { deviceId, operations }: Pick<PushInput, 'deviceId' | 'operations'>,
  ): Promise<Authors> {
    const deliverer = authorOf(actor);
    const others = new Map<string, Author>();
    if (deliverer === null) return new Authors(null, others);
    const named = operations.flatMap((one) => ('parked' in one ? [] : [one.by ?? null]));
    const ids = [...new Set(named)].filter((id) => id !== null && id !== deliverer.personId);
    if (ids.length === 0) return new Authors(deliverer, others);
    const known = await store.reader
      .selectFrom('device_person')
      .select('person_id')
      .where('device_id', '=', deviceId)
      .where(flavourOf(store.reader).idAmong('person_id', ids as string[]))
      .execute();
    for (const { person_id: personId } of known) {
      const access = await readAccess(store.reader, personId);
      if (access !== null) others.set(personId, { personId, ...access });
    }
    return new Authors(deliverer, others);
  }

  /** Of what is done by a call of its own. */
  static only(author: Author | null): Authors {
    return new Authors(author, new Map());
  }

  /** Whose work this laptop may bring. Null: nobody is asked. */
  get personIds(): readonly string[] | null {
    return this.#deliverer && [this.#deliverer.personId, ...this.#others.keys()];
  }

  /** Null: the server has no accounts, and everything is allowed. Throws OperationRefused. */
  of({ by }: Pick<Operation, 'by'>): Author | null {
    if (this.#deliverer === null || by === undefined || by === this.#deliverer.personId) {
      return this.#deliverer;
    }
    const author = this.#others.get(by);
    if (author !== undefined) return author;
    throw new OperationRefused(
      'FORBIDDEN',
      'Whoever did this has never signed in on this laptop, or may not work here any more.',
    );
  }
}
