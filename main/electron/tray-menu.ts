import type { MenuItemConstructorOptions } from 'electron';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { ShellLanguage } from './words/choose-words.ts';
import { countWords, needsPerson } from './words/count-words.ts';

/** The pictures that the tray can show; each has a shape of its own, so colour is never the only sign. */
export type TrayIcon = 'fresh' | 'syncing' | 'offline' | 'attention';

export interface TrayActions {
  syncNow: () => void;
  open: () => void;
  quit: () => void;
}

export interface TrayView {
  icon: TrayIcon;
  tooltip: string;
  /** What the menu says above its actions: state, age of the data, work that waits. */
  facts: readonly string[];
  canSync: boolean;
}

/** How the tray shows a status. */
export function trayViewOf(
  status: SyncStatus,
  { language, words }: ShellLanguage,
  now: number,
): TrayView {
  const state = words.states[status.state];
  const age =
    status.lastSuccessAt === null
      ? words.neverSynced
      : words.lastSynced.replace('#', momentOf(status.lastSuccessAt, now, language));
  const counts = countWords(status, { language, words });
  return {
    icon: iconOf(status),
    tooltip: `Tallyman: ${state}`,
    // Without a first sync the state and the age are the same fact.
    facts: status.state === 'neverSynced' ? [state, ...counts] : [state, age, ...counts],
    canSync: status.state !== 'syncing',
  };
}

export function trayTemplateOf(
  view: TrayView,
  { words }: ShellLanguage,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  return [
    ...view.facts.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: words.syncNow, enabled: view.canSync, click: actions.syncNow },
    { label: words.open, click: actions.open },
    { type: 'separator' },
    { label: words.quit, click: actions.quit },
  ];
}

function iconOf(status: SyncStatus): TrayIcon {
  if (status.state === 'syncing') return 'syncing';
  if (needsPerson(status) > 0 || status.state === 'error') return 'attention';
  return status.state === 'idle' ? 'fresh' : 'offline';
}

/** The time, and the date with it unless it was today. A moment stays true in a menu that is drawn once. */
function momentOf(at: number, now: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    timeStyle: 'short',
    ...(isToday ? {} : { dateStyle: 'medium' }),
  }).format(at);
}
