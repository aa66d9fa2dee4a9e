import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { CALIBRATION_TEXT } from '../../shared/scan/learn-profile.ts';
import { DEFAULT_SCANNER, type ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { renderApp } from '../testing/render-app.tsx';
import { createMockScanner } from './mock-scanner.ts';

it('F34: the test page plays a mock scanner and says in words what a label holds', async () => {
  const { user } = await renderApp('/settings');
  await user.click(await screen.findByRole('link', { name: 'Try and set up the scanner' }));
  await screen.findByRole('heading', { level: 1, name: 'Scanner' });
  await user.click(screen.getByRole('button', { name: 'Play a sample scan' }));
  const facts = within(await screen.findByTestId('scan-facts'));
  for (const fact of ['LOT-7a', 'SN0042', 'Dec 31, 2026', '12']) {
    expect(facts.getByText(fact)).toBeTruthy();
  }
  expect(facts.getAllByText('09506000134352')).toHaveLength(2);
  expect(facts.getByText(/LOT-7a <GS> 21SN0042 <GS> /)).toBeTruthy();
  expect(screen.getByText(/^\d+ keys, 8 ms apart, at most 8 ms$/)).toBeTruthy();
});

it('C6: one barcode teaches the app a scanner of another layout, with another end and separator', async () => {
  const { user, desktop } = await renderApp('/settings/scanner');
  await user.click(await screen.findByRole('button', { name: 'Start, then scan the barcode' }));
  const profile = {
    layout: 'de',
    prefix: '#',
    suffix: 'Tab',
    separators: ['F9'],
  } satisfies Partial<ScannerProfile>;
  const scanner = createMockScanner({ page: window, profile, msPerKey: 12 });
  scanner.scan('4006381333931');
  expect((await screen.findAllByText(/That was another barcode/)).length).toBeGreaterThan(0);
  scanner.wait(500);
  scanner.scan(CALIBRATION_TEXT);
  await waitFor(() =>
    expect(desktop.app.settings.get().scanner).toEqual({
      ...DEFAULT_SCANNER,
      ...profile,
      gapMs: 36,
    }),
  );
  scanner.wait(500);
  scanner.scan('Zy-/ß@');
  const facts = within(await screen.findByTestId('scan-facts'));
  await waitFor(() => expect(facts.getByText('Zy-/ß@')).toBeTruthy());
});

it('C7: a scanner that sends no separator is told so', async () => {
  const { desktop } = await renderApp('/settings/scanner');
  await screen.findByRole('heading', { level: 1, name: 'Scanner' });
  const profile = { ...DEFAULT_SCANNER, separators: [] };
  createMockScanner({ page: window, profile, msPerKey: 8 }).scan(CALIBRATION_TEXT);
  expect(await screen.findByText(/sends no separator \(FNC1\)/)).toBeTruthy();
  await waitFor(() => expect(desktop.app.settings.get().scanner.separators).toEqual([]));
});

it('C2: codes that nothing has are said, heard as unknown, and kept in a list', async () => {
  const { user, tones } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  const scanner = createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey: 5 });
  scanner.scan('NO-SUCH-1');
  await screen.findByText('Nothing has the code NO-SUCH-1.');
  expect(tones).toEqual([330, 330]);
  expect(screen.getByTestId('scan-notice').dataset['outcome']).toBe('unknown');
  scanner.scan('4006381333932');
  await screen.findByText(/The check digit of 4006381333932 is wrong/);
  expect(tones).toEqual([330, 330, 196]);
  await user.click(screen.getByRole('link', { name: /^Settings/ }));
  await user.click(await screen.findByRole('link', { name: 'Try and set up the scanner' }));
  const kept = await screen.findByRole('region', { name: 'Unknown codes' });
  expect(
    within(kept)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([expect.stringContaining('4006381333932'), expect.stringContaining('NO-SUCH-1')]);
  await user.click(within(kept).getByRole('button', { name: 'Clear the list' }));
  expect(within(kept).getByText('None.')).toBeTruthy();
});

it('F34: fields are saved when they are left, and not beyond their bounds', async () => {
  const { user, desktop } = await renderApp('/settings/scanner');
  const prefix = await screen.findByLabelText('Prefix');
  await user.type(prefix, '~{Enter}');
  await user.clear(screen.getByLabelText('Separator of GS1 codes'));
  await user.type(screen.getByLabelText('Separator of GS1 codes'), 'F9  Alt+029{Enter}');
  const gap = screen.getByLabelText('Longest time between two keys');
  await user.clear(gap);
  await user.type(gap, '5{Enter}');
  await waitFor(() =>
    expect(desktop.app.settings.get().scanner).toMatchObject({
      prefix: '~',
      separators: ['F9', 'Alt+029'],
      gapMs: 50,
    }),
  );
});
