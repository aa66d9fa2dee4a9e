import type { TablerIcon } from '@tabler/icons-react';

/** Something that waits for a person, as home lists it. */
export interface AttentionItem {
  id: string;
  /** `bad`: work stands still until somebody acts. `warn`: it will, or something is not as it should be. `plain`: due work. */
  tone: 'bad' | 'warn' | 'plain';
  /** What it is and how much, translated. */
  words: string;
  /** Where one does something about it. */
  path: string;
  Icon: TablerIcon;
}

/** A hook that says what waits of one kind; nothing while it is not known yet. */
export type AttentionSource = () => readonly AttentionItem[];
