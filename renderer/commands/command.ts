import type { TablerIcon } from '@tabler/icons-react';

/** Something a person can do here and now: by the palette, and by its keys if it has some. */
export interface Command {
  /** Of several with one id, the newest counts: a screen's own search stands in for the app's while it is open. */
  id: string;
  /** Its name, translated. */
  words: string;
  /** More to find it by, which is not shown. */
  searchWords?: string | undefined;
  /**
   * In the notation of tinykeys: `$mod+Shift+KeyS`, `/`, `g h`. A key without Control, Alt or ⌘ works only while nobody types,
   * and only if the person lets single keys act.
   */
  keys?: string | undefined;
  Icon?: TablerIcon | undefined;
  /** The palette lists places under a heading of their own. */
  isPlace?: boolean | undefined;
  run: () => void;
  /** Asked at the moment of use. Always, if it is not given. */
  isEnabled?: (() => boolean) | undefined;
}
