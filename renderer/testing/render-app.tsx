import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { PrinterPort } from '../../main/app/printer-port.ts';
import { App } from '../app.tsx';
import { createConnection, type SettableConnection } from '../connection.ts';
import { createFakeAudio } from './fake-audio.ts';
import { fakeId } from './fake-catalogue.ts';
import { createFakeClient } from './fake-client.ts';
import { fakeShrinkPhoto } from './fake-photos.ts';
import { personalTime } from './personal-time.ts';
import { createFakeDesktop, type FakeDesktop, type FakeDesktopOptions } from './fake-desktop.ts';

interface HappyWindow {
  happyDOM: { setViewport: (size: { width: number; height: number }) => void };
}

export interface RenderedApp {
  desktop: FakeDesktop;
  connection: SettableConnection;
  user: UserEvent;
  /** Files handed to the person, in order. */
  saved: readonly { name: string; text: string }[];
  /** What was to be heard, in Hertz. */
  tones: readonly number[];
  /** Times that the page's own print dialog was opened. */
  printDialogs: () => number;
}

interface RenderOptions extends Partial<FakeDesktopOptions> {
  /** Of a shell that prints by itself. */
  printer?: PrinterPort | undefined;
}

/** Noon UTC, so that ages and clock times in tests are the same everywhere. */
export const TEST_NOW = Date.UTC(2026, 5, 1, 12);
const PRODUCTS = 400;
const LIST_HEIGHT = 10_000_000;
const TEST_IDS = 77;
const WINDOW = { width: 1280, height: 800 };
const ROW_AREA = { width: 900, height: 600 };

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 15_000 });

/** happy-dom lays nothing out; a list that measures zero would draw no rows. */
function giveElementsASize(): void {
  for (const [name, size] of [
    ['offsetWidth', ROW_AREA.width],
    ['offsetHeight', ROW_AREA.height],
    ['clientHeight', ROW_AREA.height],
    ['scrollHeight', LIST_HEIGHT],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  HTMLElement.prototype.scrollTo = function scrollTo(
    this: HTMLElement,
    options?: ScrollToOptions | number,
  ): void {
    if (typeof options !== 'object' || options.top === undefined) return;
    this.scrollTop = options.top;
    this.dispatchEvent(new Event('scroll'));
  };
}

/** The whole renderer over a made-up app, at a route. */
export async function renderApp(
  route = '/',
  { printer, ...options }: RenderOptions = {},
): Promise<RenderedApp> {
  cleanup();
  giveElementsASize();
  (window as unknown as HappyWindow).happyDOM.setViewport(WINDOW);
  // What a test before handed from screen to screen stays with its page.
  window.history.replaceState(null, '', `#${route}`);
  const desktop = createFakeDesktop({
    now: () => TEST_NOW,
    products: PRODUCTS,
    ...options,
    settings: { language: 'en', colorScheme: 'light', ...options.settings },
  });
  const connection = createConnection();
  let printDialogs = 0;
  const audio = createFakeAudio();
  let ids = 0;
  const saved: { name: string; text: string }[] = [];
  render(
    <App
      client={createFakeClient(desktop.app, printer)}
      environment={{
        connection,
        now: () => TEST_NOW,
        saveFile: (name, content) => {
          if (typeof content === 'string') saved.push({ name, text: content });
          else void content.text().then((text) => saved.push({ name, text }));
        },
        shrinkPhoto: fakeShrinkPhoto,
        print: () => {
          printDialogs += 1;
        },
        whenIdle: () => () => undefined,
        newId: () => fakeId(TEST_IDS, (ids += 1)),
        keyTime: personalTime(),
        openAudio: () => audio.context,
        reload: () => undefined,
      }}
    />,
  );
  const { kind } = desktop.session.current();
  if (kind === 'open' || kind === 'signedIn') await screen.findByTestId('sync-status');
  else await screen.findByRole('heading', { level: 1 });
  return {
    desktop,
    connection,
    saved,
    tones: audio.tones,
    printDialogs: () => printDialogs,
    user: userEvent.setup(),
  };
}
