import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp } from '../testing/render-app.tsx';
import { listenForScans } from './listen-for-scans.ts';
import { createMockScanner } from './mock-scanner.ts';
import { ScanDesk, ScanDeskContext } from './scan-desk.ts';
import { ScanRouter } from './scan-router.ts';
import { useScanTask } from './use-scan-task.ts';

const PRODUCT = fakeId(4, 7);

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  cleanup();
});

function Task({ name, heard }: { name: string; heard: string[] }) {
  useScanTask(({ text }) => heard.push(`${name} ${text}`));
  return null;
}

/** A form as React draws it: every letter goes through its state. */
function Form({ onSubmit }: { onSubmit: () => void }) {
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <input aria-label="Note" value={text} onChange={(event) => setText(event.target.value)} />
      <output>{text}</output>
    </form>
  );
}

/** A window with nothing in it but a router and whoever listens to it. */
function listen(desk: ScanDesk): string[] {
  const raws: string[] = [];
  const router = new ScanRouter({
    profile: () => DEFAULT_SCANNER,
    onScan: ({ text, raw, strokes }) => {
      raws.push(raw);
      desk.newestTask()?.({ id: '', text, raw, at: 0 }, strokes);
    },
  });
  stops.push(listenForScans(window, router, ({ timeStamp }) => timeStamp));
  return raws;
}

const mock = (msPerKey = 5) =>
  createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey });

it('C4: the newest task gets the scans, and the one before gets them again when it is gone', () => {
  const desk = new ScanDesk();
  listen(desk);
  const heard: string[] = [];
  const tree = (isOpen: boolean) => (
    <ScanDeskContext value={desk}>
      <Task name="screen" heard={heard} />
      {isOpen && <Task name="panel" heard={heard} />}
    </ScanDeskContext>
  );
  const { rerender } = render(tree(false));
  const scanner = mock();
  scanner.scan('0001');
  rerender(tree(true));
  scanner.scan('0002');
  rerender(tree(false));
  scanner.scan('0003');
  expect(heard).toEqual(['screen 0001', 'panel 0002', 'screen 0003']);
});

it('C5: a field of React gets its value and selection back, and its form is not sent', () => {
  const desk = new ScanDesk();
  listen(desk);
  const heard: string[] = [];
  const onSubmit = vi.fn<() => void>();
  render(
    <ScanDeskContext value={desk}>
      <Task name="task" heard={heard} />
      <Form onSubmit={onSubmit} />
    </ScanDeskContext>,
  );
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Note' });
  field.focus();
  const hand = mock(150);
  hand.type('left behind');
  field.setSelectionRange(4, 7);
  const scanner = mock();
  scanner.wait(60_000);
  for (let number = 0; number < 100; number++) scanner.scan(`CODE-${number}`);
  expect(heard).toHaveLength(100);
  expect(field.value).toBe('left behind');
  expect(screen.getByRole('status').textContent).toBe('left behind');
  expect([field.selectionStart, field.selectionEnd]).toEqual([4, 7]);
  expect(onSubmit).not.toHaveBeenCalled();
});

it('C8: what came is kept as it came', () => {
  const desk = new ScanDesk();
  const raws = listen(desk);
  mock().scan(']E04006381333931');
  expect(raws).toEqual([']E04006381333931']);
});

it('C5: a form that is open stays open, and the scan says why it did nothing', async () => {
  const { user, tones } = await renderApp(`/product/${PRODUCT}`);
  await user.click(await screen.findByRole('button', { name: 'Receive' }));
  const dialog = within(await screen.findByRole('dialog'));
  const quantity = dialog.getByLabelText<HTMLInputElement>('Quantity');
  await user.type(quantity, '12');
  mock().scan('4006381333931');
  await screen.findByText('Finish or close the open window first, then scan again.');
  expect(tones).toEqual([196]);
  expect(quantity.value).toBe('12 pcs');
  expect(screen.getByRole('dialog')).toBeTruthy();
});

it('F4: a field that asks for a location keeps the code of a location label', async () => {
  const { user } = await renderApp(`/product/${PRODUCT}`);
  await user.click(await screen.findByRole('button', { name: 'Receive' }));
  const dialog = within(await screen.findByRole('dialog'));
  const place = dialog.getByLabelText<HTMLInputElement>('Into location');
  place.focus();
  mock().scan('LOC:A-02');
  await waitFor(() => expect(place.value).toMatch(/^A-02-2 \(/));
});
