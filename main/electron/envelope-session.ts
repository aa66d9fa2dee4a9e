import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from '@trpc/server';
import {
  type IpcCall,
  type IpcErrorShape,
  type IpcReply,
  ipcRequest,
  LIVE_CALLS_MAX,
  LIVE_SUBSCRIPTIONS_MAX,
} from '../../shared/desktop/ipc-envelope.ts';
import { desktopRouter } from '../app/desktop-router.ts';
import type { DesktopContext } from '../app/desktop-trpc.ts';

export interface EnvelopeSession {
  /** Takes whatever the page sent. Returns false if it was no request of ours and was dropped. */
  receive: (message: unknown) => boolean;
  /** Ends all that is under way, silently: the page that asked is gone. */
  close: () => void;
}

interface LiveCall {
  call: IpcCall;
  controller: AbortController;
}

/** The desktop router over envelopes, for one page load. */
export function openEnvelopeSession(
  context: DesktopContext,
  reply: (reply: IpcReply) => void,
): EnvelopeSession {
  const live = new Map<number, LiveCall>();

  /** Only what is still live is answered, so a stopped or closed call falls silent whatever it does. */
  const answer = (entry: LiveCall, message: IpcReply): void => {
    if (live.get(entry.call.id) !== entry) return;
    if (message.type === 'error' || message.type === 'completed') live.delete(message.id);
    reply(message);
  };

  const run = async (entry: LiveCall): Promise<void> => {
    const { call, controller } = entry;
    const { id } = call;
    try {
      const result: unknown = await callProcedure(context, call, controller.signal);
      if (call.type !== 'subscription') {
        answer(entry, { type: 'data', id, data: result });
        live.delete(id);
        return;
      }
      answer(entry, { type: 'started', id });
      for await (const data of result as AsyncIterable<unknown>) {
        answer(entry, { type: 'data', id, data });
      }
      answer(entry, { type: 'completed', id });
    } catch (error) {
      answer(entry, { type: 'error', id, error: errorShapeOf(context, call, error) });
    }
  };

  return {
    receive: (message) => {
      const parsed = ipcRequest.safeParse(message);
      if (!parsed.success) return false;
      const request = parsed.data;
      if (request.type === 'stop') {
        const stopped = live.get(request.id);
        if (!stopped) return true;
        live.delete(request.id);
        stopped.controller.abort();
        reply({ type: 'stopped', id: request.id });
        return true;
      }
      if (live.has(request.id)) return false;
      const entry = { call: request, controller: new AbortController() };
      if (isFull(live, request.type)) {
        const busy = new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'Too much at once.' });
        reply({ type: 'error', id: request.id, error: errorShapeOf(context, request, busy) });
        return true;
      }
      live.set(request.id, entry);
      void run(entry);
      return true;
    },
    close: () => {
      const entries = [...live.values()];
      live.clear();
      for (const { controller } of entries) controller.abort();
    },
  };
}

function isFull(live: ReadonlyMap<number, LiveCall>, type: IpcCall['type']): boolean {
  const subscriptions = [...live.values()].filter(
    ({ call }) => call.type === 'subscription',
  ).length;
  return type === 'subscription'
    ? subscriptions >= LIVE_SUBSCRIPTIONS_MAX
    : live.size - subscriptions >= LIVE_CALLS_MAX;
}

function callProcedure(
  context: DesktopContext,
  call: IpcCall,
  signal: AbortSignal,
): Promise<unknown> {
  return callTRPCProcedure({
    router: desktopRouter,
    path: call.path,
    type: call.type,
    getRawInput: async () => parseInput(call.input),
    ctx: context,
    signal,
    batchIndex: 0,
  });
}

function parseInput(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause });
  }
}

/** The router's own shape, which carries our code and never a stack. */
function errorShapeOf(
  context: DesktopContext,
  { path, type, input }: IpcCall,
  thrown: unknown,
): IpcErrorShape {
  return getTRPCErrorShape({
    // oxlint-disable-next-line eslint/no-underscore-dangle -- tRPC has no other name for it
    config: desktopRouter._def._config,
    error: getTRPCErrorFromUnknown(thrown),
    ctx: context,
    path,
    type,
    input,
  });
}
