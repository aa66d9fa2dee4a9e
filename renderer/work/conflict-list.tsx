import { IconCircleCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportButton } from '../exchange/export-button.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { FieldConflicts } from './field-conflicts.tsx';
import type { RowConflicts } from './group-conflicts.ts';
import { useConflicts } from './use-conflicts.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import { WholeRowConflict } from './whole-row-conflict.tsx';
import type { Decide } from './decision.ts';
import { CONFLICT_COLUMNS } from './work-file.ts';
import styles from './work.module.css';

/** Rows that a person has to decide about, each with its versions side by side. */
export function ConflictList() {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const { one: entityWord } = useRecordWords();
  const words = useRef<HTMLParagraphElement>(null);
  const [decided, setDecided] = useState<string | null>(null);
  const { rows, error, resolve, resolving, resolveError } = useConflicts();

  const decide =
    (row: RowConflicts): Decide =>
    (resolutions) => {
      if (resolving) return;
      const title = row.title ?? entityWord(row.entity);
      resolve(resolutions).then(
        () => {
          setDecided(t('decide.decided', { title }));
          // The button that was pressed goes with its row.
          words.current?.focus();
        },
        // Shown below; the row stays as it was.
        () => undefined,
      );
    };
  return (
    <div className={styles['lists']}>
      <p className={styles['done']} role="status" tabIndex={-1} ref={words}>
        {decided}
      </p>
      {resolveError !== null && <ErrorWords error={wireErrorOf(resolveError)} />}
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {!rows && error === null && <p className="quiet">{t('records.loading')}</p>}
      {rows?.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck aria-hidden size={40} stroke={1.5} />}
          title={t('decide.empty')}
          text={t('decide.emptyHint')}
        />
      )}
      {rows && rows.length > 0 && (
        <>
          <p className="quiet">{t('decide.intro')}</p>
          <ExportButton
            name="tallyman-decisions"
            columns={CONFLICT_COLUMNS}
            pages={async function* readAll(signal) {
              yield await client.work.conflicts.query(undefined, { signal });
            }}
          />
        </>
      )}
      {rows?.map((row) =>
        row.whole ? (
          <WholeRowConflict key={row.key} row={row} whole={row.whole} onDecide={decide(row)} />
        ) : (
          <FieldConflicts key={row.key} row={row} onDecide={decide(row)} />
        ),
      )}
    </div>
  );
}
