import { useQuery } from '@tanstack/react-query';
import type { Person } from '../../shared/entities/person.ts';
import { person } from '../../shared/entities/person.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import { useSettings } from '../settings/use-settings.ts';
import { useTRPC } from '../trpc.ts';

/** Who works here now: null if nobody said so, or the person is not on this laptop; undefined while that is not known. */
export function usePerson(): Person | null | undefined {
  const trpc = useTRPC();
  const { settings } = useSettings();
  const id = settings?.personId ?? null;
  const { data } = useQuery({
    ...trpc.records.get.queryOptions({ entity: person.name, id: id ?? '' }),
    enabled: id !== null,
  });
  if (settings === undefined) return undefined;
  if (id === null) return null;
  return data ? (fromStored(person, data.row) as Person) : data;
}
