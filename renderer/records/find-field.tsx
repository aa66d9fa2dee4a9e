import { TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

const TEXT_LENGTH_MAX = 200;

export interface FindFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'onChange'> {
  text: string;
  onText: (text: string) => void;
}

/** Where one types what to find in a list. */
export function FindField({ text, onText, ...field }: FindFieldProps) {
  return (
    <TextInput
      type="search"
      leftSection={<IconSearch aria-hidden size={20} />}
      autoComplete="off"
      spellCheck={false}
      maxLength={TEXT_LENGTH_MAX}
      {...field}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
