import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startServer } from '../../../server/start-server.ts';
import { commitChanges } from '../../../server/sync/scope-commit.ts';
import type { SessionState } from '../../../shared/desktop/session-views.ts';
import { pendingInput } from '../../../shared/desktop/work-views.ts';
import {
  openPeopleLaptop,
  type PeopleLaptop,
  signIn,
  writeNote as note,
} from '../../../tests/support/people-bench.ts';
import {
  PASSWORD,
  type PeopledServer,
  startPeopledServer,
} from '../../../tests/support/peopled-server.ts';
import { productRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import type { AppPorts } from '../ports.ts';

const tempFolder = useTempFolders();
const PIN = '2468';
const OTHER_PIN = '9753';
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

let office: PeopledServer;
let anna: string;
let bert: string;
let serverData: string;
const laptops: PeopleLaptop[] = [];

beforeEach(async () => {
  serverData = tempFolder();
  office = await startPeopledServer(serverData);
  anna = await office.add('anna', 'counter', [office.sites.north]);
  bert = await office.add('bert', 'counter', [office.sites.south]);
});
afterEach(async () => {
  await Promise.all(laptops.splice(0).map((laptop) => laptop.close()));
  await office.server.close();
});

/** Somebody who has signed in and set a PIN. */
async function welcome({ app }: PeopleLaptop, login: string, pin: string): Promise<void> {
  await signIn(app, login);
  await app.session.setPin(pin);
}

async function openLaptop(
  folder = tempFolder(),
  ports: Partial<AppPorts> = {},
): Promise<PeopleLaptop> {
  return kept(await openPeopleLaptop({ folder, serverUrl: office.server.url, ports }));
}

function kept(laptop: PeopleLaptop): PeopleLaptop {
  laptops.push(laptop);
  return {
    ...laptop,
    restart: async (next) => {
      laptops.splice(laptops.indexOf(laptop), 1);
      return kept(await laptop.restart(next));
    },
  };
}

/** The book as it was written before it kept logins. */
function withoutLogins(file: string, key: string): string {
  const held = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const book = JSON.parse(held[key] ?? '{}') as { people: { login?: string }[] };
  for (const person of book.people) delete person.login;
  return JSON.stringify(book);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function filesWith(folder: string, canary: string): string[] {
  return filesOf(folder).filter((path) => readFileSync(path).includes(canary));
}

describe('several people on one laptop', () => {
  test('work of two people, the second offline, is delivered under the right names', async () => {
    const laptop = await openLaptop();
    const { app } = laptop;
    await welcome(laptop, 'anna', PIN);
    await laptop.sync();
    await welcome(laptop, 'bert', OTHER_PIN);
    await laptop.sync();
    await note(app, 1, 'by Bert');
    // Anna comes back without anything being asked of the server.
    expect(await app.session.unlock({ personId: anna, pin: PIN })).toMatchObject({
      kind: 'signedIn',
      person: { id: anna },
      people: expect.arrayContaining([expect.objectContaining({ id: bert, waiting: 1 })]),
    });
    expect(app.settings.get().personId).toBe(anna);
    await note(app, 2, 'by Anna');
    await laptop.sync();
    expect((await app.sync.status()).pending).toBe(0);
    const audit = await office.server.store.reader.selectFrom('audit').selectAll().execute();
    const authors = audit
      .filter(({ subject, details }) =>
        [productRow(1).id, productRow(2).id].some((id) => `${subject} ${details}`.includes(id)),
      )
      .map(({ person_id }) => person_id);
    expect(new Set(authors), JSON.stringify(audit)).toEqual(new Set([anna, bert]));
  });

  test('after a copied folder the work of whoever has not come waits, with what builds on it, and goes up later', async () => {
    const { store } = office.server;
    await commitChanges(store, (tx) => tx.insert('product', [productRow(3)]));
    const serverUrl = office.server.url;
    const original = await openPeopleLaptop({ folder: tempFolder(), serverUrl });
    await signIn(original.app, 'bert');
    await signIn(original.app, 'anna');
    await original.sync();
    await original.close();
    const copy = tempFolder();
    cpSync(original.folder, copy, { recursive: true });
    const again = await openLaptop(original.folder);
    await signIn(again.app, 'anna');
    await note(again.app, 1, 'under the first number');
    await again.sync();
    const laptop = await openLaptop(copy);
    const { app } = laptop;
    await signIn(app, 'bert');
    await note(app, 2, 'by Bert');
    await signIn(app, 'anna');
    await app.records.write([
      {
        kind: 'update',
        entity: 'product_note',
        id: productRow(2).id,
        fields: { text: 'by Bert and Anna' },
      },
    ]);
    await note(app, 3, 'by Anna');
    const { deviceId } = await app.info();
    await app.sync.trigger({ syncUnit: 'full', discardPendingSyncUnits: false, reason: 'user' });
    await vi.waitFor(async () => expect((await app.info()).deviceId).not.toBe(deviceId), {
      timeout: 30_000,
    });
    // The laptop has another id now, under which nobody has signed in.
    await signIn(app, 'anna');
    await laptop.sync();
    expect(await app.sync.status()).toMatchObject({ pending: 2, attention: 0 });
    expect(await app.session.state()).toMatchObject({
      people: expect.arrayContaining([expect.objectContaining({ id: bert, waiting: 1 })]),
    });
    // Again and again: no number is used up by what waits.
    await laptop.sync();
    await note(app, 1, 'never seen');
    await laptop.sync();
    await signIn(app, 'bert');
    await laptop.sync();
    expect(await app.sync.status()).toMatchObject({ pending: 0, attention: 0 });
    const notes = await store.reader.selectFrom('product_note').select(['id', 'text']).execute();
    expect(notes).toEqual(
      expect.arrayContaining([
        { id: productRow(2).id, text: 'by Bert and Anna' },
        { id: productRow(3).id, text: 'by Anna' },
      ]),
    );
  });

  test('what somebody typed and what somebody may see is theirs alone', async () => {
    const laptop = await openLaptop();
    const { app } = laptop;
    await welcome(laptop, 'anna', PIN);
    await laptop.sync();
    await app.drafts.put({ key: 'form', value: { text: 'of Anna' } });
    await note(app, 1, 'by Anna');
    const sites = async () => (await app.sync.status()).scopes.map(({ siteCode }) => siteCode);
    expect(await sites()).toEqual([null, 'NORTH']);
    await welcome(laptop, 'bert', OTHER_PIN);
    await laptop.sync();
    expect(await app.drafts.get('form')).toBeNull();
    expect(
      (await app.work.pending(pendingInput.parse({ limit: 10, show: 'settled' }))).items,
    ).toEqual([]);
    expect(await sites()).toEqual([null, 'NORTH', 'SOUTH']);
    // Nobody who is known may see the first site any more: its rows go at once.
    await app.session.signOut(anna);
    expect((await app.sync.status()).scopes.map(({ siteCode }) => siteCode)).toEqual([
      null,
      'SOUTH',
    ]);
  });

  test('whoever signs out leaves work that the next one delivers, and no way back without a password', async () => {
    const laptop = await openLaptop();
    const { app } = laptop;
    await welcome(laptop, 'anna', PIN);
    await laptop.sync();
    await note(app, 1, 'left by Anna');
    expect(await app.session.signOut(anna)).toMatchObject({
      kind: 'signedOut',
      people: [{ id: anna, login: null, hasPin: false, waiting: 1 }],
    });
    expect(app.session.isUsable()).toBe(false);
    await expect(app.session.unlock({ personId: anna, pin: PIN })).rejects.toMatchObject({
      code: 'SESSION_ENDED',
    });
    const open = await office.server.store.reader
      .selectFrom('session')
      .select('session_id')
      .where('ended_at', 'is', null)
      .execute();
    expect(open).toEqual([]);
    await signIn(app, 'bert');
    await laptop.sync();
    expect((await app.sync.status()).pending).toBe(0);
  });

  test('whoever has signed in need not say again who they are, also after refreshes and starts', async () => {
    let laptop = await openLaptop();
    await welcome(laptop, 'anna', PIN);
    await laptop.sync();
    laptop = await laptop.restart();
    await laptop.app.session.unlock({ personId: anna, pin: PIN });
    // Asks for a token, which this start does not have yet.
    await laptop.sync();
    expect(await laptop.app.session.state()).toMatchObject({
      people: [{ id: anna, login: 'anna' }],
    });
  });

  test('a laptop from before logins were kept lets people in as before, and keeps them from then on', async () => {
    let laptop = await openLaptop();
    await welcome(laptop, 'anna', PIN);
    const secrets = join(laptop.folder, 'secrets.json');
    laptop = await laptop.restart({
      secrets: {
        isEncrypted: false,
        read: async (key) => withoutLogins(secrets, key),
        write: async () => undefined,
      },
    });
    expect(laptop.errors).toEqual([]);
    expect(await laptop.app.session.unlock({ personId: anna, pin: PIN })).toMatchObject({
      person: { id: anna, login: null },
    });
    expect(await signIn(laptop.app, 'anna')).toMatchObject({ person: { login: 'anna' } });
  });

  test('secrets are in one file that only its owner may read, and nowhere else', async () => {
    const laptop = await openLaptop();
    await welcome(laptop, 'anna', '864213579');
    await laptop.sync();
    const secrets = join(laptop.folder, 'secrets.json');
    const book = JSON.parse(
      (JSON.parse(readFileSync(secrets, 'utf8')) as { session: string }).session,
    ) as { proof: { refreshToken: string } };
    expect(filesWith(laptop.folder, book.proof.refreshToken)).toEqual([secrets]);
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect(filesWith(laptop.folder, PASSWORD)).toEqual([]);
    expect(filesWith(laptop.folder, '864213579')).toEqual([]);
  });
});

describe('a laptop that is locked', () => {
  test('asks for the PIN after a start without a network, and counts wrong ones across starts', async () => {
    let laptop = await openLaptop();
    await welcome(laptop, 'anna', PIN);
    await office.server.close();
    laptop = await laptop.restart();
    expect(await laptop.app.session.state()).toMatchObject({
      kind: 'locked',
      reason: 'start',
      person: { id: anna, hasPin: true },
    });
    const tryPin = (pin: string) => laptop.app.session.unlock({ personId: anna, pin });
    for (const attemptsLeft of [4, 3, 2]) {
      await expect(tryPin('0000')).rejects.toMatchObject({
        code: 'WRONG_PIN',
        details: { attemptsLeft },
      });
    }
    laptop = await laptop.restart();
    await expect(tryPin('0000')).rejects.toMatchObject({ details: { attemptsLeft: 1 } });
    await expect(tryPin('0000')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await expect(tryPin(PIN)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    // A clock that is set back does not shorten the wait, nor does a restart.
    laptop.clock.offset = -DAY;
    laptop = await laptop.restart();
    await expect(tryPin(PIN)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    laptop.clock.offset = MINUTE;
    expect(await tryPin(PIN)).toMatchObject({ kind: 'signedIn' });
  });

  test('after ten wrong PINs only the password helps', async () => {
    const laptop = await openLaptop();
    await welcome(laptop, 'anna', PIN);
    await laptop.app.session.lock('asked');
    for (let tries = 0; tries < 10; tries++) {
      laptop.clock.offset += 120 * MINUTE;
      await laptop.app.session.unlock({ personId: anna, pin: '0000' }).catch(() => undefined);
    }
    laptop.clock.offset += 120 * MINUTE;
    await expect(laptop.app.session.unlock({ personId: anna, pin: PIN })).rejects.toMatchObject({
      code: 'SESSION_ENDED',
    });
    expect(await signIn(laptop.app, 'anna')).toMatchObject({ person: { hasPin: false } });
  });

  test('locks when the system locks its screen, and keeps all work', async () => {
    const listeners: (() => void)[] = [];
    const laptop = await openLaptop(tempFolder(), {
      power: {
        onResume: () => () => undefined,
        onLock: (listener) => {
          listeners.push(listener);
          return () => undefined;
        },
      },
    });
    await welcome(laptop, 'anna', PIN);
    for (const listener of listeners) listener();
    await vi.waitFor(async () =>
      expect(await laptop.app.session.state()).toMatchObject({ kind: 'locked', reason: 'idle' }),
    );
  });

  test('the lease ends though the clock was set back; work is kept, and the server opens it again', async () => {
    let laptop = await openLaptop();
    await welcome(laptop, 'anna', PIN);
    await laptop.sync();
    await note(laptop.app, 1, 'before the lease ended');
    const { port } = new URL(office.server.url);
    await office.server.close();
    laptop.clock.offset = 13 * DAY;
    laptop = await laptop.restart();
    expect(await laptop.app.session.unlock({ personId: anna, pin: PIN })).toMatchObject({
      kind: 'signedIn',
    });
    laptop.clock.offset = 0;
    laptop = await laptop.restart();
    const left = (await laptop.app.session.state()) as Extract<SessionState, { kind: 'locked' }>;
    // Two weeks were given, thirteen days were seen to pass.
    expect(left.person.leaseEndsAt - Date.now()).toBeLessThan(DAY + MINUTE);
    laptop.clock.offset = 14 * DAY + MINUTE;
    laptop = await laptop.restart();
    expect(await laptop.app.session.state()).toMatchObject({ kind: 'locked', reason: 'lease' });
    await expect(laptop.app.session.unlock({ personId: anna, pin: PIN })).rejects.toMatchObject({
      code: 'LEASE_ENDED',
    });
    office.server = await startServer({ dataDir: serverData, port: Number(port) });
    expect(await laptop.app.session.unlock({ personId: anna, pin: PIN })).toMatchObject({
      kind: 'signedIn',
      person: { waiting: 1 },
    });
    await laptop.sync();
    expect((await laptop.app.sync.status()).pending).toBe(0);
  });
});
