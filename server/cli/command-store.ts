import { organisationField } from '../../shared/sync/organisation.ts';
import { TallymanError } from '../../shared/errors.ts';
import { createTenantAuth, type TenantAuth } from '../auth/tenant-auth.ts';
import { openStore } from '../store/open-store.ts';
import { organisationExists } from '../tenant/organisation-location.ts';
import { commandLocation, type LocationFlags, requireStore } from './command-location.ts';

/** Opens the store that the flags name, beside a running server or without one, and closes it when `work` is done. */
export async function withCommandStore<T>(
  flags: LocationFlags,
  work: (auth: TenantAuth) => Promise<T>,
): Promise<T> {
  const location = commandLocation(flags, process.env);
  requireStore(location);
  await requireOrganisation(flags);
  const store = await openStore(location);
  try {
    return await work(createTenantAuth({ store, now: Date.now }));
  } finally {
    await store.close();
  }
}

/** Opening the schema of one that nobody has added would make it. */
async function requireOrganisation({ organisation, ...base }: LocationFlags): Promise<void> {
  if (organisation === undefined) return;
  const location = commandLocation(base, process.env);
  if (location.database === undefined) return;
  const first = await openStore(location);
  try {
    const code = organisationField.parse(organisation);
    if (await organisationExists(location, first.reader, code)) return;
  } finally {
    await first.close();
  }
  throw new TallymanError(
    'NOT_FOUND',
    `There is no organisation ${organisation}. Add it with "organisation add" first.`,
  );
}
