import type { Command } from './command.ts';

/** As many as are shown first when the palette opens. */
const RECENT_MAX = 5;

/** What can be done at the moment, by whichever screens are open. */
export interface CommandRegistry {
  /** Returns the way to take it back. */
  add: (command: Command) => () => void;
  /** One per id, in the order in which they came. The same array until something changes. */
  list: () => readonly Command[];
  subscribe: (listener: () => void) => () => void;
  /** Newest first. Kept until the app closes. */
  recentIds: () => readonly string[];
  remember: (id: string) => void;
}

export function createCommandRegistry(): CommandRegistry {
  const added = new Set<Command>();
  const listeners = new Set<() => void>();
  let listed: readonly Command[] = [];
  let recentIds: readonly string[] = [];
  const changed = (): void => {
    listed = [...new Map([...added].map((command) => [command.id, command])).values()];
    for (const listener of listeners) listener();
  };
  return {
    add: (command) => {
      added.add(command);
      changed();
      return () => {
        added.delete(command);
        changed();
      };
    },
    list: () => listed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recentIds: () => recentIds,
    remember: (id) => {
      recentIds = [id, ...recentIds.filter((one) => one !== id)].slice(0, RECENT_MAX);
    },
  };
}
