import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  IpcMainEvent,
  PrintToPDFOptions,
  Rectangle,
  WebContentsPrintOptions,
} from 'electron';

/** Electron's windows and pages in plain JavaScript: the test emits their events. */

export class FakeFrame {
  readonly origin: string;
  readonly parent: FakeFrame | null;

  constructor(origin: string, parent: FakeFrame | null = null) {
    this.origin = origin;
    this.parent = parent;
  }
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

export class FakeWebContents extends EventEmitter {
  mainFrame = new FakeFrame('app://tallyman');
  readonly sent: { channel: string; message: unknown }[] = [];
  reloads = 0;
  /** What was printed, to paper or to a file. */
  readonly printed: (WebContentsPrintOptions | PrintToPDFOptions)[] = [];
  /** Why printing on paper fails; empty: it does not. */
  printFailure = '';
  windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });

  send(channel: string, message: unknown): void {
    // What crosses IPC is cloned; a function or a class instance would throw here as it does there.
    this.sent.push({ channel, message: structuredClone(message) });
  }

  print(options: WebContentsPrintOptions, done: (success: boolean, reason: string) => void): void {
    this.printed.push(options);
    done(this.printFailure === '', this.printFailure);
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    this.printed.push(options);
    return Buffer.from('%PDF-1.4 fake');
  }

  isDestroyed(): boolean {
    return false;
  }

  reload(): void {
    this.reloads += 1;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  /** What was done to the window, in order. */
  readonly calls: string[] = [];
  minimised = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`);
    this.emit('ready-to-show');
  }

  show(): void {
    this.calls.push('show');
  }

  hide(): void {
    this.calls.push('hide');
  }

  focus(): void {
    this.calls.push('focus');
  }

  minimize(): void {
    this.minimised = true;
    this.calls.push('minimize');
  }

  restore(): void {
    this.minimised = false;
    this.calls.push('restore');
  }

  isMinimized(): boolean {
    return this.minimised;
  }

  getNormalBounds(): Rectangle {
    return { x: 10, y: 20, width: 900, height: 700 };
  }
}

export interface FakeEvent {
  prevented: boolean;
  preventDefault: () => void;
}

export function fakeEvent<T extends object>(details: T): T & FakeEvent {
  const event = {
    ...details,
    prevented: false,
    preventDefault: () => {
      event.prevented = true;
    },
  };
  return event;
}

/** An IPC message's event, from `frame` of `sender`. */
export function ipcEvent(sender: FakeWebContents, frame: FakeFrame | null): IpcMainEvent {
  return { sender, senderFrame: frame } as unknown as IpcMainEvent;
}
