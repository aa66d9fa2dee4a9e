import { Button, type ButtonProps } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { isApple } from '../commands/is-apple.ts';
import { useConnection } from '../use-connection.ts';
import { useNetwork } from './use-network.ts';
import { useSyncCommands } from './use-sync-commands.ts';
import { useSyncStatus } from './use-sync-status.ts';

function stageOf({ running, queued }: SyncStatus) {
  return { isRunning: running !== null, isQueued: queued.length > 0 };
}

/** Starts a full sync by hand; while one runs, the same place cancels it. */
export function SyncButton({
  size = 'md',
  variant = 'filled',
}: {
  size?: 'sm' | 'md' | undefined;
  variant?: ButtonProps['variant'];
}) {
  const { t } = useTranslation();
  const { trigger, cancel, cancelling } = useSyncCommands();
  const { isRunning, isQueued } = useSyncStatus(stageOf) ?? {};
  const network = useNetwork();
  const connection = useConnection();
  if (isRunning) {
    return (
      <Button
        size={size}
        variant="default"
        leftSection={<IconX aria-hidden size={18} />}
        onClick={cancel}
        // Not `disabled`: a button that loses focus under the finger is lost to the keyboard.
        aria-disabled={cancelling || undefined}
      >
        {cancelling ? t('sync.cancelling') : t('sync.cancel')}
      </Button>
    );
  }
  return (
    <Button
      size={size}
      variant={variant}
      leftSection={<IconRefresh aria-hidden size={18} />}
      title={t('sync.shortcut', { keys: isApple() ? '⌘⇧S' : t('sync.keys') })}
      aria-keyshortcuts="Control+Shift+S Meta+Shift+S"
      disabled={connection === 'lost' || network?.cause === 'noServerSet'}
      onClick={() => trigger({ syncUnit: 'full' })}
    >
      {isQueued ? t('sync.queued') : t('sync.now')}
    </Button>
  );
}
