import { useLayoutEffect, useRef } from 'react';

/**
 * For a dialog that is drawn only while it is open: the keyboard goes back to what opened it. Mantine's own way back is only
 * for one that stays and is opened and closed. Used by what opens the dialog, because the opener has to be remembered when
 * the dialog is asked for: its code may be here only later, and another screen's field may have taken the focus by then.
 */
export function useReturnFocus(isOpen: boolean): void {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const { activeElement, body } = document;
    if (isOpen) opener.current = activeElement;
    else if (opener.current instanceof HTMLElement && activeElement === body)
      opener.current.focus();
  }, [isOpen]);
}
