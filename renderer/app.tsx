import { QueryClientProvider } from '@tanstack/react-query';
import type { TRPCClient } from '@trpc/client';
import { useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { DesktopRouter } from '../main/app/desktop-router.ts';
import { Appearance } from './appearance.tsx';
import { CommandsProvider } from './commands/commands-context.tsx';
import { type Environment, EnvironmentContext } from './environment.ts';
import { createQueryClient } from './query-client.ts';
import { ScanProvider } from './scan/scan-provider.tsx';
import { SessionGate } from './session/session-gate.tsx';
import { AppShell } from './shell/app-shell.tsx';
import { DesktopEvents } from './sync/desktop-events.tsx';
import { TRPCProvider } from './trpc.ts';

export interface AppProps {
  client: TRPCClient<DesktopRouter>;
  environment: Environment;
}

export function App({ client, environment }: AppProps) {
  const [queryClient] = useState(createQueryClient);
  return (
    <EnvironmentContext value={environment}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          <DesktopEvents />
          <Appearance>
            <Router hook={useHashLocation}>
              <ScanProvider>
                <CommandsProvider>
                  <SessionGate>
                    <AppShell />
                  </SessionGate>
                </CommandsProvider>
              </ScanProvider>
            </Router>
          </Appearance>
        </TRPCProvider>
      </QueryClientProvider>
    </EnvironmentContext>
  );
}
