import { TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { PIN_LENGTH_MAX } from '../../shared/desktop/session-views.ts';
import styles from './session.module.css';

interface PinFieldProps {
  label: string;
  value: string;
  onChange: (pin: string) => void;
  ref?: Ref<HTMLInputElement> | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  describedBy?: string | undefined;
  isWrong?: boolean | undefined;
  autoFocus?: boolean | undefined;
}

/** Digits that nobody reads over a shoulder. Whatever else is typed is left out. */
export function PinField({ onChange, hint, describedBy, isWrong, ...props }: PinFieldProps) {
  return (
    <TextInput
      {...props}
      classNames={{ input: styles['pin'] ?? '' }}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      description={hint}
      maxLength={PIN_LENGTH_MAX}
      aria-describedby={describedBy}
      aria-invalid={isWrong || undefined}
      onChange={(event) =>
        onChange(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, PIN_LENGTH_MAX))
      }
    />
  );
}
