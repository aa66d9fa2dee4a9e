import { useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection.ts';
import { useEnvironment } from './environment.ts';

export function useConnection(): ConnectionState {
  const { connection } = useEnvironment();
  return useSyncExternalStore(connection.subscribe, connection.current);
}
