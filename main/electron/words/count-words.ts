import type { SyncStatus } from '../../../shared/desktop/sync-state.ts';
import type { ShellLanguage } from './choose-words.ts';
import type { Plural } from './shell-words.ts';

/** Work that waits to be sent, and work that waits for a person: conflicts and what the server refused. */
export function countWords(
  status: Pick<SyncStatus, 'pending' | 'conflicts' | 'attention'>,
  { language, words }: ShellLanguage,
): readonly string[] {
  const forPerson = needsPerson(status);
  return [
    ...(status.pending > 0 ? [plural(words.pending, status.pending, language)] : []),
    ...(forPerson > 0 ? [plural(words.attention, forPerson, language)] : []),
  ];
}

export function needsPerson(status: Pick<SyncStatus, 'conflicts' | 'attention'>): number {
  return status.conflicts + status.attention;
}

function plural(texts: Plural, count: number, language: string): string {
  const text = texts[new Intl.PluralRules(language).select(count)] ?? texts.other;
  return text.replace('#', new Intl.NumberFormat(language).format(count));
}
