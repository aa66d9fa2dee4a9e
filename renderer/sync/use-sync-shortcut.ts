import { useEffect, useRef } from 'react';
import { useNetwork } from './use-network.ts';
import { useSyncCommands } from './use-sync-commands.ts';

/** Ctrl+Shift+S or ⌘⇧S syncs, wherever the focus is: no field takes these keys for text. */
export function useSyncShortcut(): void {
  const { trigger } = useSyncCommands();
  const network = useNetwork();
  const canSync = network !== undefined && network.cause !== 'noServerSet';
  const press = useRef<() => void>(() => {});
  useEffect(() => {
    press.current = () => {
      if (canSync) trigger({ syncUnit: 'full', reason: 'shortcut' });
    };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isOurs = (event.ctrlKey || event.metaKey) && event.shiftKey && event.code === 'KeyS';
      // AltGr is Ctrl+Alt on some systems and types a letter; an input method's keys are its own.
      if (!isOurs || event.altKey || event.isComposing) return;
      // Also keeps the menu's same shortcut from starting a second run.
      event.preventDefault();
      if (!event.repeat) press.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
