import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../commands/use-command.ts';
import { useNetwork } from './use-network.ts';
import { useSyncCommands } from './use-sync-commands.ts';

/** Ctrl+Shift+S or ⌘⇧S syncs, wherever the focus is: no field takes these keys for text. */
export function useSyncShortcut(): void {
  const { t } = useTranslation();
  const { trigger } = useSyncCommands();
  const network = useNetwork();
  useCommand({
    id: 'sync',
    words: t('sync.now'),
    keys: '$mod+Shift+KeyS',
    Icon: IconRefresh,
    isEnabled: () => network !== undefined && network.cause !== 'noServerSet',
    run: () => trigger({ syncUnit: 'full', reason: 'shortcut' }),
  });
}
