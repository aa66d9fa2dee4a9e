import { beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../shared/desktop/settings.ts';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { NEVER_SYNCED } from '../../tests/fakes/desktop-app.ts';
import { createFakeElectron, type FakeTray } from '../../tests/fakes/electron.ts';
import { type AppTray, openTray } from './open-tray.ts';
import { hasTrayHost } from './tray-host.ts';
import { trayViewOf } from './tray-menu.ts';
import { chooseWords } from './words/choose-words.ts';

const NOON = new Date(2026, 10, 22, 12, 0).getTime();
const SYNCED: SyncStatus = { ...NEVER_SYNCED, state: 'idle', lastSuccessAt: NOON - 3_600_000 };
const english = chooseWords('en', []);
const russian = chooseWords('ru', []);

test.each<[string, SyncStatus, object]>([
  [
    'fresh',
    SYNCED,
    { icon: 'fresh', canSync: true, facts: ['Up to date', 'Last synced 11:00 AM'] },
  ],
  ['never synced', NEVER_SYNCED, { icon: 'offline', canSync: true, facts: ['Not synced yet'] }],
  [
    'syncing',
    { ...SYNCED, state: 'syncing', pending: 1 },
    {
      icon: 'syncing',
      canSync: false,
      facts: ['Syncing…', 'Last synced 11:00 AM', '1 change waiting to be sent'],
    },
  ],
  [
    'offline since yesterday with work waiting',
    { ...SYNCED, state: 'offline', lastSuccessAt: NOON - 86_400_000, pending: 1_234 },
    {
      icon: 'offline',
      facts: ['Offline', 'Last synced Nov 21, 2026, 12:00 PM', '1,234 changes waiting to be sent'],
    },
  ],
  [
    'failed',
    { ...SYNCED, state: 'error' },
    { icon: 'attention', tooltip: 'Tallyman: The last sync failed' },
  ],
  [
    'in conflict',
    { ...SYNCED, conflicts: 2 },
    { icon: 'attention', facts: expect.arrayContaining(['2 changes need attention']) },
  ],
  [
    'refused by the server, with a conflict and work waiting',
    { ...SYNCED, conflicts: 1, attention: 2, pending: 4 },
    {
      icon: 'attention',
      facts: expect.arrayContaining(['4 changes waiting to be sent', '3 changes need attention']),
    },
  ],
])('the tray of a laptop that is %s', (_, status, expected) => {
  const view = trayViewOf(status, english, NOON);
  expect({
    ...view,
    facts: view.facts.map((fact) => fact.replaceAll('\u202f', ' ')),
  }).toMatchObject(expected);
});

test.each([
  [1, '1 изменение ждёт отправки'],
  [3, '3 изменения ждут отправки'],
  [5, '5 изменений ждут отправки'],
  [21, '21 изменение ждёт отправки'],
])('Russian counts %i rightly', (pending, expected) => {
  expect(trayViewOf({ ...SYNCED, pending }, russian, NOON).facts).toContain(expected);
});

test.each([
  ['de', ['en-US'], 'de'],
  ['system', ['fr-FR', 'es-MX', 'de'], 'es'],
  ['system', ['RU'], 'ru'],
  ['system', ['fr'], 'en'],
  ['system', ['desert'], 'en'],
  ['system', [], 'en'],
] as const)('of %s with %j the language is %s', (chosen, system, expected) => {
  expect(chooseWords(chosen, system).language).toBe(expected);
});

test('every language says every thing, with the number in each plural', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !('other' in value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]))
      : typeof value;
  for (const language of LANGUAGES) {
    const { words } = chooseWords(language, []);
    expect(shapeOf(words)).toEqual(shapeOf(english.words));
    for (const text of [...Object.values(words.pending), ...Object.values(words.attention)]) {
      expect(text).toContain('#');
    }
    expect(words.lastSynced).toContain('#');
  }
});

describe('the icon', () => {
  let trays: FakeTray[];
  let done: string[];
  let open: (platform: NodeJS.Platform) => AppTray;
  beforeEach(() => {
    const { electron, ...made } = createFakeElectron('/nowhere');
    ({ trays } = made);
    done = [];
    open = (platform) =>
      openTray({
        electron,
        platform,
        iconsFolder: new URL('file:///icons/'),
        actions: {
          syncNow: () => done.push('sync'),
          open: () => done.push('open'),
          quit: () => done.push('quit'),
        },
        now: () => NOON,
      });
  });

  test('shows the state, and its menu syncs, opens and quits', () => {
    open('linux').show(SYNCED, english);
    const [tray] = trays;
    expect([tray?.image, tray?.tooltip]).toEqual(['/icons/fresh.png', 'Tallyman: Up to date']);
    expect(tray?.menu.map(({ label, enabled, type }) => label ?? type ?? enabled)).toEqual([
      'Up to date',
      expect.stringContaining('Last synced'),
      'separator',
      'Sync now',
      'Open Tallyman',
      'separator',
      'Quit Tallyman',
    ]);
    for (const item of tray?.menu ?? []) item.click?.({} as never, undefined, {});
    tray?.emit('click');
    expect(done).toEqual(['sync', 'open', 'quit', 'open']);
  });

  test('is a template on a Mac, where a click opens the menu', () => {
    open('darwin').show({ ...SYNCED, state: 'offline' }, english);
    trays[0]?.emit('click');
    expect([trays[0]?.image, done]).toEqual(['/icons/offlineTemplate.png', []]);
  });

  test('is drawn again for what can be seen and for nothing else', () => {
    const tray = open('linux');
    tray.show(SYNCED, english);
    tray.show({ ...SYNCED, queued: ['stock'] }, english);
    expect(trays[0]?.drawn).toBe(1);
    tray.show({ ...SYNCED, state: 'syncing' }, english);
    tray.show({ ...SYNCED, state: 'syncing' }, russian);
    expect([trays[0]?.drawn, trays[0]?.image, trays.length]).toEqual([3, '/icons/syncing.png', 1]);
  });

  test('is made anew after standby', () => {
    const tray = open('linux');
    tray.show({ ...SYNCED, state: 'error' }, english);
    tray.makeAnew();
    expect(trays.map(({ destroyed, image }) => [destroyed, image])).toEqual([
      [true, '/icons/attention.png'],
      [false, '/icons/attention.png'],
    ]);
    expect(trays[1]?.menu).toEqual(trays[0]?.menu);
  });
});

test.each([
  ['variant       boolean true', true],
  ['variant       boolean false', false],
  ['Error org.freedesktop.DBus.Error.ServiceUnknown', false],
])('on Linux the desktop is asked for a tray: %s', async (answer, expected) => {
  expect(await hasTrayHost('linux', async () => answer)).toBe(expected);
});

test('without D-Bus there is no tray to rely on; Windows and Macs always have one', async () => {
  const fail = () => Promise.reject(new Error('no such program'));
  expect(await hasTrayHost('linux', fail)).toBe(false);
  expect(await hasTrayHost('win32', fail)).toBe(true);
  expect(await hasTrayHost('darwin', fail)).toBe(true);
});
