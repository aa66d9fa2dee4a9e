import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconScan } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearnedProfile } from '../../shared/scan/learn-profile.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import { lazyPart } from '../shell/lazy-part.tsx';
import { useScanDesk } from './scan-desk.ts';
import type { Lesson } from './scanner-screen.tsx';
import styles from './scanner.module.css';

const CalibrationBarcode = lazyPart(() => import('./calibration-barcode.tsx'));

interface ScannerCalibrationProps {
  lesson: Lesson;
  isLearning: boolean;
  onLearn: (isOn: boolean) => void;
}

/** One barcode teaches the app how the scanner types. While it learns, every burst of keys is taken for a scan. */
export function ScannerCalibration({ lesson, isLearning, onLearn }: ScannerCalibrationProps) {
  const { t } = useTranslation();
  const desk = useScanDesk();
  useEffect(() => (isLearning ? desk.startLearning() : undefined), [desk, isLearning]);
  return (
    <SettingsSection title={t('scanner.calibrate')} text={t('scanner.calibrateText')}>
      <Button
        variant={isLearning ? 'filled' : 'default'}
        className={styles['action'] ?? ''}
        aria-pressed={isLearning}
        leftSection={<IconScan aria-hidden size={20} />}
        onClick={() => onLearn(!isLearning)}
      >
        {t(isLearning ? 'scanner.stopLearning' : 'scanner.learn')}
      </Button>
      <div role="status">
        {isLearning && lesson === null && <p>{t('scanner.scanNow')}</p>}
        {lesson === 'other' && (
          <p className={styles['problem']}>
            <IconAlertTriangle aria-hidden size={20} />
            {t('scanner.otherBarcode')}
          </p>
        )}
        {lesson !== null && lesson !== 'other' && <Learned lesson={lesson} />}
      </div>
      <Suspense fallback={null}>
        <CalibrationBarcode />
      </Suspense>
    </SettingsSection>
  );
}

function Learned({ lesson }: { lesson: LearnedProfile }) {
  const { t } = useTranslation();
  const [separator] = lesson.separators;
  return (
    <>
      <p className={styles['good']}>
        <IconCircleCheck aria-hidden size={20} />
        {t('scanner.learned')}
      </p>
      {separator === undefined && (
        <p className={styles['problem']}>
          <IconAlertTriangle aria-hidden size={20} />
          {t('scanner.noSeparator')}
        </p>
      )}
    </>
  );
}
