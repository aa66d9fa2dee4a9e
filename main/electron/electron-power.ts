import type { PowerMonitor } from 'electron';
import { createClockJumpPower } from '../app/node-ports/clock-jump-power.ts';
import type { PowerPort } from '../app/ports.ts';

/** Wake and unlock as the operating system tells them, and from the clocks where it tells nothing. */
export function createElectronPower(
  powerMonitor: PowerMonitor,
  clocks: PowerPort = createClockJumpPower(),
): PowerPort {
  return {
    onResume: (listener) => {
      powerMonitor.on('resume', listener);
      powerMonitor.on('unlock-screen', listener);
      const stopClocks = clocks.onResume(listener);
      return () => {
        powerMonitor.off('resume', listener);
        powerMonitor.off('unlock-screen', listener);
        stopClocks();
      };
    },
  };
}
