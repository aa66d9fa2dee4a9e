import { IconCommand, IconKeyboard, IconSearch } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { lazyPart } from '../shell/lazy-part.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { PALETTE_COMMAND, SEARCH_COMMAND, SEARCH_KEYS } from './command-ids.ts';
import { isDialogOpen } from './create-shortcuts.ts';
import { PlaceCommands } from './place-commands.tsx';
import { useCommand } from './use-command.ts';
import { useShortcuts } from './use-shortcuts.ts';

const CommandPalette = lazyPart(() => import('./command-palette.tsx'));
const CheatSheet = lazyPart(() => import('./cheat-sheet.tsx'));

/** The palette, the cheat sheet, and what can be done everywhere. */
export function CommandDialogs() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState<'palette' | 'cheatSheet' | null>(null);
  // The palette gives it back by itself, before what was chosen in it runs.
  useReturnFocus(opened === 'cheatSheet');
  const close = (): void => setOpened(null);
  const isFree = (): boolean => !isDialogOpen();
  useShortcuts();
  useCommand({
    id: PALETTE_COMMAND,
    words: t('commands.palette'),
    keys: '$mod+k',
    Icon: IconCommand,
    run: () => setOpened('palette'),
    isEnabled: isFree,
  });
  useCommand({
    id: 'cheatSheet',
    words: t('commands.cheatSheet'),
    keys: '[Shift]+?',
    Icon: IconKeyboard,
    run: () => setOpened('cheatSheet'),
  });
  useCommand({
    id: SEARCH_COMMAND,
    words: t('catalogue.search.label'),
    keys: SEARCH_KEYS,
    Icon: IconSearch,
    run: () => navigate('/catalogue'),
  });
  return (
    <>
      <PlaceCommands />
      <Suspense fallback={null}>
        {opened === 'palette' && <CommandPalette onClose={close} />}
        {opened === 'cheatSheet' && <CheatSheet onClose={close} />}
      </Suspense>
    </>
  );
}
