import { Authors } from '../auth/authors.ts';
import type { Author } from '../auth/author.ts';
import type { StockMovement } from '../../shared/entities/stock-movement.ts';
import { stockMovement } from '../../shared/entities/stock-movement.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { OperationDesk } from '../sync/push/operation-desk.ts';

/** The same as a laptop's operation does, for callers without an outbox. The id makes a repeat harmless. */
export async function recordMovement(
  tx: ChangeTransaction,
  movement: StockMovement,
  { newId, author }: { newId: () => string; author: Author | null },
): Promise<'created' | 'unchanged'> {
  const authors = Authors.only(author);
  const desk = new OperationDesk(tx, { newId, answers: { of: () => null }, authors });
  const { name: entity, version } = stockMovement;
  const row = toStored(movement);
  const outcome = await desk.decide({
    operationId: movement.id,
    number: 1,
    changes: [{ kind: 'create', entity, version, id: movement.id, row }],
    after: [],
    at: movement.moved_at,
  });
  if (outcome.kind === 'rejected') {
    throw new TallymanError(outcome.code, outcome.message, { details: outcome.details });
  }
  if (outcome.kind !== 'applied') {
    throw new TallymanError('NOT_FOUND', 'The product or a location was deleted.', {
      details: { id: movement.id },
    });
  }
  await desk.write();
  return Object.keys(outcome.versions).length === 0 ? 'unchanged' : 'created';
}
