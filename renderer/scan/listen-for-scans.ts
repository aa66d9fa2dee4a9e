import type { KeyStroke } from '../../shared/scan/key-stroke.ts';
import { scanFieldOf } from './scan-field.ts';
import type { ScanRouter } from './scan-router.ts';

type KeyTime = (event: KeyboardEvent) => number;

/** A pause has surely passed only when keys that wait behind other work were served too. */
const PAUSE_ROOM_MS = 60;

/** Leads all keys of a window past the router, before anybody else hears of them. Returns the way to stop. */
export function listenForScans(page: Window, router: ScanRouter, keyTime: KeyTime): () => void {
  let timer = 0;
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Filling in a saved form is told as a key without one.
    if (!(event instanceof KeyboardEvent)) return;
    const stroke = strokeOf(event, keyTime);
    const verdict = router.keyDown(stroke, scanFieldOf(event.target), event.repeat);
    if (verdict === 'swallow') stop(event);
    if (timer !== 0) page.clearTimeout(timer);
    timer = router.waitsForPause ? page.setTimeout(onPause, router.pauseMs + PAUSE_ROOM_MS) : 0;
  };
  const onPause = (): void => {
    timer = 0;
    router.pause();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (router.keyUp(event.code) === 'swallow') stop(event);
  };
  const onFocus = (event: FocusEvent): void => router.focusMoved(scanFieldOf(event.target));
  page.addEventListener('keydown', onKeyDown, true);
  page.addEventListener('keyup', onKeyUp, true);
  page.addEventListener('focusin', onFocus, true);
  return () => {
    page.clearTimeout(timer);
    page.removeEventListener('keydown', onKeyDown, true);
    page.removeEventListener('keyup', onKeyUp, true);
    page.removeEventListener('focusin', onFocus, true);
  };
}

function strokeOf(event: KeyboardEvent, keyTime: KeyTime): KeyStroke {
  return {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
    altGraph: event.getModifierState('AltGraph'),
    at: keyTime(event),
  };
}
