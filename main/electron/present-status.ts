import type { DesktopApp } from '../app/desktop-app.ts';
import { applicationMenuOf, type MenuActions } from './application-menu.ts';
import type { ElectronApi } from './electron-api.ts';
import type { AppTray } from './open-tray.ts';
import { chooseWords } from './words/choose-words.ts';

export interface PresentStatusOptions {
  electron: Pick<ElectronApi, 'app' | 'Menu'>;
  desktopApp: DesktopApp;
  platform: NodeJS.Platform;
  /** Null where nobody would see it. */
  tray: AppTray | null;
  menuActions: MenuActions;
}

/** Keeps the menus in the person's language, and the tray at what the sync is doing. */
export async function presentStatus(options: PresentStatusOptions): Promise<void> {
  const { electron, desktopApp, tray, platform, menuActions } = options;
  const chosenLanguage = () =>
    chooseWords(desktopApp.settings.get().language, electron.app.getPreferredSystemLanguages());
  let language = chosenLanguage();
  const drawMenu = (): void => {
    const template = applicationMenuOf({
      words: language.words,
      isMac: platform === 'darwin',
      actions: menuActions,
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  };
  drawMenu();
  let status = await desktopApp.sync.status();
  tray?.show(status, language);
  desktopApp.sync.subscribe((event) => {
    if (event.type !== 'statusChanged') return;
    ({ status } = event);
    tray?.show(status, language);
  });
  desktopApp.settings.subscribe(() => {
    const next = chosenLanguage();
    if (next.language === language.language) return;
    language = next;
    drawMenu();
    tray?.show(status, language);
  });
}
