import {
  IconAlertTriangle,
  IconCheck,
  IconInfoCircle,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncLogEntry, SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useNoteWords } from './use-note-words.ts';
import frame from '../style/frame.module.css';
import styles from './sync-screen.module.css';

const OUTCOME_ICONS: Readonly<Record<SyncRunResult['outcome'], TablerIcon>> = {
  complete: IconCheck,
  error: IconAlertTriangle,
  cancelled: IconX,
};
/** Of the columns after when and how it ended. */
const COLUMNS_LEFT = 7;

/** Runs and what else is worth knowing, newest first. */
export function LogTable({
  entries,
  labelledBy,
}: {
  entries: readonly SyncLogEntry[];
  labelledBy: string;
}) {
  const { t } = useTranslation();
  return (
    // Wider than a small window: scrolls sideways on its own, and by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
    <div className={frame['scroll']} tabIndex={0} role="group" aria-labelledby={labelledBy}>
      <table className={frame['table']}>
        <thead>
          <tr>
            <th scope="col">{t('sync.runs.started')}</th>
            <th scope="col">{t('sync.runs.outcome')}</th>
            <th scope="col">{t('sync.runs.unit')}</th>
            <th scope="col">{t('sync.runs.reason')}</th>
            {(['received', 'deleted', 'sent', 'size', 'duration'] as const).map((name) => (
              <th key={name} scope="col" className={frame['right']}>
                {t(`sync.runs.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) =>
            entry.kind === 'run' ? (
              <RunRow key={entry.number} run={entry.result} />
            ) : (
              <NoteRow key={entry.number} entry={entry} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function NoteRow({ entry }: { entry: Extract<SyncLogEntry, { kind: 'note' }> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const noteWords = useNoteWords();
  return (
    <tr>
      <td className="number">{formats.dateTime(entry.at)}</td>
      <td>
        <span className={styles['outcome']}>
          <IconInfoCircle aria-hidden size={18} />
          {t('log.notice')}
        </span>
      </td>
      <td colSpan={COLUMNS_LEFT} className={styles['note']}>
        <div>{noteWords(entry.note)}</div>
      </td>
    </tr>
  );
}

function RunRow({ run }: { run: SyncRunResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Icon = OUTCOME_ICONS[run.outcome];
  return (
    <tr>
      <td className="number">{formats.dateTime(run.startedAt)}</td>
      <td>
        <span className={styles['outcome']} data-outcome={run.outcome}>
          <Icon aria-hidden size={18} />
          {t(`sync.outcome.${run.outcome}`)}
        </span>
        {run.outcome === 'error' && run.error && (
          <span className={styles['why']}>{t(`error.${run.error.code}.title`)}</span>
        )}
      </td>
      <td>{t(`sync.unit.${run.unit}`)}</td>
      <td>{t(`sync.reason.${run.reason}`)}</td>
      <td className={frame['right']}>{formats.number(run.rowsReceived)}</td>
      <td className={frame['right']}>{formats.number(run.rowsDeleted)}</td>
      <td className={frame['right']}>{formats.number(run.rowsSent)}</td>
      <td className={frame['right']}>{formats.bytes(run.bytesReceived)}</td>
      <td className={frame['right']}>{formats.duration(run.finishedAt - run.startedAt)}</td>
    </tr>
  );
}
