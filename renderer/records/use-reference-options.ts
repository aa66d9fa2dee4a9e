import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { useTRPCClient } from '../trpc.ts';
import { recordTitle } from './record-fields.ts';

const OPTIONS_MAX = 50;
/** Of a list that has no search of its own. */
const ROWS_READ_MAX = 500;

/** A row that can be pointed to, as people know it. */
export interface ReferenceOption {
  id: string;
  title: string;
  /** What tells it from others of that title. */
  hint: string | null;
}

interface ReferenceQuestion {
  entity: string;
  /** Only rows of this site; null: of all. */
  siteId: string | null;
  /** What the person has typed to find it. */
  text: string;
}

interface ReferenceOptions {
  options: readonly ReferenceOption[];
  isReading: boolean;
  /** The first that fits, once it is known: a scanner's Enter may come before the answer. */
  findFirst: () => Promise<ReferenceOption | undefined>;
}

/** Rows that fit a text: products and locations by their own search, others among the first of their list. */
export function useReferenceOptions(question: ReferenceQuestion): ReferenceOptions {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const query = {
    queryKey: ['referenceOptions', question],
    queryFn: ({ signal }: { signal: AbortSignal }) => readOptions(client, question, signal),
    // It is of several entities, so no event would tell that it is old: it is read for each text anew.
    staleTime: 0,
    gcTime: 0,
  };
  const { data, isPending } = useQuery({ ...query, placeholderData: keepPreviousData });
  return {
    options: data ?? [],
    isReading: isPending,
    findFirst: async () => (await queryClient.query(query))[0],
  };
}

async function readOptions(
  client: ReturnType<typeof useTRPCClient>,
  { entity, siteId, text }: ReferenceQuestion,
  signal: AbortSignal,
): Promise<readonly ReferenceOption[]> {
  if (entity === 'product') {
    const search = { text, limit: OPTIONS_MAX };
    const { items } = await client.catalogue.search.query(search, { signal });
    return items.map(({ id, name, sku }) => ({ id, title: name, hint: sku }));
  }
  if (entity === 'location') {
    const search = { siteId, text, limit: OPTIONS_MAX };
    const places = await client.stock.locations.query(search, { signal });
    return places.map(({ id, code, name }) => ({ id, title: code, hint: name }));
  }
  const isOfSite = siteId !== null && entityNamed(entity).scope === 'site';
  const where = isOfSite ? { site_id: siteId } : {};
  const list = { entity, where, limit: ROWS_READ_MAX };
  const { items } = await client.records.list.query(list, { signal });
  return items
    .map(({ id, row }) => ({ id, title: recordTitle(row), hint: hintOf(row) }))
    .filter((option) => option.title !== '' && fits(option, text))
    .slice(0, OPTIONS_MAX);
}

/** The name of what is known by its code. */
function hintOf({ code, name }: StoredRow): string | null {
  return typeof code === 'string' && typeof name === 'string' ? name : null;
}

function fits({ title, hint }: ReferenceOption, text: string): boolean {
  return `${title} ${hint ?? ''}`.toLowerCase().includes(text.toLowerCase());
}
