import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconHandStop,
  IconHourglass,
  IconSend,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OperationState, OperationView } from '../../shared/desktop/work-views.ts';
import styles from './work.module.css';

type Tone = 'quiet' | 'good' | 'warn' | 'bad';

const LOOKS: Readonly<Record<OperationState | 'sent', readonly [TablerIcon, Tone]>> = {
  waiting: [IconHourglass, 'quiet'],
  sent: [IconSend, 'quiet'],
  held: [IconHandStop, 'warn'],
  conflict: [IconHandStop, 'warn'],
  applied: [IconCircleCheck, 'good'],
  rejected: [IconBan, 'bad'],
  blocked: [IconBan, 'bad'],
  parked: [IconAlertTriangle, 'bad'],
  discarded: [IconTrash, 'quiet'],
};

/** Where an operation stands: shape, colour and words. */
export function OperationStateWord({ operation }: { operation: OperationView }) {
  const { t } = useTranslation();
  const word = operation.state === 'waiting' && operation.sent ? 'sent' : operation.state;
  const [Icon, tone] = LOOKS[word];
  return (
    <span className={styles['state']} data-tone={tone}>
      <Icon aria-hidden size={18} />
      {t(`work.state.${word}`)}
    </span>
  );
}
