import type { MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words/shell-words.ts';

export interface MenuActions {
  syncNow: () => void;
  openLogs: () => void;
  quit: () => void;
}

export interface ApplicationMenuOptions {
  words: ShellWords;
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
  const syncNow = {
    label: words.syncNow,
    accelerator: 'CmdOrCtrl+Shift+S',
    click: actions.syncNow,
  };
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
    { label: words.menus.file, submenu: [syncNow, SEPARATOR, isMac ? role('close') : quit] },
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
