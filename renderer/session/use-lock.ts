import { useMutation } from '@tanstack/react-query';
import { use } from 'react';
import { useTRPC } from '../trpc.ts';
import { SwitchPersonContext } from './switch-person.ts';
import { useSessionChange } from './use-session-change.ts';

interface Lock {
  lock: () => void;
  /** Locks, and asks who comes in. */
  switchPerson: () => void;
}

export function useLock(): Lock {
  const trpc = useTRPC();
  const setSwitching = use(SwitchPersonContext);
  const { mutate } = useMutation(trpc.session.lock.mutationOptions(useSessionChange()));
  return {
    lock: () => mutate(),
    switchPerson: () => {
      setSwitching(true);
      mutate();
    },
  };
}
