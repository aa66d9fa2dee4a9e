import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconMapPin,
  IconMapPinX,
  IconRepeat,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ScanOutcomeKind } from '../../shared/desktop/tally-views.ts';
import styles from './tally.module.css';

const ICONS: Readonly<Record<ScanOutcomeKind, TablerIcon>> = {
  ok: IconCircleCheck,
  place: IconMapPin,
  unknown: IconHelpCircle,
  wrongPlace: IconMapPinX,
  suspect: IconRepeat,
  problem: IconAlertTriangle,
};

/** What a scan came to, by sign, word and colour. */
export function OutcomeBadge({ kind }: { kind: ScanOutcomeKind }) {
  const { t } = useTranslation();
  const Icon = ICONS[kind];
  return (
    <span className={styles['badge']} data-outcome={kind}>
      <Icon aria-hidden size={18} />
      {t(`tally.outcome.${kind}`)}
    </span>
  );
}
