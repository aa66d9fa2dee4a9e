import type { TRPCClient } from '@trpc/client';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import type { OperationView } from '../../shared/desktop/work-views.ts';

const PAGE = 500;

/** Everything that is not settled, oldest first. */
export async function* workPages(
  client: TRPCClient<DesktopRouter>,
  signal: AbortSignal,
): AsyncGenerator<readonly OperationView[]> {
  let after: number | undefined;
  for (;;) {
    const input = { show: 'open' as const, limit: PAGE, after };
    const { items, next } = await client.work.pending.query(input, { signal });
    yield items;
    if (next === null) return;
    after = next;
  }
}
