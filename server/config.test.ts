import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const DATA = { TALLYMAN_DATA: '/data' };

test('snapshots are made unless they are switched off', () => {
  expect(readConfig({}, DATA).snapshots).toBe(true);
  expect(readConfig({ snapshots: true }, DATA).snapshots).toBe(true);
  expect(readConfig({ snapshots: false }, DATA).snapshots).toBe(false);
  expect(readConfig({}, { ...DATA, TALLYMAN_SNAPSHOTS: 'off' }).snapshots).toBe(false);
  expect(() => readConfig({}, { ...DATA, TALLYMAN_SNAPSHOTS: 'perhaps' })).toThrow(
    'TALLYMAN_SNAPSHOTS must be on or off.',
  );
});
