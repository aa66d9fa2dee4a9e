import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { RowConflicts } from './group-conflicts.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import styles from './work.module.css';

/** Which row it is and what happened to it, around what can be chosen. */
export function ConflictCard({ row, children }: { row: RowConflicts; children: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { one: entityWord } = useRecordWords();
  const id = useId();
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <div className={styles['conflictHead']}>
        <h2 id={id}>
          <span className={styles['what']}>{entityWord(row.entity)}</span>{' '}
          {row.title !== null && <span className={styles['operationTitle']}>{row.title}</span>}
        </h2>
        <time className={styles['meta']} dateTime={new Date(row.at).toISOString()}>
          {formats.dateTime(row.at)}
        </time>
      </div>
      <p>{t(`decide.kind.${row.kind}`)}</p>
      {children}
    </section>
  );
}
