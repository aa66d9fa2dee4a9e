import type { DesktopApp } from '../app/desktop-app.ts';
import { applicationMenuOf, type MenuActions } from './application-menu.ts';
import type { ElectronApi } from './electron-api.ts';
import type { AppTray } from './open-tray.ts';
import { chooseWords } from './words/choose-words.ts';
import { countWords } from './words/count-words.ts';

export interface PresentStatusOptions {
  electron: Pick<ElectronApi, 'app' | 'Menu'>;
  desktopApp: DesktopApp;
  platform: NodeJS.Platform;
  /** Null where nobody would see it. */
  tray: AppTray | null;
  menuActions: MenuActions;
}

/** Keeps the menus in the person's language and at what waits, and the tray at what the sync is doing. */
export async function presentStatus(options: PresentStatusOptions): Promise<void> {
  const { electron, desktopApp, tray, platform, menuActions } = options;
  const chosenLanguage = () =>
    chooseWords(desktopApp.settings.get().language, electron.app.getPreferredSystemLanguages());
  let status = await desktopApp.sync.status();
  let drawn = '';
  const show = (): void => {
    const language = chosenLanguage();
    tray?.show(status, language);
    const counts = countWords(status, language);
    // Progress changes the status several times a second; setting the menu anew would close an open one.
    const looks = JSON.stringify([language.language, counts]);
    if (looks === drawn) return;
    drawn = looks;
    const isMac = platform === 'darwin';
    const template = applicationMenuOf({
      words: language.words,
      counts,
      isMac,
      actions: menuActions,
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  };
  show();
  desktopApp.sync.subscribe((event) => {
    if (event.type !== 'statusChanged') return;
    ({ status } = event);
    show();
  });
  desktopApp.settings.subscribe(show);
}
