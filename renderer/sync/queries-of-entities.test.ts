import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { expect, it } from 'vitest';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import { createFakeClient } from '../testing/fake-client.ts';
import { createFakeDesktop } from '../testing/fake-desktop.ts';
import { queriesOfEntities } from './queries-of-entities.ts';

const ID = '0190a000-0004-7000-8000-000000000001';

it('makes old what shows the changed rows, and nothing else', async () => {
  const queryClient = new QueryClient();
  const client = createFakeClient(createFakeDesktop({ now: () => 0, products: 3 }).app);
  const trpc = createTRPCOptionsProxy<DesktopRouter>({ client, queryClient });
  const asked = {
    notes: trpc.records.list.queryOptions({ entity: 'product_note' }),
    place: trpc.records.get.queryOptions({ entity: 'location', id: ID }),
    stock: trpc.stock.ofProduct.queryOptions({ productId: ID }),
    movements: trpc.stock.movements.queryOptions({}),
    sites: trpc.catalogue.sites.queryOptions(),
    brands: trpc.catalogue.brands.queryOptions({ text: '' }),
    pending: trpc.work.pending.queryOptions({}),
  };
  const oldAfter = async (...entities: string[]): Promise<string[]> => {
    // Untagged, because only the keys matter here.
    const keys: QueryKey[] = Object.values(asked).map(({ queryKey }) => queryKey);
    for (const key of keys) queryClient.setQueryData(key, {});
    const filters = queriesOfEntities(trpc, new Set(entities));
    await Promise.all(filters.map((filter) => queryClient.invalidateQueries(filter)));
    return Object.entries(asked)
      .filter(([, { queryKey }]) => queryClient.getQueryState(queryKey)?.isInvalidated)
      .map(([name]) => name);
  };
  expect(await oldAfter('product_note')).toEqual(['notes', 'pending']);
  expect(await oldAfter('location')).toEqual(['place', 'stock', 'movements', 'sites', 'pending']);
  expect(await oldAfter('stock_movement')).toEqual(['stock', 'movements', 'pending']);
  expect(await oldAfter('brand')).toEqual(['brands', 'pending']);
  // One that the accelerator added is shown by its rows only.
  expect(await oldAfter('pallet')).toEqual(['pending']);
});
