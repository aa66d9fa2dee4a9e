import type { Peer } from './peer.ts';

interface PeerSource {
  /** Loaded when it runs, because its packages may not be there. */
  load: () => Promise<{ peer: Peer }>;
  /** Of bench/peers/package.json; what the project itself has is there anyway. */
  needsPackages: boolean;
}

/** In the order in which they run. The first is no peer but the limit that all are compared with. */
export const PEERS = {
  'raw-limit': { load: () => import('./raw-limit.ts'), needsPackages: false },
  'hand-written-loop': { load: () => import('./hand-written-loop.ts'), needsPackages: false },
  watermelondb: { load: () => load('watermelondb.mjs'), needsPackages: true },
  'watermelondb-paged': { load: () => load('watermelondb-paged.mjs'), needsPackages: true },
  'rxdb-memory': { load: () => load('rxdb-memory.mjs'), needsPackages: true },
  pouchdb: { load: () => load('pouchdb.mjs'), needsPackages: true },
  tinybase: { load: () => load('tinybase.mjs'), needsPackages: true },
} as const satisfies Record<string, PeerSource>;

export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as PeerName[];

/** What one would want to see here as well, and why it is not. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
  'watermelondb-turbo':
    'unsafeTurbo needs React Native\'s JSI; WatermelonDB\'s adapter for Node answers "Use JSI mode to enable"',
  'watermelondb-loki': 'LokiJS keeps everything in memory under Node, nothing in files',
  'rxdb on disk':
    'the free SQLite storage refuses more than 500 documents; those on disk without a server are sold',
};

/** JavaScript without types: what it imports is installed on demand, and a type check must not need it. */
async function load(file: string): Promise<{ peer: Peer }> {
  return (await import(new URL(file, import.meta.url).href)) as { peer: Peer };
}
