import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, Suspense } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, it } from 'vitest';
import { type ConnectionState, createConnection } from '../connection.ts';
import { EnvironmentContext } from '../environment.ts';
import { createI18n } from '../i18n/create-i18n.ts';
import { lazyPart, prefetchParts } from './lazy-part.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';

afterEach(cleanup);

function part(outcome: 'fails' | 'works') {
  let attempts = 0;
  const Part = lazyPart<{ name: string }>(async () => {
    attempts += 1;
    if (outcome === 'fails') throw new TypeError('Failed to fetch');
    return { default: ({ name }) => <p>part of {name}</p> };
  });
  return { Part, attempts: () => attempts };
}

async function show(
  Part: ComponentType<{ name: string }>,
  state: ConnectionState = 'connected',
): Promise<{ reloads: () => number }> {
  let reloads = 0;
  const environment = {
    connection: createConnection(state),
    now: () => 0,
    saveFile: () => undefined,
    shrinkPhoto: () => Promise.reject(new Error('no canvas')),
    print: () => undefined,
    whenIdle: () => () => undefined,
    newId: () => '',
    keyTime: () => 0,
    openAudio: () => null,
    reload: () => {
      reloads += 1;
    },
  };
  await act(async () =>
    render(
      <EnvironmentContext value={environment}>
        <I18nextProvider i18n={createI18n()}>
          <MantineProvider>
            <ScreenBoundary>
              <Suspense fallback={<p>waiting</p>}>
                <Part name="Anna" />
              </Suspense>
            </ScreenBoundary>
          </MantineProvider>
        </I18nextProvider>
      </EnvironmentContext>,
    ),
  );
  return { reloads: () => reloads };
}

const tryAgain = async (): Promise<void> =>
  userEvent.click(await screen.findByRole('button', { name: 'Try again' }));

it('is loaded once, when it is drawn for the first time', async () => {
  const { Part, attempts } = part('works');
  expect(attempts()).toBe(0);
  await show(Part);
  expect(await screen.findByText('part of Anna')).toBeDefined();
  cleanup();
  await show(Part);
  expect(await screen.findByText('part of Anna')).toBeDefined();
  expect(attempts()).toBe(1);
});

it('says so where it cannot be loaded, and a new page tries again when a person asks for it', async () => {
  const { reloads } = await show(part('fails').Part);
  expect(
    await screen.findByRole('heading', { name: 'This page could not be shown' }),
  ).toBeDefined();
  expect(reloads()).toBe(0);
  await tryAgain();
  expect(reloads()).toBe(1);
});

it('keeps the page while the app is gone, because a new one would be empty', async () => {
  const { reloads } = await show(part('fails').Part, 'lost');
  await tryAgain();
  expect(
    await screen.findByRole('heading', { name: 'This page could not be shown' }),
  ).toBeDefined();
  expect(reloads()).toBe(0);
});

it('is there before it is asked for, once there is nothing else to do', async () => {
  const { Part, attempts } = part('works');
  const idle: (() => void)[] = [];
  prefetchParts((work) => {
    idle.push(work);
    return () => undefined;
  });
  expect(attempts()).toBe(0);
  for (let at = 0; at < idle.length; at++) idle[at]?.();
  expect(attempts()).toBe(1);
  await show(Part);
  expect(await screen.findByText('part of Anna')).toBeDefined();
  expect(attempts()).toBe(1);
});

it('stops loading ahead when the app is gone', () => {
  const { attempts } = part('works');
  let isCancelled = false;
  const stop = prefetchParts(() => () => {
    isCancelled = true;
  });
  stop();
  expect([isCancelled, attempts()]).toEqual([true, 0]);
});
