import { Select, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../records/read-form.ts';
import type { RecordField } from '../records/record-fields.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import type { Choice } from './decision.ts';
import { entityCalled, fieldOf, FieldValue } from './field-value.tsx';
import type { FieldConflict } from './group-conflicts.ts';
import styles from './work.module.css';

interface FieldConflictChoiceProps {
  entity: string;
  conflict: FieldConflict;
  choice: Choice | undefined;
  typed: string;
  problem: FieldProblem | undefined;
  onChoose: (choice: Choice) => void;
  onType: (text: string) => void;
}

/** The versions of one field side by side; one is chosen, or another typed. */
export function FieldConflictChoice(props: FieldConflictChoiceProps) {
  const { entity, conflict, choice, typed, problem, onChoose, onType } = props;
  const { t } = useTranslation();
  const words = useRecordWords();
  const group = useId();
  const { field: name, base, mine, theirs } = conflict;
  const definition = entityCalled(entity);
  const field = definition && fieldOf(definition, name);
  // Two people who changed yes or no chose the only two values; what points to a row is not typed.
  const isTypable =
    field && field.kind !== 'boolean' && !(definition?.references[name] !== undefined);
  const version = (one: Choice, children: ReactNode): ReactNode => (
    <label className={styles['version']} data-chosen={choice === one || undefined}>
      <span className={styles['versionName']}>
        <input type="radio" name={group} checked={choice === one} onChange={() => onChoose(one)} />
        {t(`decide.${one}`)}
      </span>
      {children}
    </label>
  );
  const value = (of: FieldConflict['mine'], isCompared = true): ReactNode => (
    <span className={styles['versionValue']}>
      <FieldValue
        entity={entity}
        field={name}
        value={of}
        comparedWith={isCompared ? base : undefined}
      />
    </span>
  );
  return (
    <fieldset className={styles['conflict']} data-open={choice === undefined || undefined}>
      <legend>{words.column(name)}</legend>
      <div className={styles['versions']}>
        <div className={styles['version']} data-before>
          <span className={styles['versionName']}>{t('decide.before')}</span>
          {value(base, false)}
        </div>
        {version('mine', value(mine))}
        {version('theirs', value(theirs))}
      </div>
      {isTypable && version('other', null)}
      {isTypable && choice === 'other' && (
        <OtherValue
          field={field}
          label={t('decide.otherOf', { field: words.column(name) })}
          error={problem && t(`records.${problem}`)}
          value={typed}
          onChange={onType}
        />
      )}
    </fieldset>
  );
}

interface OtherValueProps {
  field: RecordField;
  label: string;
  error: string | undefined;
  value: string;
  onChange: (text: string) => void;
}

function OtherValue({ field, label, error, value, onChange }: OtherValueProps) {
  const words = useRecordWords();
  const shared = { 'aria-label': label, error, className: styles['otherValue'] ?? '' };
  if (field.kind === 'choice') {
    return (
      <Select
        {...shared}
        data={field.choices.map((one) => ({ value: one, label: words.choice(one) }))}
        value={value || null}
        onChange={(choice) => onChange(choice ?? '')}
      />
    );
  }
  if (field.kind === 'longText') {
    return (
      <Textarea
        {...shared}
        size="md"
        rows={3}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      inputMode={field.kind === 'integer' ? 'numeric' : undefined}
      type={field.kind === 'time' ? 'datetime-local' : 'text'}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
