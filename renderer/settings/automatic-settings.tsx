import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SecondsField } from './seconds-field.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const TRIGGERS = ['syncOnStart', 'syncOnOnline', 'syncOnResume', 'syncOnLogin'] as const;

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
      description={<code>{name}</code>}
      checked={sync[name]}
      onChange={(event) => update({ sync: { [name]: event.currentTarget.checked } })}
    />
  );
  return (
    <SettingsSection
      title={t('settings.automatic.title')}
      text={t('settings.automatic.text')}
      error={error}
    >
      {TRIGGERS.map(toggle)}
      <SecondsField
        name="intervalSeconds"
        value={sync.intervalSeconds}
        onSave={(intervalSeconds) => update({ sync: { intervalSeconds } })}
      />
      {toggle('retryOnError')}
      {sync.retryOnError && (
        <SecondsField
          name="retryIntervalInSeconds"
          value={sync.retryIntervalInSeconds}
          onSave={(retryIntervalInSeconds) => update({ sync: { retryIntervalInSeconds } })}
        />
      )}
    </SettingsSection>
  );
}
