import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type SubmitEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import { type AnyEntity } from '../../shared/entities/registry.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import { type FieldProblem, readForm, startForm } from '../records/read-form.ts';
import { RecordFieldInput } from '../records/record-field-input.tsx';
import { type RecordField, recordFields } from '../records/record-fields.ts';
import { entityCalled } from './field-value.tsx';
import { useRecordWords } from '../records/use-record-words.ts';
import type { WorkActions } from './use-work-actions.ts';
import recordStyles from '../records/records.module.css';
import styles from './work.module.css';

interface CorrectOperationProps {
  operation: OperationView;
  actions: WorkActions;
}

/** Lets a person put right what the server refused. Nothing is shown for an operation that has no fields to type. */
export function CorrectOperation({ operation, actions }: CorrectOperationProps) {
  const { t } = useTranslation();
  const { one: entityWord } = useRecordWords();
  const [opened, { open, close }] = useDisclosure(false);
  const entity = entityCalled(operation.entity);
  const fields = useMemo(() => (entity ? typedFields(entity, operation) : []), [entity, operation]);
  if (!entity || fields.length === 0) return null;
  return (
    <>
      <Button size="sm" variant="default" onClick={open}>
        {t('work.correct')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('work.correctTitle', { name: operation.title ?? entityWord(operation.entity) })}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
        closeOnClickOutside={false}
      >
        <CorrectForm
          entity={entity}
          operation={operation}
          fields={fields}
          onCancel={close}
          onSave={(row) => {
            close();
            actions.retry(operation, row);
          }}
        />
      </Modal>
    </>
  );
}

interface CorrectFormProps {
  entity: AnyEntity;
  operation: OperationView;
  fields: readonly RecordField[];
  onSave: (fields: OperationView['fields']) => void;
  onCancel: () => void;
}

function CorrectForm({ entity, operation, fields, onSave, onCancel }: CorrectFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() =>
    startForm(entity, fields, fromStored(entity, operation.fields)),
  );
  const [problems, setProblems] = useState<Readonly<Record<string, FieldProblem>>>({});
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const read = readForm(entity, fields, typed);
    setProblems(read.problems);
    if (Object.keys(read.problems).length === 0) onSave(read.row);
  };
  return (
    <form className={styles['dialog']} noValidate onSubmit={onSubmit}>
      {fields.map((field) => (
        <RecordFieldInput
          key={field.name}
          field={field}
          value={typed[field.name] ?? ''}
          problem={problems[field.name]}
          onChange={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div className={recordStyles['actions']}>
        <Button type="submit">{t('work.correct')}</Button>
        <Button variant="default" onClick={onCancel}>
          {t('records.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** What a person can type: no ids, and not when it was. */
function typedFields(entity: AnyEntity, { fields }: OperationView): readonly RecordField[] {
  return recordFields(entity, Object.keys(fields)).filter(
    ({ name, kind }) => !(name in entity.references) && kind !== 'time' && name !== 'reverses',
  );
}
