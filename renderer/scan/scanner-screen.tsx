import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { KeyStroke } from '../../shared/scan/key-stroke.ts';
import { type LearnedProfile, learnProfile } from '../../shared/scan/learn-profile.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { typedText } from '../../shared/scan/typed-text.ts';
import settingsStyles from '../settings/settings.module.css';
import { useSettings } from '../settings/use-settings.ts';
import { ScanTrial } from './scan-trial.tsx';
import { ScannerCalibration } from './scanner-calibration.tsx';
import { ScannerFields } from './scanner-fields.tsx';
import { UnknownCodes } from './unknown-codes.tsx';
import { useScanFeedback } from './use-scan-feedback.ts';
import { useScanTask } from './use-scan-task.ts';
import styles from './scanner.module.css';

export interface Trial {
  frame: ScanFrame;
  strokes: readonly KeyStroke[];
}

/** What the last calibration taught. `other`: it was another barcode. */
export type Lesson = LearnedProfile | 'other' | null;

/** Where a scanner is tried and set up: what it sends, how fast, what it means, and the barcode that teaches the app all that. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ScannerScreen() {
  const { t } = useTranslation();
  const { settings, update, error } = useSettings();
  const feedback = useScanFeedback();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [isLearning, setLearning] = useState(false);
  const [lesson, setLesson] = useState<Lesson>(null);
  useScanTask((frame, strokes) => {
    setTrial({ frame, strokes });
    const learned = learnProfile(strokes);
    if (learned) update({ scanner: { ...learned, separators: [...learned.separators] } });
    if (learned || isLearning) setLesson(learned ?? 'other');
    if (learned) setLearning(false);
    if (learned) feedback('ok', t('scanner.learned'));
    else if (isLearning) feedback('problem', t('scanner.otherBarcode'));
    else feedback('ok', typedText(frame.text));
  });
  if (!settings) return null;
  return (
    <div className={settingsStyles['page']}>
      <Link href="/settings" className={styles['back'] ?? ''}>
        <IconArrowLeft aria-hidden size={20} />
        {t('settings.title')}
      </Link>
      <h1>{t('scanner.title')}</h1>
      <ScanTrial trial={trial} profile={settings.scanner} />
      <ScannerCalibration
        lesson={lesson}
        isLearning={isLearning}
        onLearn={(isOn) => {
          setLesson(null);
          setLearning(isOn);
        }}
      />
      <ScannerFields profile={settings.scanner} update={update} error={error} />
      <UnknownCodes />
    </div>
  );
}
