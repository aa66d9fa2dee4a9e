import {
  POKE_HEARTBEAT_MS,
  type PokeEvent,
  type PokeInput,
} from '../../../shared/sync/poke-protocol.ts';
import { type Actor, maySee } from '../../auth/actor.ts';
import { readVersions } from '../../store/feed/read-versions.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { admit } from '../admission.ts';
import type { PokeHub } from './poke-hub.ts';
import type { PokeLine } from './poke-line.ts';

/** A laptop that has not taken a poke for so long is gone, or so slow that its timer serves it better. */
const STUCK_MAX_MS = POKE_HEARTBEAT_MS;
/**
 * Then the laptop is asked to come again. A line that is dead without a sign, as after a pulled cable, costs its memory no
 * longer than this.
 */
const LIFE_MAX_MS = 10 * 60_000;

/** What a line needs of the connection that it lives on. */
export interface PokeConnection {
  hub: PokeHub;
  /** Who asks, by the token that came with the request and the tables as they are now. */
  actorNow: () => Promise<Actor>;
  /** Ends the connection without waiting for the other side. */
  hangUp: () => void;
  random: () => number;
}

export interface PokeContext {
  store: ServerStore;
  actor: Actor;
  now: () => number;
  connection: PokeConnection;
  signal: AbortSignal | undefined;
  /** `sync.follow`: small changes come with the poke that tells of them. */
  bringsNews: boolean;
}

/** Tells the present versions, then those that rise, until the connection, the right or its time ends. */
export async function* poke(
  context: PokeContext,
  input: PokeInput,
): AsyncGenerator<PokeEvent, void, void> {
  const { store, actor, connection, signal, bringsNews } = context;
  admit(store, input);
  const scopes = input.scopes.filter((scope) => maySee(actor, scope));
  const deviceId = actor.kind === 'person' ? actor.deviceId : input.deviceId;
  // Opened before the versions are read, so that nothing falls in between.
  const line = connection.hub.open({
    deviceId,
    scopes,
    bringsNews,
    mayListen: async () => {
      const actorNow = await connection.actorNow().catch(() => null);
      return actorNow !== null && scopes.every((scope) => maySee(actorNow, scope));
    },
  });
  const end = (): void => line.end();
  signal?.addEventListener('abort', end, { once: true });
  const stopWatching = watchLine(line, context);
  try {
    const present = await readVersions(store.reader);
    const versions = scopes.flatMap((scope) => {
      const version = present.get(scope);
      return version === undefined ? [] : [{ scope, version }];
    });
    line.begin(versions);
    yield { kind: 'versions', versions, spreadMs: 0 };
    for (let event = await line.next(); event !== null; event = await line.next()) yield event;
  } finally {
    stopWatching();
    signal?.removeEventListener('abort', end);
    connection.hub.drop(deviceId, line);
  }
}

/** At each heartbeat: is somebody still there, and may they still listen? */
function watchLine(line: PokeLine, { connection, now }: PokeContext): () => void {
  // Not all lines that began together end together.
  const endsAt = now() + LIFE_MAX_MS * (1 - connection.random() / 4);
  const look = (): void => {
    if (line.stuckMs() > STUCK_MAX_MS) {
      connection.hangUp();
      return;
    }
    if (now() >= endsAt) line.end({ kind: 'goodbye', spreadMs: 0 });
    line.doubt();
  };
  const timer = setInterval(look, POKE_HEARTBEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
