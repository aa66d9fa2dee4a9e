import { createContext } from 'react';

/** Says that the lock which follows is for another person to come in, so that the lock screen asks who it is. */
export const SwitchPersonContext = createContext<(isSwitching: boolean) => void>(() => undefined);
