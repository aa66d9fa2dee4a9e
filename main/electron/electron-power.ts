import type { PowerMonitor } from 'electron';
import { createClockJumpPower } from '../app/node-ports/clock-jump-power.ts';
import type { PowerPort } from '../app/ports.ts';

/** Wake and unlock as the operating system tells them, and from the clocks where it tells nothing. */
export function createElectronPower(
  powerMonitor: PowerMonitor,
  clocks: PowerPort = createClockJumpPower(),
): PowerPort {
  return {
    onLock: (listener) => {
      powerMonitor.on('lock-screen', listener);
      powerMonitor.on('suspend', listener);
      return () => {
        powerMonitor.off('lock-screen', listener);
        powerMonitor.off('suspend', listener);
      };
    },
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
