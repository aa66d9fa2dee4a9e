import type { Command } from 'commander';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import { createApp } from '../app/create-app.ts';
import { serverUrlOf } from '../app/node-ports/server-url-of.ts';
import { folderCommand, type FolderOptions, present, withApp } from './folder-command.ts';
import { headlessPorts } from './headless-ports.ts';
import { readPassword } from './read-password.ts';

interface SignInOptions extends FolderOptions {
  server: string;
  user: string;
}

/** Who works in a data folder. What is recorded there afterwards is theirs; no PIN is asked for without a screen. */
export function addSessionCommands(program: Command): void {
  folderCommand(program, 'sign-in', 'Sign in; the password comes from stdin, as one line.')
    .requiredOption('--server <url>', 'the Tallyman server')
    .requiredOption('--user <name>', 'what you sign in with')
    .action(signIn);
  folderCommand(program, 'sign-out', 'Sign out; work that was not sent stays.').action(signOut);
}

async function signIn(options: SignInOptions): Promise<void> {
  const serverUrl = serverUrlOf(options.server);
  const password = await readPassword(process.stdin, process.stderr);
  const app = await createApp(headlessPorts(options.data));
  try {
    await app.settings.update({ serverUrl });
    const state = await app.session.signIn({ login: options.user, password });
    const { person } = signedIn(state);
    const { id, name, role, sites } = person;
    present(options, { person: { id, name, role, sites: sites.map(({ code }) => code) } }, [
      `${name} is signed in (${role}).`,
    ]);
  } finally {
    await app.close();
  }
}

async function signOut(options: FolderOptions): Promise<void> {
  await withApp(options.data, async (app) => {
    const { person } = signedIn(await app.session.state());
    await app.session.signOut(person.id);
    const waiting = (await app.sync.status()).pending;
    present(options, { signedOut: person.name, waiting }, [
      `${person.name} is signed out. ${waiting} changes wait for the next sync.`,
    ]);
  });
}

function signedIn(state: SessionState): Extract<SessionState, { kind: 'signedIn' }> {
  if (state.kind === 'signedIn') return state;
  throw new TallymanError('UNAUTHORIZED', 'Nobody is signed in here. `sign-in` does that.');
}
