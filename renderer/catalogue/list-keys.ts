/** Where a key moves the selection. Null: the key is not one of the list's. */
export function nextActiveIndex(
  key: string,
  active: number,
  list: { length: number; pageRows: number },
): number | null {
  const last = list.length - 1;
  if (last < 0) return null;
  const to = (index: number): number => Math.max(0, Math.min(last, index));
  switch (key) {
    case 'ArrowDown':
      return to(active + 1);
    case 'ArrowUp':
      return to(active < 0 ? last : active - 1);
    case 'PageDown':
      return to(active + list.pageRows);
    case 'PageUp':
      return to(active - list.pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Home and End belong to the caret of the text field until a row is selected, or with Ctrl. */
export function isListKey(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean },
  active: number,
  text: string,
): boolean {
  if (event.altKey || event.shiftKey) return false;
  if (event.key === 'Home' || event.key === 'End') {
    return active >= 0 || text === '' || event.ctrlKey || event.metaKey;
  }
  return !event.ctrlKey && !event.metaKey;
}
