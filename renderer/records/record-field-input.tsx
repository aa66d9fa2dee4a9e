import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from './read-form.ts';
import type { RecordField } from './record-fields.ts';
import { ReferencePicker } from './reference-picker.tsx';
import { SiteSelect } from './site-select.tsx';
import { useRecordWords } from './use-record-words.ts';

interface RecordFieldInputProps {
  field: RecordField;
  value: string | boolean;
  problem: FieldProblem | undefined;
  /** The site of the row, from which it takes what it points to. */
  siteId?: string | null | undefined;
  onChange: (value: string | boolean) => void;
}

/** The control for one column. */
export function RecordFieldInput(props: RecordFieldInputProps) {
  const { field, value, problem, siteId = null, onChange } = props;
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
    case 'reference':
      return (
        <ReferencePicker
          entity={field.target ?? ''}
          siteId={siteId}
          label={label}
          error={error}
          clearable={field.nullable}
          value={text || null}
          onChange={(id) => onChange(id ?? '')}
        />
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
