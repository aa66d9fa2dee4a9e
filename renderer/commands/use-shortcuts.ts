import { useEffect } from 'react';
import { useSettings } from '../settings/use-settings.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { useCommandRegistry } from './commands-context.tsx';
import { createShortcuts } from './create-shortcuts.ts';

/** Listens for the keys of all commands, as long as the app is shown. */
export function useShortcuts(): void {
  const { list } = useCommandRegistry();
  const { settings } = useSettings();
  const areSingleKeysOn = useStableCallback(() => settings?.singleKeyShortcuts ?? false);
  const scannerGapMs = useStableCallback(() => settings?.scanner.gapMs ?? 0);
  useEffect(() => {
    const { onAnyKey, onKeyDown, stop } = createShortcuts({
      commands: list,
      areSingleKeysOn,
      scannerGapMs,
    });
    window.addEventListener('keydown', onAnyKey, { capture: true });
    window.addEventListener('keyup', onAnyKey, { capture: true });
    // Before the listeners of screens, which sit on the window and leave alone what was taken.
    document.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onAnyKey, { capture: true });
      window.removeEventListener('keyup', onAnyKey, { capture: true });
      document.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, [list, areSingleKeysOn, scannerGapMs]);
}
