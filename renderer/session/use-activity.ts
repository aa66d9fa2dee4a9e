import { useEffect } from 'react';
import { useEnvironment } from '../environment.ts';
import { useTRPCClient } from '../trpc.ts';

/** Far more often than the shortest time after which a laptop locks. */
const TOLD_EVERY_MS = 10_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Tells the app that somebody is here, while it is on, so that it does not lock under their hands. */
export function useActivity(isOn: boolean): void {
  const client = useTRPCClient();
  const { now } = useEnvironment();
  useEffect(() => {
    if (!isOn) return undefined;
    let toldAt = -Infinity;
    const tell = (): void => {
      const at = now();
      // A clock that was put back must not keep it silent.
      if (at >= toldAt && at - toldAt < TOLD_EVERY_MS) return;
      toldAt = at;
      // The next sign of life is told again.
      client.session.touch.mutate().catch(() => undefined);
    };
    // Before a scan or a shortcut takes the key.
    const options = { capture: true, passive: true };
    for (const sign of SIGNS) window.addEventListener(sign, tell, options);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, tell, options);
    };
  }, [isOn, client, now]);
}
