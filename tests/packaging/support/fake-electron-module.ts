import { IPC_REQUEST_CHANNEL } from '../../../shared/desktop/ipc-bridge.ts';
import type { IpcRequest } from '../../../shared/desktop/ipc-envelope.ts';
import { type FakeBrowserWindow, ipcEvent } from '../../fakes/electron-window.ts';
import { createFakeElectron } from '../../fakes/electron.ts';

/**
 * Stands in for Electron when the packaged main bundle runs under Node. It plays one visit: once the window has loaded,
 * the page asks what app this is and looks for tea, and then the person quits. Each line printed is one thing seen.
 */
const folder = String(process.env['TALLYMAN_TEST_FOLDER']);
const { fake, windows, errorBoxes } = createFakeElectron(folder);

const tell = (what: string, value: unknown): void =>
  void process.stdout.write(`${JSON.stringify({ what, value })}\n`);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function visit(): Promise<void> {
  await until(() => errorBoxes.length > 0 || (windows[0]?.calls.includes('show') ?? false));
  const [window] = windows;
  if (!window || errorBoxes.length > 0) {
    tell('failed', errorBoxes);
    return;
  }
  tell('page', (await fake.protocol.handlers.get('app')?.(new Request('app://tallyman/')))?.status);
  tell('info', await ask(window, { id: 1, type: 'query', path: 'app.info' }));
  const input = JSON.stringify({ text: 'tea' });
  tell('search', await ask(window, { id: 2, type: 'query', path: 'catalogue.search', input }));
  fake.app.quit();
  await until(() => fake.app.calls.includes('gone'));
  tell('gone', fake.app.calls);
}

async function ask(window: FakeBrowserWindow, request: IpcRequest): Promise<unknown> {
  const { webContents } = window;
  const answers = () =>
    webContents.sent.filter(({ message }) => (message as { id: number }).id === request.id);
  fake.ipcMain.emit(IPC_REQUEST_CHANNEL, ipcEvent(webContents, webContents.mainFrame), request);
  await until(() => answers().length > 0);
  return answers()[0]?.message;
}

void visit();

// oxlint-disable-next-line import/no-default-export -- Electron's module is CommonJS and has only a default export
export default fake;
