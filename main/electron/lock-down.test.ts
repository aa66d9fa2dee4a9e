import type { App, Session, WebContents } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { fakeEvent, FakeWebContents } from '../../tests/fakes/electron-window.ts';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { createExternalLinks, type OpenExternal } from './external-links.ts';
import { lockDownPages, lockDownPermissions } from './lock-down.ts';

let contents: FakeWebContents;
let opened: string[];
let openExternal: OpenExternal;
beforeEach(() => {
  const { fake, electron, ...record } = createFakeElectron('/nowhere');
  opened = record.opened;
  openExternal = createExternalLinks(electron.shell, new Set(['docs.example.com']));
  lockDownPages(fake.app as unknown as App, openExternal);
  contents = new FakeWebContents();
  fake.app.emit('web-contents-created', {}, contents);
});

const NAVIGATIONS = ['will-navigate', 'will-redirect', 'will-frame-navigate'];

test.each(['app://tallyman/', 'app://tallyman/index.html#/sync', 'app://tallyman/?x=1'])(
  'lets the page go to %s',
  (url) => {
    for (const name of NAVIGATIONS) {
      const event = fakeEvent({ url });
      contents.emit(name, event);
      expect([name, event.prevented]).toEqual([name, false]);
    }
  },
);

test.each([
  'https://tallyman/',
  'http://localhost:5173/',
  'app://tallyman.attacker.test/',
  'app://tallyman@attacker.test/',
  'app://tallyman:80/',
  'app://tallyman',
  'app://other/',
  'app:tallyman/',
  'APP://TALLYMAN/',
  'xapp://tallyman/',
  'https://attacker.test/app://tallyman/',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'blob:app://tallyman/1',
  'javascript:alert(1)',
  'about:blank',
  '',
])('keeps the page from going to %j', (url) => {
  for (const name of NAVIGATIONS) {
    const event = fakeEvent({ url });
    contents.emit(name, event);
    expect([name, event.prevented]).toEqual([name, true]);
  }
});

test('no webview is ever attached', () => {
  const event = fakeEvent({});
  contents.emit(
    'will-attach-webview',
    event,
    { nodeIntegration: true },
    { src: 'app://tallyman/' },
  );
  expect(event.prevented).toBe(true);
});

test.each([
  'app://tallyman/',
  'https://docs.example.com/help',
  'https://attacker.test/',
  'http://docs.example.com/',
  'file:///etc/passwd',
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://tallyman/1',
  'mailto:help@example.com',
])('no window opens for %s', (url) => {
  expect(contents.windowOpenHandler({ url })).toEqual({ action: 'deny' });
});

test.each([
  ['https://docs.example.com/help?a=1', true],
  ['mailto:help@example.com', true],
  ['https://docs.example.com:8443/', false],
  ['https://user:secret@docs.example.com/', false],
  ['https://docs.example.com.attacker.test/', false],
  ['https://docs.example.com@attacker.test/', false],
  ['http://docs.example.com/', false],
  ['file:///C:/Windows/System32/calc.exe', false],
  ['smb://server/share', false],
  ['ms-msdt:/id PCWDiagnostic', false],
  ['javascript:alert(1)', false],
  ['vscode://file/etc/passwd', false],
  ['', false],
])('the operating system is given %j: %s', (url, allowed) => {
  expect(openExternal(url)).toBe(allowed);
  expect(opened).toEqual(allowed ? [url] : []);
});

/** Every permission that Electron 45 knows. */
const PERMISSIONS = [
  'ar',
  'background-fetch',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'local-fonts',
  'local-network-access',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'screen-wake-lock',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'usb',
  'window-management',
  'unknown',
];

test.each(PERMISSIONS)('the permission %s is given to our page only, if at all', (permission) => {
  const { defaultSession } = createFakeElectron('/nowhere').fake.session;
  lockDownPermissions(defaultSession as unknown as Session);
  const page = new FakeWebContents() as unknown as WebContents;
  const asked = (requestingUrl: string, isMainFrame: boolean): boolean => {
    let answer = false;
    const details = { isMainFrame, requestingUrl };
    const note = (granted: boolean): void => {
      answer = granted;
    };
    defaultSession.requestHandler?.(page, permission as never, note, details);
    expect(defaultSession.checkHandler?.(page, permission as never, requestingUrl, details)).toBe(
      answer,
    );
    return answer;
  };
  expect([
    asked('app://tallyman/', true),
    asked('app://tallyman/', false),
    asked('https://attacker.test/', true),
    asked('app://tallyman.attacker.test/', true),
  ]).toEqual([permission === 'clipboard-sanitized-write', false, false, false]);
  expect(defaultSession.deviceHandler?.({} as never)).toBe(false);
});
