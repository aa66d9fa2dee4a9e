import { useQuery } from '@tanstack/react-query';
import type { Person } from '../../shared/entities/person.ts';
import type { EntityName } from '../../shared/entities/registry.ts';
import { useSignedIn } from '../session/use-session.ts';
import { useSettings } from '../settings/use-settings.ts';
import { useTRPC } from '../trpc.ts';

/** The entity itself would bring the checks of all entities into what is loaded before anything is shown. */
const ENTITY = 'person' satisfies EntityName;

/**
 * Who works here now: whoever is signed in, or who says so where nobody has to sign in. Null if nobody did, or the person is
 * not on this laptop; undefined while that is not known.
 */
export function usePerson(): Person | null | undefined {
  const trpc = useTRPC();
  const { settings } = useSettings();
  const signedIn = useSignedIn();
  const id = signedIn ? null : (settings?.personId ?? null);
  const { data } = useQuery({
    ...trpc.records.get.queryOptions({ entity: ENTITY, id: id ?? '' }),
    enabled: id !== null,
  });
  if (signedIn) {
    return { id: signedIn.id, name: signedIn.name, role: signedIn.role, active: true };
  }
  if (settings === undefined) return undefined;
  if (id === null) return null;
  if (!data) return data;
  const { name, role, active } = data.row;
  return { id, name: String(name), role: role as Person['role'], active: active === 1 };
}
