import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudOff,
  IconHandStop,
  IconHourglass,
  IconPlugConnectedX,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import type { StatusWord } from './status-word.ts';
import styles from './sync.module.css';

type Tone = 'good' | 'busy' | 'quiet' | 'warn' | 'bad';

const LOOKS: Readonly<Record<StatusWord, readonly [TablerIcon, Tone]>> = {
  loading: [IconHourglass, 'quiet'],
  lost: [IconPlugConnectedX, 'bad'],
  decision: [IconHandStop, 'warn'],
  firstSync: [IconRefresh, 'busy'],
  syncing: [IconRefresh, 'busy'],
  noServer: [IconPlugConnectedX, 'quiet'],
  offline: [IconCloudOff, 'warn'],
  error: [IconAlertTriangle, 'bad'],
  neverSynced: [IconHourglass, 'quiet'],
  upToDate: [IconCircleCheck, 'good'],
};

/** Shape and colour together: never colour alone. */
export function StatusIcon({ word, size = 22 }: { word: StatusWord; size?: number | undefined }) {
  const [Icon, tone] = LOOKS[word];
  return <Icon aria-hidden size={size} stroke={2} className={styles['icon']} data-tone={tone} />;
}
