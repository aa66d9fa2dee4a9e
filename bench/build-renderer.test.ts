import { beforeAll, expect, test, vi } from 'vitest';
import { useTempFolders } from '../tests/support/temp-folder.ts';
import { buildRenderer, type Footprint } from './build-renderer.ts';

const tempFolder = useTempFolders();
/** A little more than it was when this was written: whoever goes beyond should know for what. The entry is our own code. */
const ENTRY_BYTES_MAX = 150_000;
const SCRIPTS_GZIP_MAX = 186_000;
const STYLES_GZIP_MAX = 9_600;
const REQUESTS_MAX = 8;

let footprint: Footprint;
beforeAll(async () => {
  // React has another build for tests.
  vi.stubEnv('NODE_ENV', 'production');
  footprint = await buildRenderer(tempFolder());
  vi.unstubAllEnvs();
}, 120_000);

test('what is loaded before the first row stays small', () => {
  expect(footprint.entryBytes).toBeLessThan(ENTRY_BYTES_MAX);
  expect(footprint.scripts.gzipBytes).toBeLessThan(SCRIPTS_GZIP_MAX);
  expect(footprint.styles.gzipBytes).toBeLessThan(STYLES_GZIP_MAX);
  expect(footprint.requests).toBeLessThanOrEqual(REQUESTS_MAX);
});

test('the entry and all that it needs at once are counted', () => {
  expect(footprint.scripts.bytes).toBeGreaterThan(footprint.entryBytes);
  expect(footprint.scripts.gzipBytes).toBeGreaterThan(footprint.scripts.bytes / 10);
  expect(footprint.requests).toBeGreaterThanOrEqual(3);
});
