import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistoryState } from 'wouter/use-browser-location';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { type Done, DoneNote } from '../records/done-note.tsx';
import { CountActions } from './count-actions.tsx';
import { CountPage } from './count-page.tsx';
import { CountPlaces } from './count-places.tsx';
import { namesOf } from './names-of.ts';
import { usePlanWords } from './use-plan-words.ts';
import styles from './counts.module.css';

/** One count: what it is about, who counts it, how far it is, and its places. */
export function CountDetailScreen({ id }: { id: string }) {
  return (
    <CountPage id={id} back="list">
      {(count) => <Details count={count} />}
    </CountPage>
  );
}

function Details({ count }: { count: CountSummary }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const planWords = usePlanWords();
  const cameFrom = useHistoryState<{ done?: Done } | null>();
  const [done, setDone] = useState<Done | null>(cameFrom?.done ?? null);
  const { counters, countedBy, dueAt, repeatDays, blind, approvedBy, approvedAt, note } = count;
  const facts: (readonly [string, string])[] = [
    [t('records.column.site_id'), count.siteCode],
    [t('counts.what'), planWords(count)],
    [t('counts.dueAt'), dueAt === null ? '–' : formats.dateTime(dueAt)],
    [t('counts.counters'), counters.length === 0 ? t('counts.anybody') : namesOf(counters)],
    [t('counts.blind'), t(blind ? 'counts.blindOn' : 'counts.blindOff')],
  ];
  if (repeatDays !== null) {
    facts.push([t('counts.repeat'), t('counts.everyDays', { count: repeatDays })]);
  }
  if (countedBy.length > 0) facts.push([t('counts.countedBy'), namesOf(countedBy)]);
  if (approvedBy !== null && approvedAt !== null) {
    facts.push([t('counts.approvedBy'), namesOf([approvedBy])]);
    facts.push([t('counts.approvedAt'), formats.dateTime(approvedAt)]);
  }
  if (note !== null) facts.push([t('records.column.note'), note]);
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CountActions count={count} onDone={setDone} />
      <DoneNote done={done} />
      <CountPlaces count={count} />
    </>
  );
}
