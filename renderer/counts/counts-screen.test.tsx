import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { countLineId } from '../../shared/domain/count-ids.ts';
import { COUNT_STAGES } from '../../shared/entities/stock-count.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import type { FakeStore } from '../testing/fake-store.ts';
import { fakeLocationId, fakePersonId } from '../testing/fake-rows.ts';
import { renderApp, TEST_NOW } from '../testing/render-app.tsx';

const COUNT = fakeId(20, 1);
const PLACE = fakeLocationId(0, 0);
const COUNTER = fakePersonId(1);
const SUPERVISOR = fakePersonId(0);

function create(store: FakeStore, entity: string, row: StoredRow & { id: string }): void {
  store.record([{ kind: 'create', entity, version: 1, id: row.id, row }]);
}

function putCount(store: FakeStore, change: StoredRow = {}): void {
  create(store, 'stock_count', {
    id: COUNT,
    site_id: String(store.row('location', PLACE)?.['site_id']),
    code: 'C-7',
    stage: COUNT_STAGES.planned,
    blind: 1,
    zone: null,
    category_id: null,
    abc: null,
    not_since: null,
    due_at: TEST_NOW - 1,
    repeat_days: null,
    counters: JSON.stringify([COUNTER]),
    created_by: null,
    approved_by: null,
    approved_at: null,
    note: null,
    ...change,
  });
}

function putSight(store: FakeStore, number: number, productId: string): void {
  create(store, 'count_observation', {
    id: fakeId(21, number),
    site_id: String(store.row('location', PLACE)?.['site_id']),
    count_id: COUNT,
    product_id: productId,
    location_id: PLACE,
    lot: '',
    serial: '',
    expires_on: null,
    round: 1,
    quantity: 12_345,
    seen_at: TEST_NOW,
    person_id: COUNTER,
    note: null,
    reverses: null,
  });
}

it('F8: a count is planned by zone, for people and a day, in one form', async () => {
  const { user, desktop } = await renderApp('/counts/new');
  const code = await screen.findByRole('textbox', { name: /^Code/ });
  await user.clear(code);
  await user.type(code, 'Cold store');
  await user.click(screen.getByRole('switch', { name: /Blind count/ }));
  await user.click(screen.getByRole('button', { name: 'Plan it' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Cold store' })).toBeTruthy();
  expect(await screen.findByText('Created: Cold store')).toBeTruthy();
  const [row] = desktop.store.rows('stock_count');
  expect(row?.row).toMatchObject({ code: 'Cold store', blind: 0, stage: 0, counters: '[]' });
});

it('F8: counts that are due come first, and home says so to whom they are for', async () => {
  const { desktop } = await renderApp('/counts', { settings: { personId: COUNTER } });
  putCount(desktop.store);
  const due = within(await screen.findByRole('region', { name: 'Due' }));
  expect(due.getByRole('link', { name: 'C-7' })).toBeTruthy();
});

it('F9: whoever counts blind is not shown the review', async () => {
  const { desktop } = await renderApp('/counts');
  putCount(desktop.store, { stage: COUNT_STAGES.counting });
  const lines = { countId: COUNT, filter: 'all', locationId: null, text: '' } as const;
  const [product] = desktop.catalogue.products;
  putSight(desktop.store, 1, product?.id ?? '');
  const page = await desktop.app.counts.lines({ ...lines, sort: 'place', offset: 0, limit: 10 });
  expect(page.items.map(({ counted, book, variance }) => [counted, book, variance])).toEqual([
    [12_345, null, null],
  ]);
  expect(page.totals).toBeNull();
});

it('F10: a difference gets a cause and a recount by keyboard, and who counted cannot approve it', async () => {
  const { user, desktop } = await renderApp(`/counts/${COUNT}/review`, {
    settings: { personId: COUNTER },
  });
  const [product] = desktop.catalogue.products;
  putCount(desktop.store, { stage: COUNT_STAGES.review });
  putSight(desktop.store, 1, product?.id ?? '');
  const details = await screen.findByRole('button', { name: `Details of ${product?.name ?? ''}` });
  expect(screen.getByText('You counted here. Somebody else has to approve it.')).toBeTruthy();
  const approve = screen.getByRole('button', { name: 'Approve and post' });
  expect(approve.getAttribute('aria-disabled')).toBe('true');
  details.focus();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('list', { name: 'Who saw what' })).toBeTruthy();
  details.focus();
  await user.keyboard('r');
  await waitFor(() => {
    const goods = { product_id: product?.id ?? '', location_id: PLACE, lot: '', serial: '' };
    expect(desktop.store.row('count_line', countLineId(COUNT, goods))).toMatchObject({ round: 2 });
  });
  expect(desktop.store.row('stock_count', COUNT)).toMatchObject({ stage: COUNT_STAGES.counting });
});

it('F10: somebody else approves, under their own name', async () => {
  const { user, desktop } = await renderApp(`/counts/${COUNT}/review`, {
    settings: { personId: SUPERVISOR },
  });
  putCount(desktop.store, { stage: COUNT_STAGES.review });
  putSight(desktop.store, 1, desktop.catalogue.products[0]?.id ?? '');
  await screen.findByText('The differences are posted once, at the time each line was seen.');
  await user.click(screen.getByRole('button', { name: 'Approve and post' }));
  await waitFor(() =>
    expect(desktop.store.row('stock_count', COUNT)).toMatchObject({
      stage: COUNT_STAGES.approved,
      approved_by: SUPERVISOR,
    }),
  );
});

it('F12, S12: counting that was interrupted comes back unasked', async () => {
  const { user, desktop } = await renderApp('/catalogue', { settings: { personId: COUNTER } });
  putCount(desktop.store, { stage: COUNT_STAGES.counting });
  const siteId = String(desktop.store.row('location', PLACE)?.['site_id']);
  const { tally } = desktop.app;
  const begun = await tally.start({
    kind: 'count',
    siteId,
    subjectId: COUNT,
    locationId: PLACE,
  });
  const goods = { locationId: PLACE, lot: '', serial: '', expiresOn: null };
  const productId = desktop.catalogue.products[0]?.id ?? '';
  await tally.type({ tallyId: begun.tallyId, ...goods, productId, quantity: 37 });
  await user.click(screen.getByRole('link', { name: 'Counts' }));
  const goOn = await screen.findByRole('link', { name: /^Go on with .*C-7.*: 1 scanned$/ });
  expect(goOn.getAttribute('href')).toBe(`#/counts/${COUNT}/counting/${PLACE}`);
});
