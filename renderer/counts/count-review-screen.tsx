import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CountSummary,
  LINE_FILTERS,
  type LineFilter,
} from '../../shared/desktop/count-views.ts';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { CountLinesExport } from './count-lines-export.tsx';
import { CountPage } from './count-page.tsx';
import { CountTotalsList } from './count-totals.tsx';
import { Pager } from './pager.tsx';
import { ReviewActions } from './review-actions.tsx';
import { ReviewLines } from './review-lines.tsx';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

const PAGE = 100;

/** What a count found against what should have been there, and the decision about it. */
export function CountReviewScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <CountPage id={id} back="count">
      {(count) =>
        count.blind && (count.stage === 'planned' || count.stage === 'counting') ? (
          <p>{t('counts.blindReview')}</p>
        ) : (
          <Review count={count} />
        )
      }
    </CountPage>
  );
}

function Review({ count }: { count: CountSummary }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [done, setDone] = useState<Done | null>(null);
  const [filter, setFilter] = useState<LineFilter>('differences');
  const [text, setText] = useState('');
  const [isByValue, setByValue] = useState(true);
  const [offset, setOffset] = useState(0);
  const sort = isByValue ? ('value' as const) : ('place' as const);
  const question = { countId: count.id, filter, text, sort };
  const { data, error } = useQuery(
    trpc.counts.lines.queryOptions(
      { ...question, offset, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      {data?.totals && <CountTotalsList totals={data.totals} />}
      <ReviewActions count={count} question={question} onDone={setDone} />
      <DoneNote done={done} />
      <section className={recordStyles['card']} aria-labelledby="review-lines">
        <h2 id="review-lines">{t('counts.lines')}</h2>
        <p className="quiet">{t('counts.reviewKeys')}</p>
        <div className={styles['tools']}>
          <SegmentedControl
            aria-label={t('counts.show')}
            data={LINE_FILTERS.map((value) => ({ value, label: t(`counts.filter.${value}`) }))}
            value={filter}
            onChange={(value) => {
              setOffset(0);
              setFilter(LINE_FILTERS.find((one) => one === value) ?? 'all');
            }}
          />
          <TextInput
            className={styles['search']}
            type="search"
            label={t('counts.findLine')}
            maxLength={200}
            value={text}
            onChange={(event) => {
              setOffset(0);
              setText(event.currentTarget.value);
            }}
          />
          <Switch
            size="md"
            label={t('counts.byValue')}
            checked={isByValue}
            onChange={(event) => setByValue(event.currentTarget.checked)}
          />
        </div>
        {error !== null && <ErrorWords error={wireErrorOf(error)} />}
        {data === undefined && error === null && <p className="quiet">{t('records.loading')}</p>}
        {data?.total === 0 && <p className="quiet">{t('counts.noLines')}</p>}
        {data && data.total > 0 && (
          <ReviewLines count={count} lines={data.items} onDone={setDone} />
        )}
        {data && <Pager offset={offset} total={data.total} page={PAGE} onOffset={setOffset} />}
      </section>
      <CountLinesExport count={count} question={question} />
    </>
  );
}
