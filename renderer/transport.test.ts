import { expect, it } from 'vitest';
import { createConnection } from './connection.ts';
import { openTransport, reconnectDelay } from './transport.ts';

it('speaks over the bridge where the preload gave one', () => {
  let listens = false;
  const page = {
    tallyman: {
      send: () => {},
      onMessage: () => {
        listens = true;
        return () => {};
      },
    },
  } as unknown as Window;
  expect(openTransport(page).connection.current()).toBe('connected');
  expect(listens).toBe(true);
});

it('tries to reach a lost app again soon, then at a bounded pace', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(reconnectDelay)).toEqual([
    250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
});

it('tells of a change once', () => {
  const connection = createConnection();
  let changes = 0;
  const stop = connection.subscribe(() => changes++);
  connection.set('lost');
  connection.set('lost');
  connection.set('connected');
  stop();
  connection.set('lost');
  expect(changes).toBe(2);
});
