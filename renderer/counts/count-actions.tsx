import { Button } from '@mantine/core';
import {
  IconBan,
  IconEyeCheck,
  IconPlayerPlay,
  IconPrinter,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useCommand } from '../commands/use-command.ts';
import { useKeptFor } from '../people/use-kept-for.ts';
import type { Done } from '../records/done-note.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { useCountWrites } from './use-count-writes.ts';
import { usePrintCount } from './use-print-count.tsx';
import styles from './counts.module.css';

interface CountActionsProps {
  count: CountSummary;
  onDone: (done: Done) => void;
}

/** Count, hand over for review, print, cancel, reopen: what fits how far the count is. */
export function CountActions({ count, onDone }: CountActionsProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { setStage, saving, error } = useCountWrites(count, onDone);
  const printing = usePrintCount(count);
  const { id, code, stage } = count;
  const isCountingKept = useKeptFor('counter');
  const isOpen = stage === 'planned' || stage === 'counting';
  useCommand({
    id: 'countThis',
    words: t('counts.countOne', { code }),
    Icon: IconPlayerPlay,
    run: () => navigate(`/counts/${id}/counting`),
    isEnabled: () => isOpen && isCountingKept === null,
  });
  useCommand({
    id: 'printCount',
    words: t('counts.print'),
    Icon: IconPrinter,
    run: printing.print,
  });
  const busy = saving || undefined;
  const shown = error ?? printing.error;
  return (
    <div className={styles['actions']}>
      {isOpen && isCountingKept === null && (
        <Button
          component={Link}
          href={`/counts/${id}/counting`}
          leftSection={<IconPlayerPlay aria-hidden size={20} />}
        >
          {t(stage === 'planned' ? 'counts.start' : 'counts.count')}
        </Button>
      )}
      {stage === 'counting' && isCountingKept === null && (
        <Button
          variant="light"
          leftSection={<IconEyeCheck aria-hidden size={20} />}
          aria-disabled={busy}
          onClick={() => void setStage('review')}
        >
          {t('counts.toReview')}
        </Button>
      )}
      {(stage === 'review' || stage === 'approved') && (
        <Button
          component={Link}
          href={`/counts/${id}/review`}
          leftSection={<IconEyeCheck aria-hidden size={20} />}
        >
          {t(stage === 'review' ? 'counts.review' : 'counts.result')}
        </Button>
      )}
      {(stage === 'review' || stage === 'cancelled') && isCountingKept === null && (
        <Button
          variant="light"
          leftSection={<IconRotateClockwise aria-hidden size={20} />}
          aria-disabled={busy}
          onClick={() => void setStage('counting')}
        >
          {t('counts.reopen')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPrinter aria-hidden size={20} />}
        aria-disabled={printing.isReading || undefined}
        onClick={printing.print}
      >
        {t('counts.print')}
      </Button>
      <CancelCount stage={stage} isBusy={saving} onCancel={() => void setStage('cancelled')} />
      {isOpen && isCountingKept !== null && <p className="quiet">{isCountingKept}</p>}
      {shown !== null && <ErrorWords error={wireErrorOf(shown)} />}
      {printing.printed}
    </div>
  );
}

interface CancelCountProps {
  stage: CountSummary['stage'];
  isBusy: boolean;
  onCancel: () => void;
}

/** Whoever may plan a count may call it off. */
function CancelCount({ stage, isBusy, onCancel }: CancelCountProps) {
  const { t } = useTranslation();
  const keptFor = useKeptFor('supervisor');
  if (stage === 'approved' || stage === 'cancelled' || keptFor !== null) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconBan aria-hidden size={20} />}
      aria-disabled={isBusy || undefined}
      onClick={onCancel}
    >
      {t('counts.cancel')}
    </Button>
  );
}
