import { TallymanError, toWireError } from '../../../shared/errors.ts';
import type { DataWorkerKeeper } from '../data-worker-keeper.ts';
import type { SessionBooks } from './session-book.ts';
import type { SessionTokens } from './session-tokens.ts';

const ENDED_CODES: ReadonlySet<string> = new Set(['SESSION_ENDED', 'UNAUTHORIZED']);

export interface AccessGiverPorts {
  books: SessionBooks;
  tokens: SessionTokens;
  worker: () => Pick<DataWorkerKeeper, 'call'>;
}

/**
 * Decides in whose name the sync talks to the server. Any session of the laptop delivers everybody's work, so it goes on
 * while whoever uses the laptop is locked out or gone.
 */
export class AccessGiver {
  readonly #ports: AccessGiverPorts;
  /** The token that the sync was given last. */
  #given: string | null = null;

  constructor(ports: AccessGiverPorts) {
    this.#ports = ports;
  }

  /** People with a session: whoever works here, then those who came last. */
  candidates(): string[] {
    const { people, currentId, withdrawn } = this.#ports.books.book;
    if (withdrawn !== null) return [];
    const isHere = (id: string): number => Number(id === currentId);
    return people
      .filter(({ refreshToken }) => refreshToken !== null)
      .toSorted((a, b) => isHere(b.id) - isHere(a.id) || b.usedAt - a.usedAt)
      .map(({ id }) => id);
  }

  /** The sync wants a token that works: of the person in whose name a run is under way, or else of whoever has a session. */
  async answer(personId: string | null): Promise<void> {
    const worker = this.#ports.worker();
    for (const id of personId === null ? this.candidates() : [personId]) {
      try {
        const access = await this.#ports.tokens.accessOf(id, this.#given);
        this.#given = access.token;
        await worker.call('giveAccess', { access, error: null });
        return;
      } catch (error) {
        if (error instanceof TallymanError && ENDED_CODES.has(error.code)) continue;
        await worker.call('giveAccess', { access: null, error: toWireError(error) });
        return;
      }
    }
    await worker.call('giveAccess', { access: null, error: null });
  }

  /** From the next run the sync is in the name of whoever came; without a network it goes on as it was. */
  async switchTo(personId: string): Promise<void> {
    try {
      const access = await this.#ports.tokens.accessOf(personId, null);
      this.#given = access.token;
      await this.#ports.worker().call('setAccess', access);
      // The line on which the server tells of changes is still that of whoever was here before.
      await this.#ports.worker().call('renewPokes', null);
    } catch (error) {
      if (!(error instanceof TallymanError)) throw error;
    }
  }

  /** The data worker is another one, which has no token; or nobody is to have one. */
  forget(): void {
    this.#given = null;
  }
}
