import {
  IconBan,
  IconCalendarDue,
  IconCalendarEvent,
  IconCircleCheck,
  IconEyeCheck,
  IconListCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useEnvironment } from '../environment.ts';
import styles from './counts.module.css';

const ICONS = {
  due: IconCalendarDue,
  planned: IconCalendarEvent,
  counting: IconListCheck,
  review: IconEyeCheck,
  approved: IconCircleCheck,
  cancelled: IconBan,
} as const satisfies Record<string, TablerIcon>;

export type CountState = keyof typeof ICONS;

/** Those that wait for somebody come first. */
export const COUNT_STATES = Object.keys(ICONS) as CountState[];

export function countState({ stage, dueAt }: CountSummary, now: number): CountState {
  return stage === 'planned' && dueAt !== null && dueAt <= now ? 'due' : stage;
}

/** How far a count is, by word, sign and colour. */
export function CountStateBadge({ count }: { count: CountSummary }) {
  const { t } = useTranslation();
  const { now } = useEnvironment();
  const state = countState(count, now());
  const Icon = ICONS[state];
  return (
    <span className={styles['state']} data-state={state}>
      <Icon aria-hidden size={20} />
      {t(`counts.state.${state}`)}
    </span>
  );
}
