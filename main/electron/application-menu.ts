import type { MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words/shell-words.ts';

export interface MenuActions {
  syncNow: (by: 'menu' | 'shortcut') => void;
  openLogs: () => void;
  quit: () => void;
}

export interface ApplicationMenuOptions {
  words: ShellWords;
  /** Work that waits, for which there may be no tray to say it. */
  counts: readonly string[];
  isMac: boolean;
  actions: MenuActions;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu. Without its Edit menu a Mac would have no copy and paste. */
export function applicationMenuOf(options: ApplicationMenuOptions): MenuItemConstructorOptions[] {
  const { words, isMac, actions } = options;
  const role = (name: keyof ShellWords['roles']): MenuItemConstructorOptions => ({
    role: name,
    label: words.roles[name],
  });
  const syncNow: MenuItemConstructorOptions = {
    label: words.syncNow,
    accelerator: 'CmdOrCtrl+Shift+S',
    click: (_item, _window, { triggeredByAccelerator }) =>
      actions.syncNow(triggeredByAccelerator ? 'shortcut' : 'menu'),
  };
  const counts = options.counts.map((label) => ({ label, enabled: false }));
  const quit = { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit };
  return [
    ...(isMac
      ? [
          {
            label: 'Tallyman',
            submenu: [
              role('about'),
              SEPARATOR,
              role('services'),
              SEPARATOR,
              role('hide'),
              role('hideOthers'),
              role('unhide'),
              SEPARATOR,
              quit,
            ],
          },
        ]
      : []),
    {
      label: words.menus.file,
      submenu: [syncNow, ...counts, SEPARATOR, isMac ? role('close') : quit],
    },
    {
      label: words.menus.edit,
      submenu: [
        ...(['undo', 'redo'] as const).map(role),
        SEPARATOR,
        ...(['cut', 'copy', 'paste', 'selectAll'] as const).map(role),
      ],
    },
    {
      label: words.menus.view,
      submenu: (['resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'] as const).map(role),
    },
    {
      role: 'windowMenu',
      label: words.menus.window,
      submenu: (isMac
        ? (['minimize', 'zoom', 'front'] as const)
        : (['minimize', 'close'] as const)
      ).map(role),
    },
    {
      role: 'help',
      label: words.menus.help,
      submenu: [
        { label: words.openLogs, click: actions.openLogs },
        ...(isMac ? [] : [role('about')]),
      ],
    },
  ];
}
