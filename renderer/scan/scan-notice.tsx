import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconMapPinX,
  IconRepeat,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanDesk } from './scan-desk.ts';
import type { ScanOutcome } from './tones.ts';
import styles from './scan.module.css';

/** Long enough to be read from an arm's length, gone before it is in the way. */
const SHOWN_MS = 3_500;

const ICONS: Readonly<Record<ScanOutcome, TablerIcon>> = {
  ok: IconCircleCheck,
  unknown: IconHelpCircle,
  wrongPlace: IconMapPinX,
  suspect: IconRepeat,
  problem: IconAlertTriangle,
};

/** What came of the last scan: an edge around the window, a sign, a word, and the words read out. */
export function ScanNotice({ desk, flash }: { desk: ScanDesk; flash: boolean }) {
  const { t } = useTranslation();
  const notice = useSyncExternalStore(desk.subscribe, desk.notice);
  const [hidden, setHidden] = useState(0);
  const number = notice?.number ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => setHidden(number), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [number]);
  const isShown = notice !== null && hidden !== number;
  const Icon = notice ? ICONS[notice.outcome] : null;
  return (
    <>
      {isShown && flash && (
        <div key={number} className={styles['edge']} data-outcome={notice.outcome} aria-hidden />
      )}
      <div
        className={styles['notice']}
        role="status"
        data-testid="scan-notice"
        data-outcome={notice?.outcome}
        data-shown={isShown || undefined}
      >
        {notice && Icon && (
          // A new element each time, so that the same words twice are read out twice.
          <span key={number} className={styles['words']}>
            <Icon aria-hidden size={22} />
            <strong>{t(`scan.outcome.${notice.outcome}`)}</strong>
            <span>{notice.text}</span>
          </span>
        )}
      </div>
    </>
  );
}
