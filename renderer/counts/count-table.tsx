import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from '../records/record-badges.tsx';
import { type CountState, CountStateBadge } from './count-state.tsx';
import { usePlanWords } from './use-plan-words.ts';
import { namesOf } from './names-of.ts';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

interface CountTableProps {
  state: CountState;
  /** Not empty. */
  counts: readonly CountSummary[];
  showsSite: boolean;
}

/** Counts that are equally far. Their code leads to them. */
export function CountTable({ state, counts, showsSite }: CountTableProps) {
  const { t } = useTranslation();
  const [first] = counts;
  return (
    <section className={recordStyles['card']} aria-labelledby={`counts-${state}`}>
      <h2 id={`counts-${state}`} className={styles['stateTitle']}>
        {first && <CountStateBadge count={first} />}
      </h2>
      <div className={recordStyles['scroll']}>
        <table className={recordStyles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('counts.code')}</th>
              {showsSite && <th scope="col">{t('records.column.site_id')}</th>}
              <th scope="col">{t('counts.what')}</th>
              <th scope="col">{t('counts.dueAt')}</th>
              <th scope="col">{t('counts.who')}</th>
              <th scope="col">{t('counts.progress')}</th>
              <th scope="col">{t('records.status')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <CountRow key={count.id} count={count} showsSite={showsSite} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function CountRow({ count, showsSite }: { count: CountSummary; showsSite: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const planWords = usePlanWords();
  const { id, code, siteCode, dueAt, counters, countedBy, placesDone, lines, stage } = count;
  const people = countedBy.length > 0 ? countedBy : counters;
  const progress = [
    t('counts.placesDone', { count: placesDone, formatted: formats.number(placesDone) }),
    t('counts.lineCount', { count: lines, formatted: formats.number(lines) }),
  ];
  return (
    <tr>
      <td>
        <Link
          href={`/counts/${id}${stage === 'review' ? '/review' : ''}`}
          className={styles['open'] ?? ''}
        >
          {code}
        </Link>
      </td>
      {showsSite && <td>{siteCode}</td>}
      <td>{planWords(count)}</td>
      <td>{dueAt === null ? '–' : formats.dateTime(dueAt)}</td>
      <td>{people.length === 0 ? t('counts.anybody') : namesOf(people)}</td>
      <td>{progress.join(' · ')}</td>
      <td>
        <RecordBadges pending={count.pending} conflict={count.conflict} />
      </td>
    </tr>
  );
}
