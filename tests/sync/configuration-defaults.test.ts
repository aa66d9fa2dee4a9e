import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsPatchField } from '../../shared/desktop/settings.ts';

test('the five variables have the names and the defaults of the model', () => {
  expect(DEFAULT_SETTINGS.sync).toMatchObject({
    syncOnOnline: false,
    syncOnLogin: false,
    syncOnResume: false,
    retryOnError: false,
    retryIntervalInSeconds: 30,
  });
});

test('each of them can be changed alone, and what is no variable is refused', () => {
  for (const [name, value] of Object.entries(DEFAULT_SETTINGS.sync)) {
    const patch = { sync: { [name]: value } };
    expect(settingsPatchField.parse(patch)).toEqual(patch);
  }
  expect(settingsPatchField.safeParse({ sync: { syncOnFullMoon: true } }).success).toBe(false);
});
