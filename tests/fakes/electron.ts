import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Session,
} from 'electron';
import type { ElectronApi } from '../../main/electron/electron-api.ts';
import { FakeBrowserWindow, fakeEvent } from './electron-window.ts';

/** The parts of Electron that the shell touches, in plain JavaScript: the test emits their events. */

/** Hides a text from whoever searches the file for it, and under a key that a test can take away. */
export class FakeSafeStorage {
  isAvailable = true;
  backend: 'gnome_libsecret' | 'basic_text' = 'gnome_libsecret';
  key = 7;

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.isAvailable;
  }

  getSelectedStorageBackend(): 'gnome_libsecret' | 'basic_text' {
    return this.backend;
  }

  async encryptStringAsync(plain: string): Promise<Buffer> {
    return Buffer.from([this.key, ...Buffer.from(plain).map((byte) => byte ^ this.key)]);
  }

  async decryptStringAsync(hidden: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (hidden[0] !== this.key) throw new Error('Error while decrypting the ciphertext.');
    const result = Buffer.from(hidden.subarray(1).map((byte) => byte ^ this.key)).toString();
    return { result, shouldReEncrypt: false };
  }
}

export class FakeTray extends EventEmitter {
  image: string;
  tooltip = '';
  menu: readonly MenuItemConstructorOptions[] = [];
  drawn = 0;
  destroyed = false;

  constructor(image: string) {
    super();
    this.image = image;
  }

  setImage(image: string): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.tooltip = text;
  }

  setContextMenu(menu: readonly MenuItemConstructorOptions[]): void {
    this.menu = menu;
    this.drawn += 1;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

class FakeApp extends EventEmitter {
  readonly calls: string[] = [];
  readonly paths: Record<string, string>;
  hasLock = true;
  isPackaged = true;
  systemLanguages = ['en-GB'];

  constructor(folder: string) {
    super();
    this.paths = { userData: folder, logs: `${folder}/logs` };
  }

  requestSingleInstanceLock(): boolean {
    this.calls.push('lock');
    return this.hasLock;
  }

  exit(code: number): void {
    this.calls.push(`exit ${code}`);
  }

  quit(): void {
    this.calls.push('quit');
    const event = fakeEvent({});
    this.emit('before-quit', event);
    if (!event.prevented) this.calls.push('gone');
  }

  enableSandbox(): void {
    this.calls.push('sandbox');
  }

  setAppLogsPath(): void {
    this.calls.push('logs');
  }

  setPath(name: string, path: string): void {
    this.calls.push(`${name}=${path}`);
    this.paths[name] = path;
  }

  getPath(name: string): string {
    return this.paths[name] ?? '';
  }

  getVersion(): string {
    return '1.2.3';
  }

  getPreferredSystemLanguages(): string[] {
    return this.systemLanguages;
  }

  async whenReady(): Promise<void> {
    this.calls.push('ready');
  }
}

type Handler<TName extends keyof Session> = Session[TName] extends (handler: infer THandler) => void
  ? THandler
  : never;

class FakeSession {
  requestHandler: Handler<'setPermissionRequestHandler'> = null;
  checkHandler: Handler<'setPermissionCheckHandler'> = null;
  deviceHandler: Handler<'setDevicePermissionHandler'> = null;

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.deviceHandler = handler;
  }
}

class FakeProtocol {
  privileged: unknown = null;
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>();

  registerSchemesAsPrivileged(schemes: unknown): void {
    this.privileged = schemes;
  }

  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }
}

const SCREEN = { id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } };

/** A fresh Electron whose user data is in `folder`. */
export function createFakeElectron(folder: string) {
  const windows: FakeBrowserWindow[] = [];
  const trays: FakeTray[] = [];
  const opened: string[] = [];
  const errorBoxes: string[] = [];
  const saveDialogs: SaveDialogOptions[] = [];
  const fake = {
    app: new FakeApp(folder),
    protocol: new FakeProtocol(),
    session: { defaultSession: new FakeSession() },
    ipcMain: new EventEmitter(),
    powerMonitor: new EventEmitter(),
    safeStorage: new FakeSafeStorage(),
    net: { isOnline: () => true },
    screen: { getPrimaryDisplay: () => SCREEN, getAllDisplays: () => [SCREEN] },
    nativeTheme: { shouldUseDarkColors: false },
    nativeImage: { createFromPath: (path: string) => path },
    shell: {
      openExternal: async (url: string) => void opened.push(url),
      openPath: async (path: string) => {
        opened.push(path);
        return '';
      },
    },
    dialog: {
      showErrorBox: (title: string, text: string) => void errorBoxes.push(`${title}: ${text}`),
      /** Where the person saves to; empty: they cancel. */
      saveTo: '',
      showSaveDialog: async (
        _window: unknown,
        options: SaveDialogOptions,
      ): Promise<SaveDialogReturnValue> => {
        saveDialogs.push(options);
        const filePath = fake.dialog.saveTo;
        return { canceled: filePath === '', filePath };
      },
      showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
    },
    Menu: {
      shown: [] as readonly MenuItemConstructorOptions[],
      buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: readonly MenuItemConstructorOptions[]): void => {
        fake.Menu.shown = menu;
      },
    },
    BrowserWindow: class extends FakeBrowserWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
      }
    },
    Tray: class extends FakeTray {
      constructor(image: string) {
        super(image);
        trays.push(this);
      }
    },
  };
  return {
    fake,
    electron: fake as unknown as ElectronApi,
    windows,
    trays,
    opened,
    errorBoxes,
    saveDialogs,
  };
}

/** The item of that label, wherever it is in the menu. */
export function menuItem(
  menu: readonly MenuItemConstructorOptions[],
  label: string,
): MenuItemConstructorOptions {
  const items = menu.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? item.submenu : []),
  ]);
  const found = items.find((item) => item.label === label);
  if (!found) throw new Error(`no menu item says ${label}`);
  return found;
}

export function clickItem(menu: readonly MenuItemConstructorOptions[], label: string): void {
  menuItem(menu, label).click?.({} as never, undefined, {});
}
