import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { Unsubscribe } from './desktop-app.ts';
import { gatherChanges } from './gather-changes.ts';
import { Listeners } from './listeners.ts';
import type { LinkPort } from './ports.ts';
import { probeServer } from './probe-server.ts';

/** While online the sync itself notices trouble; the probe only keeps the status honest. */
const PROBE_ONLINE_MS = 60_000;
/** While offline a person waits for the network to come back. */
const PROBE_OFFLINE_MS = 10_000;
/** A cable or Wi-Fi that flaps makes one probe, after it has settled. */
const LINK_SETTLE_MS = 1_000;
/** One that never settles is not waited for longer than this. */
const LINK_SETTLE_MAX_MS = 5_000;

const LINK_SETTLES = { quietMs: LINK_SETTLE_MS, latestMs: LINK_SETTLE_MAX_MS };

export interface NetworkServiceOptions {
  now: () => number;
  fetch: typeof globalThis.fetch;
  newNonce: () => string;
  link: LinkPort;
  serverUrl: () => string | null;
  onListenerError: (error: unknown) => void;
  /** Whether the server at this address asks for a sign-in, each time that it answers; null if it does not say. */
  onSignIn?: ((signIn: 'open' | 'required' | null) => void) | undefined;
}

export interface NetworkService {
  status: () => NetworkStatus;
  subscribe: (listener: (status: NetworkStatus) => void) => Unsubscribe;
  /** Asks the server now. Calls that overlap share one probe. */
  check: () => Promise<NetworkStatus>;
  /** A sync has just talked to the server, which proves more than any probe. */
  noteReached: () => void;
  close: () => void;
}

/** The one place that decides whether the app is online: the server answered with what only it could know. */
export function createNetworkService(options: NetworkServiceOptions): NetworkService {
  const listeners = new Listeners<NetworkStatus>(options.onListenerError);
  const closing = new AbortController();
  let status: NetworkStatus = {
    state: 'unknown',
    cause: null,
    since: options.now(),
    serverUrl: options.serverUrl(),
  };
  let probing: { url: string; ended: Promise<NetworkStatus> } | null = null;
  let timer: NodeJS.Timeout | null = null;

  const change = (state: NetworkStatus['state'], cause: NetworkStatus['cause']): void => {
    const serverUrl = options.serverUrl();
    if (status.state === state && status.cause === cause && status.serverUrl === serverUrl) return;
    const since = status.state === state ? status.since : options.now();
    status = { state, cause, since, serverUrl };
    listeners.emit(status);
  };
  const plan = (ms: number): void => {
    if (closing.signal.aborted) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void check(), ms);
    timer.unref();
  };
  const probe = async (url: string): Promise<NetworkStatus> => {
    const probed = await probeServer(url, { ...options, signal: closing.signal });
    probing = null;
    if (closing.signal.aborted) return status;
    // The address was changed meanwhile, so this answer is of no interest.
    if (options.serverUrl() !== url) return check();
    if (probed.found === 'online') {
      options.onSignIn?.(probed.signIn);
      change('online', null);
    } else change('offline', causeOf(probed.found, options.link));
    plan(probed.found === 'online' ? PROBE_ONLINE_MS : PROBE_OFFLINE_MS);
    return status;
  };
  const check = async (): Promise<NetworkStatus> => {
    const url = options.serverUrl();
    if (url !== null) {
      probing ??= { url, ended: probe(url) };
      return probing.ended;
    }
    change('offline', 'noServerSet');
    plan(PROBE_OFFLINE_MS);
    return status;
  };
  const linkChanges = gatherChanges({ ...LINK_SETTLES, done: () => void check() });
  const stopLink = options.link.onChange(linkChanges.add);

  return {
    status: () => status,
    subscribe: listeners.subscribe,
    check,
    noteReached: () => {
      change('online', null);
      plan(PROBE_ONLINE_MS);
    },
    close: () => {
      closing.abort();
      stopLink();
      linkChanges.close();
      if (timer) clearTimeout(timer);
    },
  };
}

/** The link only explains why nobody answered: a server on this very machine answers without one. */
function causeOf(found: Exclude<NetworkStatus['cause'], null>, link: LinkPort) {
  return found === 'unreachable' && !link.hasLink() ? 'noLink' : found;
}
