import { expect, test } from 'vitest';
import { createFakeDesktopApp } from '../../tests/fakes/desktop-app.ts';
import { desktopRouter } from './desktop-router.ts';

/** tRPC shows the definition of a procedure under this name only. */
const DEFINITION = '_def';

/** What a locked laptop answers all the same. Whoever adds to this says why it shows nothing of people's data. */
const FREE = [
  // The page's own frame: version, appearance, network, and how much waits.
  'app.info',
  'network.changes',
  'network.status',
  'settings.changes',
  'settings.get',
  'sync.events',
  'sync.status',
  // Brings work to the server, and shows nothing.
  'sync.trigger',
  'session.changes',
  'session.lock',
  'session.signIn',
  'session.signOut',
  'session.state',
  'session.touch',
  'session.unlock',
];

const procedures = desktopRouter[DEFINITION].procedures as unknown as Record<
  string,
  Record<typeof DEFINITION, { type: string; middlewares: readonly unknown[] }>
>;

function lockedCaller(isNew = false) {
  const open = createFakeDesktopApp();
  const session = { ...open.session, isUsable: () => false, isNew: () => isNew };
  return desktopRouter.createCaller({ app: { ...open, session } });
}

async function answerOf(path: string, isNew = false): Promise<unknown> {
  let target: unknown = lockedCaller(isNew);
  for (const part of path.split('.')) target = (target as Record<string, unknown>)[part];
  try {
    // No input: whatever is judged before the input must refuse first.
    return await (target as (input?: unknown) => Promise<unknown>)();
  } catch (error) {
    return error;
  }
}

const REFUSED = { cause: { code: 'UNAUTHORIZED' } };

test.each(Object.keys(procedures).filter((path) => !FREE.includes(path)))(
  'a locked laptop refuses %s, whatever a page asks',
  async (path) => {
    expect(await answerOf(path)).toMatchObject(REFUSED);
  },
);

test.each(FREE)('a locked laptop answers %s', async (path) => {
  expect(Object.keys(procedures)).toContain(path);
  expect(await answerOf(path)).not.toMatchObject(REFUSED);
});

test('only a laptop without people may be set up while nobody is signed in', async () => {
  expect(await answerOf('settings.update', true)).not.toMatchObject(REFUSED);
  expect(await answerOf('records.list', true)).toMatchObject(REFUSED);
});
