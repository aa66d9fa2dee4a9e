import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AUTO_LOCK_MINUTES } from '../../shared/desktop/session-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useSignedIn } from '../session/use-session.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const MINUTE_MS = 60_000;
const NEVER = 'never';

/** When a laptop that was left alone locks. Only where people sign in. */
export function LockSettings() {
  const { t } = useTranslation();
  const formats = useFormats();
  const person = useSignedIn();
  const { settings, update, error } = useSettings();
  if (!settings || !person) return null;
  const choose = (value: string): void =>
    update({ autoLockMinutes: AUTO_LOCK_MINUTES.find((one) => String(one) === value) ?? null });
  return (
    <SettingsSection title={t('settings.lock.title')} text={t('settings.lock.text')} error={error}>
      <NativeSelect
        className={styles['seconds'] ?? ''}
        label={t('settings.lock.after')}
        data={[
          ...AUTO_LOCK_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: formats.duration(minutes * MINUTE_MS),
          })),
          { value: NEVER, label: t('settings.lock.never') },
        ]}
        value={String(settings.autoLockMinutes ?? NEVER)}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </SettingsSection>
  );
}
