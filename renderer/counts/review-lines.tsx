import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLineView, CountSummary } from '../../shared/desktop/count-views.ts';
import type { Done } from '../records/done-note.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { ReviewLine } from './review-line.tsx';
import { useCountWrites } from './use-count-writes.ts';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

interface ReviewLinesProps {
  count: CountSummary;
  lines: readonly CountLineView[];
  onDone: (done: Done) => void;
}

/** Lines against the book. One tab stop: arrows walk, Enter opens what is known of a line, R asks for another look. */
export function ReviewLines({ count, lines, onDone }: ReviewLinesProps) {
  const { t } = useTranslation();
  const writes = useCountWrites(count, onDone);
  const [opened, setOpened] = useState<string | null>(null);
  const [focused, setFocused] = useState(0);
  const isOpen = count.stage === 'review';
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number): void => {
    const line = lines[at];
    if (event.key === 'r' && line && isOpen) void writes.recount([line]);
    else if (event.key === 'ArrowDown') focusLine(event.currentTarget, at + 1);
    else if (event.key === 'ArrowUp') focusLine(event.currentTarget, at - 1);
    else return;
    event.preventDefault();
  };
  const toggle = (lineId: string): void => setOpened((was) => (was === lineId ? null : lineId));
  const stop = Math.min(focused, lines.length - 1);
  return (
    <>
      {writes.error !== null && <ErrorWords error={wireErrorOf(writes.error)} />}
      <div className={recordStyles['scroll']}>
        <table className={recordStyles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('counts.place')}</th>
              <th scope="col">{t('counts.product')}</th>
              <th scope="col">{t('counts.lot')}</th>
              <th scope="col" className={styles['number']}>
                {t('counts.book')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('counts.counted')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('counts.difference')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('counts.worth')}
              </th>
              <th scope="col">{t('records.status')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <ReviewLine
                key={line.lineId}
                line={line}
                siteId={count.siteId}
                at={at}
                isStop={at === stop}
                isOpened={opened === line.lineId}
                isOpen={isOpen}
                writes={writes}
                onFocus={() => setFocused(at)}
                onKeyDown={(event) => onKeyDown(event, at)}
                onToggle={() => toggle(line.lineId)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function focusLine(from: HTMLElement, at: number): void {
  from.closest('tbody')?.querySelector<HTMLElement>(`[data-line="${at}"]`)?.focus();
}
