import { useEffect } from 'react';
import { useStableCallback } from '../use-stable-callback.ts';
import { type ScanTask, useScanDesk } from './scan-desk.ts';

const NO_TASK: ScanTask = () => undefined;

/**
 * Gives all scans of the window to a screen, from when it is drawn first until it is gone; the newest such screen gets them.
 * Null while it has no use for them. With no task at all a scan opens its product.
 */
export function useScanTask(task: ScanTask | null): void {
  const desk = useScanDesk();
  const run = useStableCallback(task ?? NO_TASK);
  const isOn = task !== null;
  useEffect(() => (isOn ? desk.addTask(run) : undefined), [desk, run, isOn]);
}
