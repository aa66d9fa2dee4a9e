import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNetwork } from './use-network.ts';
import styles from './sync.module.css';

/** Says why there is no server and that work goes on. Never a dialog, never in the way. */
export function NetworkBanner() {
  const { t } = useTranslation();
  const network = useNetwork();
  if (network?.state !== 'offline' || network.cause === 'noServerSet') return null;
  return (
    <p className={styles['banner']}>
      <IconCloudOff aria-hidden size={20} />
      <span>
        <strong>{t(network.cause ? `network.${network.cause}` : 'network.offline')}</strong>{' '}
        {t('network.bannerText')}
      </span>
    </p>
  );
}
