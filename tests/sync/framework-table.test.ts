import { expect, test } from 'vitest';
import { compareText } from '../../shared/domain/compare-text.ts';
import { brokenLinks, linkedRows } from '../support/linked-table.ts';

/**
 * `docs/FRAMEWORK.md` says for every element of the model, every point of its checklist and every limit that we set out to
 * beat where it is held. This keeps the table whole and its links true: a row without a test, or a test that was renamed,
 * fails here.
 */
const ELEMENTS = [
  'SyncOnOnline',
  'SyncOnLogin',
  'SyncOnResume',
  'RetryOnError',
  'RetryIntervalInSeconds',
  'TriggerOfflineDataSync',
  'DiscardPendingSyncUnits',
  'OfflineDataSync',
  'Sync<Entity>',
  'GetNetworkStatus',
  'GetNetworkType',
  'EndOfflineDataSync',
  'ServerDataSync',
  'Server validates again',
  'Server commits before it answers',
  'Time-outs',
  'OnSyncStart',
  'OnSyncComplete',
  'OnSyncError',
  'NetworkStatusChanged',
  'Events block',
  'Queue rule 1',
  'Queue rule 2',
  'Queue rule 3',
  'Queue rule 4',
  'Queue rule 5',
  'Queue rule 6',
  'Queue defect 7a',
  'Queue defect 7b',
  'Queue defect 7c',
  'SyncUnit',
  'SyncProperties',
  'Accelerator read-only',
  'Accelerator read/write',
  'Four stages',
  'Local storage',
  'Entity actions',
  'Chunked sync',
  'Column limit',
  'Schema upgrade',
  'Change flags',
  'Pattern read-only',
  'Pattern read-only optimised',
  'Pattern last write wins',
  'Pattern conflict detection',
  'Pattern one-to-many',
  'Pattern append-only',
];
const CHECKLIST = Array.from({ length: 15 }, (_, at) => `Checklist ${at + 1}`);
const LIMITS = Array.from({ length: 27 }, (_, at) => `L${at + 1}`);

const rows = linkedRows('FRAMEWORK.md', 'element');

test('every element, point and limit has a row, and no other has', () => {
  expect(rows.map(({ name }) => name).toSorted(compareText)).toEqual(
    [...ELEMENTS, ...CHECKLIST, ...LIMITS].toSorted(compareText),
  );
});

test.each(rows.map((row) => [row.name, row] as const))(
  '%s is held by a test that is there',
  (_, row) => {
    expect(row.tests.length).toBeGreaterThan(0);
    expect(brokenLinks(row)).toEqual([]);
  },
);
