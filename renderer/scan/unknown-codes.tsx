import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import { useScanDesk } from './scan-desk.ts';
import styles from './scanner.module.css';

/** Codes that nothing has, kept for whoever looks after the catalogue. Gone when the app is closed. */
export function UnknownCodes() {
  const { t } = useTranslation();
  const formats = useFormats();
  const desk = useScanDesk();
  const codes = useSyncExternalStore(desk.subscribe, desk.unknown);
  return (
    <SettingsSection title={t('scanner.unknown')} text={t('scanner.unknownText')}>
      {codes.length === 0 ? (
        <p className="quiet">{t('scanner.noUnknown')}</p>
      ) : (
        <>
          <ul className={styles['unknown']}>
            {codes.map(({ code, at }) => (
              <li key={code}>
                <code>{code}</code>
                <span className="quiet">{formats.time(at)}</span>
              </li>
            ))}
          </ul>
          <Button
            variant="default"
            className={styles['action'] ?? ''}
            onClick={() => desk.forgetUnknown()}
          >
            {t('scanner.forgetUnknown')}
          </Button>
        </>
      )}
    </SettingsSection>
  );
}
