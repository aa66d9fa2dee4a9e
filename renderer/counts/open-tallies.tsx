import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import styles from './counts.module.css';

/** Counting that was interrupted, by whatever it was, comes back unasked. Nothing if there is none. */
export function OpenTallies() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.tally.list.queryOptions({}));
  const open = data.filter(
    ({ kind, subjectId, scans, lines }) =>
      kind === 'count' && subjectId !== null && scans + lines > 0,
  );
  return open.map(({ tallyId, subjectId, subjectCode, locationId, locationCode, scans, lines }) => {
    const amount = Math.max(scans, lines);
    return (
      <Button
        key={tallyId}
        component={Link}
        href={`/counts/${subjectId ?? ''}/counting${locationId === null ? '' : `/${locationId}`}`}
        variant="light"
        size="md"
        className={styles['goOn'] ?? ''}
        leftSection={<IconPlayerPlay aria-hidden size={20} />}
      >
        {t('counts.goOn', {
          place: locationCode ?? subjectCode ?? '',
          code: subjectCode ?? '',
          count: amount,
          formatted: formats.number(amount),
        })}
      </Button>
    );
  });
}
