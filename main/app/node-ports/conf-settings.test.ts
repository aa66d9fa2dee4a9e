import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/desktop/settings.ts';
import { createConfSettings } from './conf-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a new folder has the defaults, and what is written is read by the next start', () => {
  const settings = createConfSettings(folder);
  expect(settings.read()).toEqual(DEFAULT_SETTINGS);
  const changed = { ...DEFAULT_SETTINGS, serverUrl: 'http://127.0.0.1:1', siteCodes: ['A.1'] };
  settings.write(changed);
  expect(createConfSettings(folder).read()).toEqual(changed);
});

test.each([
  ['half a file', '{"serverUrl":"http://exa'],
  ['an empty file', ''],
  ['not an object', 'null'],
  ['a server address that is none', '{"serverUrl":"file:///etc/passwd"}'],
  ['a number for the language', '{"language":5}'],
])('%s is kept aside and the defaults are used', (_, content) => {
  writeFileSync(join(folder, 'settings.json'), content);
  const keptAt: string[] = [];
  const settings = createConfSettings(folder, (path) => keptAt.push(path));
  expect(settings.read()).toEqual(DEFAULT_SETTINGS);
  expect(keptAt).toEqual([join(folder, 'settings.damaged.json')]);
  expect(readFileSync(keptAt[0]!, 'utf8')).toBe(content);
});

test('a file of an older or newer version keeps what the person chose', () => {
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({ language: 'de', sync: { intervalSeconds: 60 }, ofTheFuture: true }),
  );
  expect(createConfSettings(folder).read()).toEqual({
    ...DEFAULT_SETTINGS,
    language: 'de',
    sync: { ...DEFAULT_SETTINGS.sync, intervalSeconds: 60 },
  });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
