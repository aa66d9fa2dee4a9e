import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { fromWireError, TallymanError, type WireError } from '../../../shared/errors.ts';
import { POKE_SILENCE_MAX_MS, pokeEventField } from '../../../shared/sync/poke-protocol.ts';
import type { Access } from '../access.ts';
import { createServerFetch } from '../server-fetch.ts';
import type { LineEvent, PokeServer } from './poke-server.ts';

/** An event names at most 64 scopes; anything beyond this is no event of ours. */
const EVENT_CHARACTERS_MAX = 64 * 1024;

/**
 * The real server: `sync.follow` as tRPC sends subscriptions, which is server-sent events. Read here and not by tRPC's link,
 * because the event sources of browsers ask by GET, where the scopes do not fit, hide why they were refused and come back when they like.
 * Make one per address and close it when the address changes.
 */
export function createHttpPokeServer(url: string, access?: Access): PokeServer {
  const http = createServerFetch(undefined, access);
  return {
    listen: async function* (input, signal) {
      const pieces = http.listen(`${url}/trpc/sync.follow`, {
        body: input,
        silenceMs: POKE_SILENCE_MAX_MS,
        signal,
      });
      for await (const message of messagesOf(pieces)) {
        const event = eventOf(message);
        if (event === 'end') return;
        yield event;
      }
    },
    close: http.close,
  };
}

async function* messagesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const arrived: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (message) => arrived.push(message),
    onError: () => undefined,
    maxBufferSize: EVENT_CHARACTERS_MAX,
  });
  const text = new TextDecoder();
  for await (const piece of pieces) {
    parser.feed(text.decode(piece, { stream: true }));
    yield* arrived.splice(0);
  }
}

function eventOf({ event, data }: EventSourceMessage): LineEvent | 'end' {
  switch (event) {
    case undefined:
    case 'message': {
      const poke = pokeEventField.safeParse(parsed(data));
      // One that only a newer server knows.
      return poke.success ? poke.data : { kind: 'alive' };
    }
    case 'return':
      return 'end';
    case 'serialized-error':
      throw refusalOf(parsed(data));
    default:
      return { kind: 'alive' };
  }
}

function refusalOf(shape: unknown): TallymanError {
  const { data } = (shape ?? {}) as { data?: { wire?: WireError } };
  if (data?.wire) return fromWireError(data.wire);
  return new TallymanError('SERVER_ERROR', 'The server does not tell of news.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
