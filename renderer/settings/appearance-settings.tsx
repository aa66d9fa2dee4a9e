import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Settings } from '../../shared/desktop/settings.ts';
import { LANGUAGE_NAMES, preferredLanguage } from '../i18n/languages.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const SCHEMES: readonly Settings['colorScheme'][] = ['system', 'light', 'dark'];

export function AppearanceSettings() {
  const { t } = useTranslation();
  const { settings, update, error } = useSettings();
  if (!settings) return null;
  return (
    <SettingsSection title={t('settings.appearance.title')} error={error}>
      <Select
        className={styles['language']}
        label={t('settings.appearance.language')}
        allowDeselect={false}
        data={[
          {
            value: 'system',
            label: t('settings.appearance.languageSystem', {
              name: LANGUAGE_NAMES[preferredLanguage(navigator.languages)],
            }),
          },
          ...LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] })),
        ]}
        value={settings.language}
        onChange={(language) => {
          if (language !== null) update({ language: language });
        }}
      />
      <div>
        <span className={styles['label']} id="colour-scheme">
          {t('settings.appearance.colorScheme')}
        </span>
        <SegmentedControl
          aria-labelledby="colour-scheme"
          size="md"
          className={styles['schemes']}
          data={SCHEMES.map((scheme) => ({
            value: scheme,
            label: t(`settings.appearance.${scheme}`),
          }))}
          value={settings.colorScheme}
          onChange={(scheme) => update({ colorScheme: scheme })}
        />
      </div>
    </SettingsSection>
  );
}
