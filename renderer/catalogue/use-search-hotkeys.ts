import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SEARCH_COMMAND, SEARCH_KEYS } from '../commands/command-ids.ts';
import { isDialogOpen } from '../commands/create-shortcuts.ts';
import { useCommand } from '../commands/use-command.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/**
 * `/` goes to the search field from anywhere on the screen. A letter or digit typed with no field focused goes there too,
 * so that a code typed by hand works wherever the focus happens to be.
 */
export function useSearchHotkeys(field: RefObject<HTMLInputElement | null>): void {
  const { t } = useTranslation();
  useCommand({
    id: SEARCH_COMMAND,
    words: t('catalogue.search.label'),
    keys: SEARCH_KEYS,
    Icon: IconSearch,
    run: () => {
      field.current?.focus();
      field.current?.select();
    },
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A key that was taken is a shortcut's, or a scanner's.
      if (!field.current || event.defaultPrevented || event.altKey || isDialogOpen()) return;
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
