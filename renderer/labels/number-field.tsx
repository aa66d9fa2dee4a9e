import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  value: number;
  onChange: (value: number) => void;
}

/** A number that stays what it was while its field is empty: a person clears it only to type another. */
export function NumberField({ value, onChange, ...props }: NumberFieldProps) {
  const [isEmpty, setIsEmpty] = useState(false);
  return (
    <NumberInput
      allowNegative={false}
      {...props}
      value={isEmpty ? '' : value}
      onChange={(next) => {
        setIsEmpty(next === '');
        if (typeof next === 'number') onChange(next);
      }}
      onBlur={() => setIsEmpty(false)}
    />
  );
}
