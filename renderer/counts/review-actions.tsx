import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconPrinter,
  IconRepeat,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLineView, CountSummary } from '../../shared/desktop/count-views.ts';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { usePerson } from '../people/use-person.ts';
import { useKeptFor } from '../people/use-kept-for.ts';
import type { Done } from '../records/done-note.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { mayApproveCounts } from '../../shared/domain/may-approve-counts.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { LineQuestion } from './count-lines-export.tsx';
import { useCountWrites } from './use-count-writes.ts';
import { usePrintCount } from './use-print-count.tsx';
import styles from './counts.module.css';

/** That are asked for another look at once. */
const RECOUNT_MAX = 20_000;
const PAGE = 500;

interface ReviewActionsProps {
  count: CountSummary;
  /** What the list shows. */
  question: LineQuestion;
  onDone: (done: Done) => void;
}

/** Approve, ask for another look, or go on counting. What keeps a count from being approved is said line by line. */
export function ReviewActions({ count, question, onDone }: ReviewActionsProps) {
  const { t } = useTranslation();
  const { approve, recount, setStage, saving, error } = useCountWrites(count, onDone);
  const printing = usePrintCount(count);
  const readLines = useLines(question);
  const [failure, setFailure] = useState<unknown>(null);
  const why = useWhyNot(count);
  const keptFor = useKeptFor('supervisor');
  const isOpen = count.stage === 'review';
  const recountShown = async (): Promise<void> => {
    setFailure(null);
    try {
      await recount(await readLines());
    } catch (unread) {
      setFailure(unread);
    }
  };
  const shown = error ?? failure ?? printing.error;
  return (
    <div className={styles['actions']}>
      {isOpen && (
        <>
          <Button
            leftSection={<IconCircleCheck aria-hidden size={20} />}
            aria-disabled={saving || why !== null || undefined}
            aria-describedby="approve-why"
            onClick={() => {
              if (why === null) void approve();
            }}
          >
            {t('counts.approve')}
          </Button>
          <Button
            variant="light"
            leftSection={<IconRepeat aria-hidden size={20} />}
            aria-disabled={saving || keptFor !== null || undefined}
            aria-describedby="approve-why"
            onClick={() => {
              if (keptFor === null) void recountShown();
            }}
          >
            {t('counts.recountShown')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRotateClockwise aria-hidden size={20} />}
            aria-disabled={saving || undefined}
            onClick={() => void setStage('counting')}
          >
            {t('counts.reopen')}
          </Button>
        </>
      )}
      <Button
        variant="default"
        leftSection={<IconPrinter aria-hidden size={20} />}
        aria-disabled={printing.isReading || undefined}
        onClick={printing.print}
      >
        {t('counts.print')}
      </Button>
      {isOpen && (
        <p id="approve-why" className="quiet">
          {why ?? t('counts.approveHint')}
        </p>
      )}
      {shown !== null && <ErrorWords error={wireErrorOf(shown)} />}
      {printing.printed}
      {isOpen && <Problems count={count} />}
    </div>
  );
}

/** All lines that fit, page by page. */
function useLines(question: LineQuestion): () => Promise<readonly CountLineView[]> {
  const client = useTRPCClient();
  return async () => {
    const all: CountLineView[] = [];
    for (let whole = false; !whole && all.length < RECOUNT_MAX;) {
      const offset = all.length;
      const page = await client.counts.lines.query({ ...question, offset, limit: PAGE });
      all.push(...page.items);
      whole = page.items.length === 0 || all.length >= page.total;
    }
    return all;
  };
}

function useCheck(count: CountSummary) {
  const trpc = useTRPC();
  const { now } = useEnvironment();
  // One instant for as long as the screen is open: what has expired by then is what people see.
  const [at] = useState(now);
  return useQuery(trpc.counts.check.queryOptions({ id: count.id, now: at }));
}

/** Why this person cannot approve this count now; null: they can. */
function useWhyNot(count: CountSummary): string | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const person = usePerson();
  const { data } = useCheck(count);
  if (!person) return t('counts.whyNobody');
  if (count.countedBy.some(({ id }) => id === person.id)) return t('counts.whyCounted');
  if (!mayApproveCounts(person)) return t('counts.whyRole');
  if (data === undefined) return t('counts.whyChecking');
  if (data.errors > 0) {
    return t('counts.whyErrors', { count: data.errors, formatted: formats.number(data.errors) });
  }
  return null;
}

function Problems({ count }: { count: CountSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useCheck(count);
  if (data === undefined || data.problems.length === 0) return null;
  const all = data.errors + data.warnings;
  return (
    <details>
      <summary>{t('counts.problems', { count: all, formatted: formats.number(all) })}</summary>
      <ul className={styles['problems']}>
        {data.problems.map(({ key, code, isError, words }) => {
          const Icon = isError ? IconCircleX : IconAlertTriangle;
          return (
            <li key={`${key} ${code}`} data-error={isError || undefined}>
              <Icon aria-hidden size={18} />
              <span>
                <strong>{words.place ?? '?'}</strong> {words.product ?? t('records.notHere')}:{' '}
                {t(`counts.problem.${code}`)}
              </span>
            </li>
          );
        })}
      </ul>
      {data.problems.length < all && (
        <p className="quiet">{t('counts.moreProblems', { count: all - data.problems.length })}</p>
      )}
    </details>
  );
}
