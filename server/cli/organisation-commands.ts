import type { Command } from 'commander';
import { TallymanError } from '../../shared/errors.ts';
import { organisationField } from '../../shared/sync/organisation.ts';
import { hasAccounts } from '../auth/has-accounts.ts';
import { openStore } from '../store/open-store.ts';
import {
  makeOrganisationFolder,
  organisationExists,
  organisationLocation,
  organisationsAt,
} from '../tenant/organisation-location.ts';
import { commandLocation, type LocationFlags, requireStore } from './command-location.ts';
import { located } from './located-command.ts';
import { printTable } from './print-table.ts';

/** Organisations beside the first one, which is there from the beginning. */
export function addOrganisationCommands(program: Command): void {
  const organisation = program
    .command('organisation')
    .description('organisations beside the first one, each served below /o/<code>');
  located(organisation.command('add'))
    .description('a store of its own, which a running server serves at once')
    .argument('<code>', 'a–z, 0–9 and -, as it stands in the address')
    .option('--name <text>', 'the name that people see')
    .action(addOrganisation);
  located(organisation.command('list'))
    .description('all organisations, the first one without a code')
    .option('--json', 'one line of JSON, for scripts')
    .action(listOrganisations);
}

async function addOrganisation(
  wanted: string,
  { name, ...flags }: LocationFlags & { name?: string },
): Promise<void> {
  const code = organisationField.safeParse(wanted);
  if (!code.success) throw new TallymanError('BAD_INPUT', code.error.issues[0]?.message ?? '');
  const base = commandLocation(flags, process.env);
  const first = await openStore(base);
  try {
    if (await organisationExists(base, first.reader, code.data)) {
      throw new TallymanError('CONFLICT', `There is an organisation ${code.data} already.`);
    }
  } finally {
    await first.close();
  }
  const location = organisationLocation(base, code.data);
  makeOrganisationFolder(location);
  const store = await openStore({ ...location, name: name ?? code.data });
  await store.close();
  process.stdout.write(`${JSON.stringify({ code: code.data, name: store.serverName })}\n`);
}

async function listOrganisations(flags: LocationFlags & { json?: boolean }): Promise<void> {
  const base = commandLocation(flags, process.env);
  requireStore(base);
  const first = await openStore(base);
  const organisations = [];
  try {
    for (const code of [null, ...(await organisationsAt(base, first.reader))]) {
      const store = code === null ? first : await openStore(organisationLocation(base, code));
      const signIn = (await hasAccounts(store)) ? 'required' : 'open';
      organisations.push({ code, name: store.serverName, signIn });
      if (code !== null) await store.close();
    }
  } finally {
    await first.close();
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify(organisations)}\n`);
  else {
    printTable(
      ['code', 'name', 'sign-in'],
      organisations.map(({ code, name, signIn }) => [code ?? '–', name, signIn]),
    );
  }
}
