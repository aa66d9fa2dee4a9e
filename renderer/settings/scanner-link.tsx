import { IconScan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

/** The way to where a scanner is tried and set up. */
export function ScannerLink() {
  const { t } = useTranslation();
  const { settings } = useSettings();
  if (!settings) return null;
  return (
    <SettingsSection title={t('scanner.title')} text={t('scanner.linkText')}>
      <p>
        {t('scanner.speaks', {
          layout: t(`scanner.layouts.${settings.scanner.layout}`),
          suffix: t(`scanner.suffixes.${settings.scanner.suffix}`),
        })}
      </p>
      <Link href="/settings/scanner" className={styles['link'] ?? ''}>
        <IconScan aria-hidden size={20} />
        {t('scanner.open')}
      </Link>
    </SettingsSection>
  );
}
