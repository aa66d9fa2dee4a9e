import { useRef } from 'react';
import { useSearchHotkeys } from '../catalogue/use-search-hotkeys.ts';
import { FindField, type FindFieldProps } from './find-field.tsx';

interface ListSearchProps extends FindFieldProps {
  onEnter?: (() => void) | undefined;
}

/** The search of a screen that is a list: typing goes there wherever the focus is, Escape clears. */
export function ListSearch({ onEnter, ...props }: ListSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useSearchHotkeys(field);
  return (
    <FindField
      {...props}
      ref={field}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && props.text.trim() !== '') onEnter?.();
        if (event.key === 'Escape') props.onText('');
      }}
    />
  );
}
