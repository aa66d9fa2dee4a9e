import { fileURLToPath } from 'node:url';
import type { Tray } from 'electron';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { ElectronApi } from './electron-api.ts';
import { type TrayActions, trayTemplateOf, type TrayView, trayViewOf } from './tray-menu.ts';
import type { ShellLanguage } from './words/choose-words.ts';

export interface AppTray {
  show: (status: SyncStatus, language: ShellLanguage) => void;
  /** Some desktops lose the icon in standby. */
  makeAnew: () => void;
}

export interface OpenTrayOptions {
  electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'nativeImage'>;
  platform: NodeJS.Platform;
  /** Holds the pictures, `<icon>.png` and `<icon>Template.png`, each with its @2x. */
  iconsFolder: URL;
  actions: TrayActions;
  now: () => number;
}

/** The icon in the tray and its menu. Never the only way to anything: the window and the menu bar do the same. */
export function openTray(options: OpenTrayOptions): AppTray {
  const { electron, platform, actions, now } = options;
  let tray: Tray | null = null;
  let shown: { view: TrayView; language: ShellLanguage } | null = null;

  // A template is a shape in black, which macOS colours for light and dark bars.
  const suffix = platform === 'darwin' ? 'Template' : '';
  const imageOf = ({ icon }: TrayView) =>
    electron.nativeImage.createFromPath(
      fileURLToPath(new URL(`${icon}${suffix}.png`, options.iconsFolder)),
    );

  const draw = (): void => {
    if (shown === null) return;
    const { view, language } = shown;
    if (tray === null) {
      tray = new electron.Tray(imageOf(view));
      // On macOS a click opens the menu by itself.
      if (platform !== 'darwin') tray.on('click', actions.open);
    } else {
      tray.setImage(imageOf(view));
    }
    tray.setToolTip(view.tooltip);
    // Linux shows changes of a menu only when it is set again.
    tray.setContextMenu(electron.Menu.buildFromTemplate(trayTemplateOf(view, language, actions)));
  };

  return {
    show: (status, language) => {
      const view = trayViewOf(status, language, now());
      // Progress changes the status several times a second and the menu hardly ever; redrawing would close it.
      if (shown?.language === language && sameView(shown.view, view)) return;
      shown = { view, language };
      draw();
    },
    makeAnew: () => {
      tray?.destroy();
      tray = null;
      draw();
    },
  };
}

function sameView(left: TrayView, right: TrayView): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
