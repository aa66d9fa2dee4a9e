import { Button } from '@mantine/core';
import { IconArrowBackUp, IconSend } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { CorrectOperation } from './correct-operation.tsx';
import { DiscardOperation } from './discard-operation.tsx';
import { OperationFields } from './operation-fields.tsx';
import { OperationStateWord } from './operation-state.tsx';
import { useRecordWords } from '../records/use-record-words.ts';
import { isRefused } from './use-pending.ts';
import type { WorkActions } from './use-work-actions.ts';
import styles from './work.module.css';

interface OperationItemProps {
  operation: OperationView;
  actions: WorkActions;
}

/** One action of a person: what, where, when, how it stands, and what can be done about it. */
export function OperationItem({ operation, actions }: OperationItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { one: entityWord } = useRecordWords();
  const nameId = useId();
  const { attempts, changes, reason, title, fields } = operation;
  return (
    <li className={styles['operation']} aria-labelledby={nameId}>
      <div className={styles['operationHead']}>
        <h3 id={nameId}>
          <span className={styles['what']}>
            {entityWord(operation.entity)} · {t(`work.kind.${operation.kind}`)}
          </span>
          {/* A text that is its own title is among the fields. */}
          {title !== null && title !== fields['text'] && (
            <span className={styles['operationTitle']}>{title}</span>
          )}
        </h3>
        <span className={styles['meta']}>
          <OperationStateWord operation={operation} />
          <time dateTime={new Date(operation.at).toISOString()}>
            {formats.dateTime(operation.at)}
          </time>
          {changes > 1 && (
            <span>{t('work.changes', { count: changes, formatted: formats.number(changes) })}</span>
          )}
          {attempts > 1 && (
            <span>
              {t('work.attempts', { count: attempts, formatted: formats.number(attempts) })}
            </span>
          )}
        </span>
      </div>
      <OperationFields operation={operation} />
      {reason && (
        <div className={styles['reason']}>
          <strong>{t(`error.${reason.code}.title`)}.</strong> {t(`error.${reason.code}.next`)}
          {reason.message !== '' && (
            <p className={styles['technical']} lang="en">
              {t('sync.technical', { message: reason.message })}
            </p>
          )}
        </div>
      )}
      <Actions operation={operation} actions={actions} describedBy={nameId} />
    </li>
  );
}

function Actions({
  operation,
  actions,
  describedBy,
}: OperationItemProps & { describedBy: string }) {
  const { t } = useTranslation();
  const { state, sent } = operation;
  if (state === 'discarded') return null;
  if (isRefused(operation)) {
    return (
      <div className={styles['actions']}>
        <Button
          size="sm"
          variant="light"
          leftSection={<IconSend aria-hidden size={18} />}
          aria-describedby={describedBy}
          onClick={() => actions.retry(operation)}
        >
          {t('work.retry')}
        </Button>
        <CorrectOperation operation={operation} actions={actions} />
        <DiscardOperation operation={operation} actions={actions} />
      </div>
    );
  }
  const needsDecision = state === 'held' || state === 'conflict';
  return (
    <div className={styles['actions']}>
      {needsDecision && <Link href="/sync/decisions">{t('work.decide')}</Link>}
      {state !== 'conflict' && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconArrowBackUp aria-hidden size={18} />}
          aria-describedby={describedBy}
          title={sent ? t('work.undoSent') : undefined}
          onClick={() => actions.undo(operation)}
        >
          {t('work.undo')}
        </Button>
      )}
    </div>
  );
}
