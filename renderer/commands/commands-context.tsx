import { createContext, type ReactNode, use, useState, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import { type CommandRegistry, createCommandRegistry } from './command-registry.ts';

const RegistryContext = createContext<CommandRegistry | null>(null);

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createCommandRegistry);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

export function useCommandRegistry(): CommandRegistry {
  const registry = use(RegistryContext);
  if (!registry) throw new Error('CommandsProvider is missing above this component');
  return registry;
}

/** All that can be done at the moment. Draws again when a screen brings or takes something. */
export function useCommands(): readonly Command[] {
  const { subscribe, list } = useCommandRegistry();
  return useSyncExternalStore(subscribe, list);
}
