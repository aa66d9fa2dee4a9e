import { TallymanError } from '../../shared/errors.ts';
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
  /** They may work here, but have not signed in on this laptop, as after it had to take another id. */
  readonly #awaited: ReadonlySet<string>;

  private constructor(
    deliverer: Author | null,
    others: ReadonlyMap<string, Author> = new Map(),
    awaited: ReadonlySet<string> = new Set(),
  ) {
    this.#deliverer = deliverer;
    this.#others = others;
    this.#awaited = awaited;
  }

  static async read(
    store: Pick<ServerStore, 'reader'>,
    actor: Actor,
    { deviceId, operations }: Pick<PushInput, 'deviceId' | 'operations'>,
  ): Promise<Authors> {
    const deliverer = authorOf(actor);
    if (deliverer === null) return new Authors(null);
    const named = operations.flatMap((one) => ('parked' in one ? [] : [one.by ?? null]));
    const ids = new Set(named.filter((id) => id !== null && id !== deliverer.personId));
    if (ids.size === 0) return new Authors(deliverer);
    const known = await store.reader
      .selectFrom('device_person')
      .select('person_id')
      .where('device_id', '=', deviceId)
      .where(flavourOf(store.reader).idAmong('person_id', [...ids] as string[]))
      .execute();
    const others = new Map<string, Author>();
    for (const { person_id: personId } of known) {
      const access = await readAccess(store.reader, personId);
      if (access !== null) others.set(personId, { personId, ...access });
      ids.delete(personId);
    }
    return new Authors(deliverer, others, await mayWork(store, [...ids] as string[]));
  }

  /** Of what is done by a call of its own. */
  static only(author: Author | null): Authors {
    return new Authors(author);
  }

  /** Whose work this laptop may bring. Null: nobody is asked. */
  get personIds(): readonly string[] | null {
    return this.#deliverer && [this.#deliverer.personId, ...this.#others.keys()];
  }

  /**
   * Null: the server has no accounts, and everything is allowed. Throws OperationRefused; UNAUTHORIZED for whoever has only
   * to sign in on the laptop, which is no reason to refuse their work for good.
   */
  of({ by }: Pick<Operation, 'by'>): Author | null {
    if (this.#deliverer === null || by === undefined || by === this.#deliverer.personId) {
      return this.#deliverer;
    }
    const author = this.#others.get(by);
    if (author !== undefined) return author;
    if (this.#awaited.has(by)) {
      throw new TallymanError(
        'UNAUTHORIZED',
        'Whoever did this has not signed in on this laptop yet. It is taken once they have.',
      );
    }
    throw new OperationRefused(
      'FORBIDDEN',
      'Whoever did this has never signed in on this laptop, or may not work here any more.',
    );
  }
}

/** Those of them who have an account that is in use. */
async function mayWork(
  { reader }: Pick<ServerStore, 'reader'>,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const found = await reader
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select('account.person_id')
    .where('disabled_at', 'is', null)
    .where('person.active', '=', 1)
    .where(flavourOf(reader).idAmong('account.person_id', [...personIds]))
    .execute();
  return new Set(found.map(({ person_id: personId }) => personId));
}
