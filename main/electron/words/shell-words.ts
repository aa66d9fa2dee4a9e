import type { SyncStatus } from '../../../shared/desktop/sync-state.ts';

/** A text per plural form of the language; `#` stands for the number. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What the shell itself says: menus, tray and the few dialogs. The page has its own texts. */
export interface ShellWords {
  states: Record<SyncStatus['state'], string>;
  syncNow: string;
  /** `#` stands for the moment. */
  lastSynced: string;
  neverSynced: string;
  pending: Plural;
  attention: Plural;
  open: string;
  quit: string;
  menus: Record<'file' | 'edit' | 'view' | 'window' | 'help', string>;
  roles: Record<
    | 'about'
    | 'services'
    | 'hide'
    | 'hideOthers'
    | 'unhide'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen'
    | 'minimize'
    | 'zoom'
    | 'front'
    | 'close',
    string
  >;
  openLogs: string;
  cannotStart: string;
  pageDied: { title: string; text: string; reload: string };
  crashed: { title: string; text: string };
}
