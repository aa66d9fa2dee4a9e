import { Button } from '@mantine/core';
import { IconArrowLeft, IconClipboardOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { CountStateBadge } from './count-state.tsx';
import { useCount } from './use-count.ts';
import recordStyles from '../records/records.module.css';

interface CountPageProps {
  id: string;
  /** Where the way back leads: to all counts, or to the count itself. */
  back: 'list' | 'count';
  children: (count: CountSummary) => ReactNode;
}

/** The frame of all screens of one count. */
export function CountPage({ id, back, children }: CountPageProps) {
  const { t } = useTranslation();
  const { count, error } = useCount(id);
  return (
    <div className={recordStyles['page']}>
      <Button
        component={Link}
        href={back === 'list' ? '/counts' : `/counts/${id}`}
        variant="subtle"
        className={recordStyles['start'] ?? ''}
        leftSection={<IconArrowLeft aria-hidden size={20} />}
      >
        {back === 'list' ? t('counts.back') : (count?.code ?? t('counts.back'))}
      </Button>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {count === null && (
        <EmptyState
          icon={<IconClipboardOff aria-hidden size={44} stroke={1.4} />}
          title={t('counts.missing')}
          text={t('counts.missingHint')}
        />
      )}
      {count && (
        <>
          <header className={recordStyles['head']}>
            <h1>{count.code}</h1>
            <CountStateBadge count={count} />
            <RecordBadges pending={count.pending} conflict={count.conflict} />
          </header>
          {children(count)}
        </>
      )}
    </div>
  );
}
