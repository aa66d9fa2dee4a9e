import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import styles from './admin.module.css';

/** Nothing here is on the laptop: without the server there is nothing to see and nothing to change. */
export function OfflineNote() {
  const { t } = useTranslation();
  const isOffline = useNetwork()?.state === 'offline';
  useReadAgain(isOffline);
  if (!isOffline) return null;
  return (
    <p className={styles['offline']} role="status">
      <IconCloudOff aria-hidden size={22} />
      <span>{t('admin.offline')}</span>
    </p>
  );
}

/** What could not be read is read as soon as the server is back. */
function useReadAgain(isOffline: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const wasOffline = useRef(isOffline);
  useEffect(() => {
    if (wasOffline.current && !isOffline)
      void queryClient.invalidateQueries(trpc.admin.pathFilter());
    wasOffline.current = isOffline;
  }, [isOffline, queryClient, trpc]);
}
