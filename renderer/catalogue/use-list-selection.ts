import { type KeyboardEvent, type RefObject, useState } from 'react';
import { isListKey, nextActiveIndex } from './list-keys.ts';
import type { ListHandle } from './product-list.tsx';
import { useListPlace, useSearchText } from './session.tsx';

export interface ListSelection {
  /** -1 while no row is selected. */
  active: number;
  select: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Moves the selection by keys, from the search field and from the list alike. */
export function useListSelection(options: {
  length: number;
  handle: RefObject<ListHandle | null>;
  onEnter: (active: number) => void;
  /** Escape with no row selected. */
  onEscape: () => void;
}): ListSelection {
  const { length, handle, onEnter, onEscape } = options;
  const { text } = useSearchText();
  const { place, rememberPlace } = useListPlace();
  const [active, setActive] = useState(() => place().activeIndex);
  const select = (index: number): void => {
    rememberPlace({ activeIndex: index });
    setActive(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys that choose among suggestions of an input method are not ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onEnter(active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (active >= 0) select(-1);
      else onEscape();
    } else if (isListKey(event, active, text)) {
      const pageRows = handle.current?.pageRows() ?? 1;
      const next = nextActiveIndex(event.key, active, { length, pageRows });
      if (next === null) return;
      event.preventDefault();
      select(next);
      handle.current?.show(next);
    }
  };
  return { active, select, onKeyDown };
}
