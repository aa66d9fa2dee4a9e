import {
  IconAlertTriangle,
  IconCircleCheck,
  IconDeviceLaptopOff,
  IconHourglass,
  IconMessageQuestion,
  IconUserExclamation,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ERROR_CODES } from '../../shared/errors.ts';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { healthOf, type LaptopState } from './health-of.ts';
import styles from './admin.module.css';

const LOOKS: Readonly<
  Record<LaptopState, { Icon: TablerIcon; tone: 'good' | 'warn' | 'bad' | 'quiet' }>
> = {
  fine: { Icon: IconCircleCheck, tone: 'good' },
  behind: { Icon: IconHourglass, tone: 'warn' },
  failed: { Icon: IconAlertTriangle, tone: 'bad' },
  attention: { Icon: IconUserExclamation, tone: 'bad' },
  silent: { Icon: IconMessageQuestion, tone: 'quiet' },
  leaving: { Icon: IconHourglass, tone: 'warn' },
  cleared: { Icon: IconDeviceLaptopOff, tone: 'quiet' },
};

/** How the sync of a laptop is doing, as it last said: a word, then what it is made of. */
export function LaptopHealth({ laptop, now }: { laptop: AdminDevice; now: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const state = healthOf(laptop, now);
  const { Icon, tone } = LOOKS[state];
  const { health, quarantined } = laptop;
  const counted = (key: 'waiting' | 'refused' | 'conflicts' | 'quarantined', count: number) =>
    count === 0 ? null : t(`admin.laptops.${key}`, { count, formatted: formats.number(count) });
  const age = (at: number): string => formats.relative(at, now) ?? t('time.justNow');
  const failure = ERROR_CODES.find((code) => code === health?.lastErrorCode);
  const facts = [
    ...(health && state !== 'cleared'
      ? [
          counted('waiting', health.waiting),
          health.oldestWaitingAt === null
            ? null
            : t('admin.laptops.oldest', { age: age(health.oldestWaitingAt) }),
          counted('refused', health.refused),
          counted('conflicts', health.conflicts),
          failure === undefined ? null : t(`error.${failure}.title`),
          health.lastSyncAt === null
            ? t('admin.laptops.neverSynced')
            : t('admin.laptops.synced', { age: age(health.lastSyncAt) }),
        ]
      : []),
    counted('quarantined', quarantined),
  ].filter((fact) => fact !== null);
  return (
    <>
      <span className={styles['state']} data-tone={tone}>
        <Icon aria-hidden size={18} />
        {t(`admin.laptops.state.${state}`)}
      </span>
      {facts.length > 0 && <small>{facts.join(' · ')}</small>}
    </>
  );
}
