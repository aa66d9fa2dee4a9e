import { useEffect } from 'react';
import { useStableCallback } from '../use-stable-callback.ts';
import type { Command } from './command.ts';
import { useCommandRegistry } from './commands-context.tsx';

/**
 * Lets people do this by the palette and its keys for as long as the component is there. A screen calls it once for each of
 * its actions; words come translated. `run` and `isEnabled` may be new functions in every render.
 */
export function useCommand(command: Command): void {
  const { id, words, searchWords, keys, Icon, isPlace } = command;
  const registry = useCommandRegistry();
  const run = useStableCallback(command.run);
  const isEnabled = useStableCallback(() => command.isEnabled?.() ?? true);
  useEffect(
    () => registry.add({ id, words, searchWords, keys, Icon, isPlace, run, isEnabled }),
    [registry, id, words, searchWords, keys, Icon, isPlace, run, isEnabled],
  );
}
