import { Button } from '@mantine/core';
import { type KeyboardEvent, type SubmitEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import type { Done } from './done-note.tsx';
import { RecordFieldInput } from './record-field-input.tsx';
import { type RecordField, recordFields } from './record-fields.ts';
import { useRecordForm } from './use-record-form.ts';
import type { TypedRecord } from './use-records.ts';
import styles from './records.module.css';

export interface RecordFormProps {
  entity: EntityDefinition;
  /** Null creates one. */
  record: Pick<TypedRecord, 'id' | 'row'> | null;
  /** What a new row has beside the fields, for example its site. */
  fixed?: StoredRow | undefined;
  /** Which columns are fields; all of them if it is not given. */
  columns?: readonly string[] | undefined;
  onDone: (done: Done) => void;
  onCancel: () => void;
}

const WIDE: ReadonlySet<RecordField['kind']> = new Set(['longText', 'boolean']);

/**
 * Creates or edits a row of any entity, with a field per column by its definition. Enter saves, in a field of several lines
 * with Ctrl. Sends only what the person changed, and what they saw when they began.
 */
export function RecordForm(props: RecordFormProps) {
  const { entity, record, fixed, columns, onDone, onCancel } = props;
  const { t } = useTranslation();
  const fields = useMemo(
    () => recordFields(entity, columns).filter(({ name }) => !(fixed && name in fixed)),
    [entity, columns, fixed],
  );
  const { typed, type, problems, save, saving, error } = useRecordForm({
    entity,
    record,
    fixed,
    fields,
    onDone,
  });
  const form = useRef<HTMLFormElement>(null);
  const site = typed['site_id'] ?? fixed?.['site_id'] ?? (record?.row as StoredRow)?.['site_id'];

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (await save()) return;
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut for what its button does
    <form
      ref={form}
      className={styles['form']}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <div className={styles['fields']}>
        {fields.map((field) => (
          <div key={field.name} data-wide={WIDE.has(field.kind) || undefined}>
            <RecordFieldInput
              field={field}
              value={typed[field.name] ?? ''}
              problem={problems[field.name]}
              siteId={typeof site === 'string' && site !== '' ? site : null}
              onChange={(value) => type(field.name, value)}
            />
          </div>
        ))}
      </div>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <div className={styles['actions']}>
        <Button type="submit" aria-disabled={saving || undefined}>
          {t('records.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('records.cancel')}
        </Button>
      </div>
    </form>
  );
}
