import { act, render, screen } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { expect, it } from 'vitest';
import type { PrinterPort } from '../../main/app/printer-port.ts';
import { TallymanError } from '../../shared/errors.ts';
import { type Environment, EnvironmentContext } from '../environment.ts';
import { createFakeClient } from '../testing/fake-client.ts';
import { createFakeDesktop } from '../testing/fake-desktop.ts';
import { TRPCProvider } from '../trpc.ts';
import { PrintSheet, sheetJob } from './print-sheet.tsx';
import { type Printing, usePrint } from './use-print.tsx';

const SHEET = sheetJob(
  'Count A',
  <PrintSheet
    title="Count of zone A"
    facts={[['Site', 'North Hall']]}
    columns={[{ header: 'Location' }, { header: 'Counted', align: 'end', width: 30 }]}
    rows={[
      ['A-01', ''],
      ['A-02', '7'],
    ]}
    signatures={['Counted by']}
  />,
);

/** A screen that prints, in the browser shell or, with a printer, in one of its own. */
async function openScreen(printer?: PrinterPort) {
  const { app } = createFakeDesktop({ now: () => 0, products: 1 });
  let dialogs = 0;
  let printing: Printing | undefined;
  function Screen() {
    const latest = usePrint();
    useEffect(() => {
      printing = latest;
    });
    return latest.printed;
  }
  const queryClient = new QueryClient();
  // All that printing takes of it.
  const environment = {
    print: () => {
      dialogs += 1;
    },
  } as Environment;
  render(
    <EnvironmentContext value={environment}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={createFakeClient(app, printer)} queryClient={queryClient}>
          <Screen />
        </TRPCProvider>
      </QueryClientProvider>
    </EnvironmentContext>,
  );
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const now = (): Printing => {
    if (!printing) throw new Error('the screen was not drawn');
    return printing;
  };
  return { printing: now, dialogs: () => dialogs };
}

it('puts the paper on the page with title, facts, rows and who signs, and takes it away once printed', async () => {
  const { printing, dialogs } = await openScreen();
  expect(printing().savePdf).toBeNull();
  const before = document.adoptedStyleSheets.length;
  await act(() => printing().print(SHEET));
  expect(dialogs()).toBe(1);
  expect(document.title).toBe('Count A');
  expect(document.adoptedStyleSheets.length).toBe(before + 1);
  expect(screen.getByRole('heading', { name: 'Count of zone A' })).toBeTruthy();
  expect(screen.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'LocationCounted',
    'A-01',
    'A-027',
  ]);
  expect(screen.getByText('Counted by')).toBeTruthy();
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(screen.queryByRole('heading')).toBeNull();
  expect(document.adoptedStyleSheets.length).toBe(before);
  expect(document.title).not.toBe('Count A');
});

it('lets a shell that can print and save do so, while the paper is on the page, and tells what failed', async () => {
  const asked: string[] = [];
  const { printing, dialogs } = await openScreen({
    print: async ({ paper, name }) => {
      asked.push(`print ${name} ${paper.width} × ${paper.height}`);
      asked.push(screen.getByRole('heading').textContent);
      throw new TallymanError('PRINT_FAILED', 'No printer.');
    },
    savePdf: async ({ name }) => {
      asked.push(`save ${name}`);
      return false;
    },
  });
  await act(() => expect(printing().print(SHEET)).rejects.toThrow('No printer.'));
  expect(asked).toEqual(['print Count A 210 × 297', 'Count of zone A']);
  expect(screen.queryByRole('heading')).toBeNull();
  expect(printing().error).toMatchObject({ message: 'No printer.' });
  expect(await act(async () => printing().savePdf?.(SHEET))).toBe(false);
  expect(asked.at(-1)).toBe('save Count A');
  expect(dialogs()).toBe(0);
});
