import { useEffect, useState } from 'react';

/**
 * For a dialog that is there only while it is open: the keyboard goes back to what opened it. Mantine's own way back is only
 * for one that stays and is opened and closed.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const { activeElement, body } = document;
      if (opener instanceof HTMLElement && activeElement === body) opener.focus();
    },
    [opener],
  );
}
