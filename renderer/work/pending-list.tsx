import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { SaveJson } from '../exchange/save-json.tsx';
import { useFormats } from '../i18n/use-formats.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { OperationItem } from './operation-item.tsx';
import { usePending } from './use-pending.ts';
import { useWorkActions, type WorkActions } from './use-work-actions.ts';
import { WORK_COLUMNS } from './work-file.ts';
import { workPages } from './work-pages.ts';
import styles from './work.module.css';

/** Everything done on this laptop that the server does not have, what it refused, and what was finished lately. */
export function PendingList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useTRPCClient();
  const words = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone with its item; the keyboard goes on from what is said about it.
  const actions = useWorkActions(() => words.current?.focus());
  const { waiting, waitingCount, refused, finished, isPending, error, showMore } = usePending();
  const isEmpty = !isPending && error === null && waiting.length + refused.length === 0;
  return (
    <div className={styles['lists']}>
      <p className={styles['done']} role="status" tabIndex={-1} ref={words}>
        {actions.done}
      </p>
      {actions.error !== null && <ErrorWords error={wireErrorOf(actions.error)} />}
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {isPending && <p className="quiet">{t('records.loading')}</p>}
      {isEmpty && (
        <EmptyState
          icon={<IconCircleCheck aria-hidden size={40} stroke={1.5} />}
          title={t('work.empty')}
          text={t('work.emptyHint')}
        />
      )}
      {refused.length + waiting.length > 0 && (
        <div className={styles['save']}>
          <ExportButton
            name="tallyman-work"
            columns={WORK_COLUMNS}
            pages={(signal) => workPages(client, signal)}
          />
          <SaveJson name="tallyman-work" pages={(signal) => workPages(client, signal)} />
        </div>
      )}
      <Section
        title={t('work.refused')}
        hint={t('work.refusedHint')}
        operations={refused}
        actions={actions}
      />
      <Section
        title={t('work.waiting')}
        hint={t('work.waitingHint')}
        operations={waiting}
        actions={actions}
      />
      {waitingCount > waiting.length && (
        <p className="quiet">
          {t('work.shown', {
            shown: formats.number(waiting.length),
            total: formats.number(waitingCount),
          })}
        </p>
      )}
      {showMore && (
        <Button variant="default" className={styles['more'] ?? ''} onClick={showMore}>
          {t('records.more')}
        </Button>
      )}
      <Section title={t('work.finished')} operations={finished} actions={actions} />
    </div>
  );
}

interface SectionProps {
  title: string;
  hint?: string | undefined;
  operations: readonly OperationView[];
  actions: WorkActions;
}

function Section({ title, hint, operations, actions }: SectionProps) {
  const id = useId();
  if (operations.length === 0) return null;
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <ul className={styles['operations']}>
        {operations.map((operation) => (
          <OperationItem key={operation.operationId} operation={operation} actions={actions} />
        ))}
      </ul>
    </section>
  );
}
