import { must } from '../../shared/domain/assert.ts';
import type { PullCursor, ScopeAnswer } from '../../shared/sync/protocol.ts';
import { PROTOCOL_VERSION, PULL_ROWS_DEFAULT } from '../../shared/sync/protocol.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { ContainedPoint } from '../../shared/replica/replica-state.ts';
import { assertNothingLost } from './operations-lost.ts';
import type { RunContext } from './run-context.ts';

export type ScopePage = Extract<ScopeAnswer, { kind: 'page' }>;

/** The first page of a scope, and the cursor that asked for it, from which the following pages are asked for. */
export interface FirstPage {
  cursor: PullCursor;
  first: ScopePage;
  /** Which of this laptop's operations that page's snapshot shows. */
  contained: ContainedPoint;
}

/** Asks for the next page of every cursor in one request; all answers are of one moment of the server. */
export async function pullPages(
  context: RunContext,
  cursors: readonly PullCursor[],
): Promise<{
  serverId: string;
  answers: readonly { cursor: PullCursor; answer: ScopeAnswer; contained: ContainedPoint }[];
}> {
  const deviceId = context.work.deviceId();
  const answer = await context.server.pull(
    {
      protocol: PROTOCOL_VERSION,
      deviceId,
      serverId: context.work.trustedServer(),
      cursors: [...cursors],
      maxRows: PULL_ROWS_DEFAULT,
    },
    context.signal,
  );
  const answers = cursors.map((cursor) => {
    const found = answer.scopes.find((one) => one.scope === cursor.scope);
    if (!found) throw new TallymanError('SERVER_ERROR', `The server left out ${cursor.scope}.`);
    return { cursor, answer: found, contained: { deviceId, number: answer.lastNumber } };
  });
  trust(context, answer.serverId);
  assertNothingLost(context, answer.lastNumber);
  return { serverId: answer.serverId, answers };
}

/** One page of one scope. */
export async function pullPage(
  context: RunContext,
  cursor: PullCursor,
): Promise<{
  serverId: string;
  cursor: PullCursor;
  answer: ScopeAnswer;
  contained: ContainedPoint;
}> {
  const { serverId, answers } = await pullPages(context, [cursor]);
  return { serverId, ...must(answers[0], 'the answer for the one scope asked for') };
}

/** The page after `page` of the same scope. */
export async function nextPage(
  context: RunContext,
  cursor: PullCursor,
  page: ScopePage,
): Promise<{ answer: ScopeAnswer; contained: ContainedPoint }> {
  return pullPage(context, { ...cursor, epoch: page.epoch, after: page.after });
}

/** First contact: this is the server from now on. Later the server refuses by itself, and this is the second wall. */
function trust(context: RunContext, serverId: string): void {
  const trusted = context.work.trustedServer();
  if (trusted === null) context.work.trustServer(serverId);
  else if (trusted !== serverId) {
    throw new TallymanError(
      'SERVER_REPLACED',
      'This is not the server that this laptop synced with before. Nothing was changed.',
    );
  }
}
