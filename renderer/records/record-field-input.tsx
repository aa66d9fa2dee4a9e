import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from './read-form.ts';
import type { RecordField } from './record-fields.ts';
import { SiteSelect } from './site-select.tsx';
import { useRecordWords } from './use-record-words.ts';

interface RecordFieldInputProps {
  field: RecordField;
  value: string | boolean;
  problem: FieldProblem | undefined;
  onChange: (value: string | boolean) => void;
}

/** The control for one column. */
export function RecordFieldInput({ field, value, problem, onChange }: RecordFieldInputProps) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const label = words.column(field.name);
  const error = problem && t(`records.${problem}`);
  const text = String(value);
  switch (field.kind) {
    case 'boolean':
      return (
        <Checkbox
          label={label}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'site':
      return (
        <SiteSelect value={text || null} onChange={(id) => onChange(id ?? '')} error={error} />
      );
    case 'choice':
      return (
        <Select
          label={label}
          error={error}
          data={field.choices.map((choice) => ({ value: choice, label: words.choice(choice) }))}
          allowDeselect={field.nullable}
          value={text || null}
          onChange={(choice) => onChange(choice ?? '')}
        />
      );
    case 'longText':
      return (
        <Textarea
          size="md"
          rows={4}
          label={label}
          error={error}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
    case 'integer':
    case 'time':
      return (
        <TextInput
          label={label}
          error={error}
          type={field.kind === 'time' ? 'datetime-local' : 'text'}
          inputMode={field.kind === 'integer' ? 'numeric' : undefined}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    // no default
  }
}
