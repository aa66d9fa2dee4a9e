import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SettingsSection } from './settings-section.tsx';
import { SyncNumberField, type SyncNumberName } from './sync-number-field.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const TRIGGERS = [
  'syncOnPoke',
  'syncOnStart',
  'syncOnOnline',
  'syncOnResume',
  'syncOnLogin',
] as const;
/** Of no use unless failures are tried again. */
const RETRY_NUMBERS = [
  'retryIntervalInSeconds',
  'backoffFactor',
  'maxBackoffSeconds',
  'maxRetries',
] as const;

/** OfflineDataSyncConfiguration in plain words. The names are shown small, because manuals and scripts use them. */
export function AutomaticSettings() {
  const { t } = useTranslation();
  const { settings, update, error } = useSettings();
  if (!settings) return null;
  const { sync } = settings;
  const toggle = (name: (typeof TRIGGERS)[number] | 'retryOnError') => (
    <Switch
      key={name}
      className={styles['choice']}
      classNames={{ description: styles['hint'] ?? '' }}
      label={t(`settings.automatic.${name}`)}
      description={
        <>
          {t(`settings.automatic.hint.${name}`)} <code>{name}</code>
        </>
      }
      checked={sync[name]}
      onChange={(event) => update({ sync: { [name]: event.currentTarget.checked } })}
    />
  );
  const number = (name: SyncNumberName) => (
    <SyncNumberField
      key={name}
      name={name}
      value={sync[name]}
      disabled={name !== 'intervalSeconds' && !sync.retryOnError}
      onSave={(value) => update({ sync: { [name]: value } })}
    />
  );
  return (
    <SettingsSection
      title={t('settings.automatic.title')}
      text={t('settings.automatic.text')}
      error={error}
    >
      {TRIGGERS.map(toggle)}
      {number('intervalSeconds')}
      {toggle('retryOnError')}
      <div className={styles['retries']}>{RETRY_NUMBERS.map(number)}</div>
    </SettingsSection>
  );
}
