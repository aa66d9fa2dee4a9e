import { type RefObject, useEffect } from 'react';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function isOpenDialog(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

/**
 * `/` and Ctrl+K go to the search field from anywhere on the screen. A letter or digit typed with no field focused goes
 * there too, so that a scanner works wherever the focus happens to be.
 */
export function useSearchHotkeys(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!field.current || event.defaultPrevented || event.altKey || isOpenDialog()) return;
      const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (isShortcut || (event.key === '/' && !isTyping(event.target))) {
        event.preventDefault();
        field.current.focus();
        field.current.select();
        return;
      }
      const isCharacter = event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key);
      if (isCharacter && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
        // Focusing now lets the same key press land in the field.
        field.current.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
