import { IconCircleCheck, IconCloudOff, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useNetwork } from '../sync/use-network.ts';
import ServerForm from './server-form.tsx';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings.module.css';

const ICONS = { online: IconCircleCheck, offline: IconCloudOff, unknown: IconHourglass } as const;

export function ServerSettings() {
  const { t } = useTranslation();
  const formats = useFormats();
  const network = useNetwork();
  const state = network?.state ?? 'unknown';
  const Icon = ICONS[state];
  const words =
    network?.state === 'offline' && network.cause
      ? t(`network.${network.cause}`)
      : t(`network.${state}`);
  return (
    <SettingsSection title={t('settings.server.title')}>
      <ServerForm label={t('settings.server.check')} hint={t('firstRun.addressHint')} />
      <p className={styles['reach']} data-state={state} role="status">
        <Icon aria-hidden size={20} />
        <span>
          {words}
          {network && state !== 'unknown' && (
            <span className="quiet">
              {' '}
              {t('sync.since', { time: formats.dateTime(network.since) })}
            </span>
          )}
        </span>
      </p>
    </SettingsSection>
  );
}
