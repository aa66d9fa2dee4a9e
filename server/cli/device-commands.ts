import type { Command } from 'commander';
import { z } from 'zod';
import { TallymanError } from '../../shared/errors.ts';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import { listDevices, revokeDevice } from '../auth/devices.ts';
import type { LocationFlags } from './command-location.ts';
import { withCommandStore } from './command-store.ts';
import { locatedInOrganisation } from './located-command.ts';
import { printTable } from './print-table.ts';

/** Laptops on which somebody has signed in. */
export function addDeviceCommands(program: Command): void {
  const device = program.command('device').description('laptops on which somebody has signed in');
  locatedInOrganisation(device.command('list'))
    .description('all laptops, those seen last first')
    .option('--json', 'one line of JSON, for scripts')
    .action((flags: LocationFlags & { json?: boolean }) =>
      withCommandStore(flags, async ({ store }) =>
        tellDevices(await listDevices(store.reader), flags),
      ),
    );
  locatedInOrganisation(device.command('revoke'))
    .description('let a laptop in no more; what it could not send goes to quarantine')
    .argument('<id>', 'as "device list" names it')
    .action((id: string, flags: LocationFlags) =>
      withCommandStore(flags, async (auth) => {
        if (!z.uuid().safeParse(id).success) {
          throw new TallymanError(
            'BAD_INPUT',
            'A laptop is named by its id, as "device list" shows it.',
          );
        }
        await revokeDevice(auth, id.toLowerCase());
      }),
    );
}

function tellDevices(devices: readonly AdminDevice[], { json }: { json?: boolean }): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify(devices)}\n`);
    return;
  }
  printTable(
    ['id', 'name', 'version', 'last person', 'last seen', 'state'],
    devices.map(({ id, name, appVersion, lastPerson, lastSeen, revokedAt, clearedAt }) => [
      id,
      name,
      appVersion,
      lastPerson?.name ?? '–',
      new Date(lastSeen).toISOString(),
      stateOf(revokedAt, clearedAt),
    ]),
  );
}

function stateOf(revokedAt: number | null, clearedAt: number | null): string {
  if (revokedAt === null) return 'in use';
  return clearedAt === null ? 'revoked' : 'revoked, cleared';
}
