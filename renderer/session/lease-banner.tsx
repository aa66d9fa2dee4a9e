import { Button } from '@mantine/core';
import { IconCalendarExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LEASE_WARNING_DAYS } from '../../shared/desktop/session-views.ts';
import { useNow } from '../use-now.ts';
import { useSignedIn } from './use-session.ts';
import styles from './session.module.css';

const DAY_MS = 86_400_000;
const LOOKED_AT_EVERY_MS = 60_000;

/** Tells in time that the laptop will ask for the server: at each of a few days it comes back, however often it was put away. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function LeaseBanner() {
  const { t } = useTranslation();
  const now = useNow(LOOKED_AT_EVERY_MS);
  const person = useSignedIn();
  const [putAway, setPutAway] = useState<number | null>(null);
  if (!person) return null;
  const left = Math.max(0, Math.ceil((person.leaseEndsAt - now) / DAY_MS));
  const threshold = LEASE_WARNING_DAYS.findLast((days) => left <= days);
  if (threshold === undefined || putAway === threshold) return null;
  return (
    <div className={styles['lease']} role="status" data-urgent={threshold === 1 || undefined}>
      <IconCalendarExclamation aria-hidden size={20} />
      <span>
        <strong>{t('account.lease', { count: left, formatted: left })}</strong>{' '}
        {t('account.leaseText')}
      </span>
      <Button variant="default" onClick={() => setPutAway(threshold)}>
        {t('account.leaseClose')}
      </Button>
    </div>
  );
}
