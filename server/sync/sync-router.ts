import {
  bucketRowsInput,
  digestsInput,
  helloInput,
  pullInput,
  pushInput,
} from '../../shared/sync/protocol.ts';
import { snapshotInput } from '../../shared/sync/snapshot.ts';
import { pokeInput } from '../../shared/sync/poke-protocol.ts';
import { procedure, router } from '../trpc.ts';
import { bucketRows } from './bucket-rows.ts';
import { digests } from './digests.ts';
import { must } from '../../shared/domain/assert.ts';
import { hello } from './hello.ts';
import { poke } from './poke/poke.ts';
import { pull } from './pull.ts';
import { push } from './push/push.ts';
import { snapshot } from './snapshot.ts';

function line(bringsNews: boolean) {
  return procedure.input(pokeInput).subscription(({ ctx, input, signal }) => {
    const connection = must(ctx.connection, 'a connection that stays open');
    return poke({ ...ctx, connection, signal, bringsNews }, input);
  });
}

export const syncRouter = router({
  hello: procedure.input(helloInput).query(({ ctx, input }) => hello(ctx, input, ctx.now)),
  pull: procedure.input(pullInput).query(({ ctx, input }) => pull(ctx, input)),
  push: procedure
    // As a function, because tRPC has a schema checked the asynchronous way, for which Zod has no compiled code. The schema
    // is beside it for who reads what procedures take.
    .input(Object.assign((input: unknown) => pushInput.parse(input), { schema: pushInput }))
    .mutation(({ ctx, input }) => push(ctx, input)),
  snapshot: procedure.input(snapshotInput).query(({ ctx, input }) => snapshot(ctx, input)),
  digests: procedure.input(digestsInput).query(({ ctx, input }) => digests(ctx, input)),
  bucketRows: procedure.input(bucketRowsInput).query(({ ctx, input }) => bucketRows(ctx, input)),
  poke: line(false),
  follow: line(true),
});
