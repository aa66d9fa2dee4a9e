import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { DesktopRouter } from '../main/app/desktop-router.ts';
import type { TallymanBridge } from '../shared/desktop/ipc-bridge.ts';
import type { IpcReply } from '../shared/desktop/ipc-envelope.ts';

type ReplyListener = (reply: IpcReply) => void;

/** Carries tRPC calls over the preload's bridge. Ends and cancels what nobody waits for any more. */
export function ipcLink(bridge: TallymanBridge): TRPCLink<DesktopRouter> {
  const listeners = new Map<number, ReplyListener>();
  // Our own numbers: the client's start again with each client, and an id may be used once per page.
  let lastId = 0;
  bridge.onMessage((reply) => listeners.get(reply.id)?.(reply));

  return () =>
    ({ op }) =>
      observable((observer) => {
        const id = ++lastId;
        const stop = (): void => {
          if (!listeners.delete(id)) return;
          bridge.send({ type: 'stop', id });
        };
        const onAbort = (): void => {
          stop();
          observer.error(TRPCClientError.from(new Error('The call was aborted.')));
        };
        listeners.set(id, (reply) => {
          if (reply.type === 'started') observer.next({ result: { type: 'started' } });
          else if (reply.type === 'data') {
            observer.next({ result: { type: 'data', data: reply.data } });
            if (op.type !== 'subscription') {
              listeners.delete(id);
              observer.complete();
            }
          } else {
            listeners.delete(id);
            if (reply.type === 'error')
              observer.error(TRPCClientError.from({ error: reply.error }));
            else observer.complete();
          }
        });
        op.signal?.addEventListener('abort', onAbort, { once: true });
        bridge.send({
          type: op.type,
          id,
          path: op.path,
          ...(op.input === undefined ? {} : { input: JSON.stringify(op.input) }),
        });
        return () => {
          op.signal?.removeEventListener('abort', onAbort);
          stop();
        };
      });
}
