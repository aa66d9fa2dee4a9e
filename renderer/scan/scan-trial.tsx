import { Button } from '@mantine/core';
import { IconBarcode, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { GS } from '../../shared/scan/group-separator.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import { createMockScanner } from './mock-scanner.ts';
import { ScanKeys } from './scan-keys.tsx';
import { ScanReading } from './scan-reading.tsx';
import type { Trial } from './scanner-screen.tsx';
import styles from './scanner.module.css';

/** An article with a lot, a day of expiry, a serial number and a count, as a GS1 label has them. */
const SAMPLE = `01095060001343521726123110LOT-7a${GS}21SN0042${GS}3012`;
/** As scanners commonly are. */
const SAMPLE_MS_PER_KEY = 8;

/** Scan anything here: what came, and what it means. */
export function ScanTrial({ trial, profile }: { trial: Trial | null; profile: ScannerProfile }) {
  const { t } = useTranslation();
  const play = (): void => {
    const scanner = createMockScanner({ page: window, profile, msPerKey: SAMPLE_MS_PER_KEY });
    scanner.wait(profile.gapMs * 2);
    scanner.scan(SAMPLE);
  };
  return (
    <SettingsSection title={t('scanner.try')} text={t('scanner.tryText')}>
      {trial ? (
        <>
          <ScanReading frame={trial.frame} profile={profile} />
          <ScanKeys strokes={trial.strokes} />
        </>
      ) : (
        <p className={styles['waiting']}>
          <IconBarcode aria-hidden size={36} stroke={1.4} />
          {t('scanner.waiting')}
        </p>
      )}
      <Button
        variant="default"
        className={styles['action'] ?? ''}
        leftSection={<IconPlayerPlay aria-hidden size={20} />}
        onClick={play}
      >
        {t('scanner.play')}
      </Button>
    </SettingsSection>
  );
}
