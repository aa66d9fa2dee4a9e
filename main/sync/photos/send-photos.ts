import { type ErrorCode, TallymanError, toWireError } from '../../../shared/errors.ts';
import type { PhotoFiles } from '../../store/photos/photo-files.ts';
import type { PhotoUpload, PhotoUploads } from '../../store/photos/photo-uploads.ts';
import type { PhotoServer } from './photo-server.ts';
import { uploadPhoto } from './upload-photo.ts';

/** A photo that was refused is tried again after this, and then ever more seldom. */
const RETRY_FIRST_MS = 60_000;
const RETRY_MAX_MS = 6 * 60 * 60 * 1_000;
/** If more than this fail in one run, it is the server that fails. */
const FAILURES_PER_RUN_MAX = 5;
/** Whoever removed a photo does not take that back after so long. */
const REMOVED_AGE_MAX_MS = 30 * 24 * 60 * 60 * 1_000;

/** Of one photo; everything else is the trouble of the line or the server, and so of the whole run. */
const OF_ONE_PHOTO: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'NOT_FOUND',
  'TOO_LARGE',
  'STORE_DAMAGED',
  'FORBIDDEN',
  'DISK_FULL',
  'SERVER_ERROR',
  'INTERNAL',
]);

export interface PhotoRun {
  uploads: PhotoUploads;
  files: PhotoFiles;
  server: PhotoServer;
  signal: AbortSignal;
  now: () => number;
  /** Whether this laptop shows a row. */
  isShown: (entity: string, id: string) => boolean;
  /** Something more urgent waits for the line. */
  isHurried: () => boolean;
  /** A person asked for it: those that failed a moment ago are tried, too. */
  isAsked: boolean;
  onSent: (upload: PhotoUpload) => void;
  onFailed: (upload: PhotoUpload, error: unknown) => void;
}

export type PhotoRunEnd = 'done' | 'hurried';

/**
 * Uploads what this laptop has taken and no server has, one after the other, after all text. One that fails waits with its
 * reason and holds none up; a line that breaks ends the run, and the next goes on at the byte.
 */
export async function sendPhotos(run: PhotoRun): Promise<PhotoRunEnd> {
  const { uploads, now } = run;
  uploads.forgetRemoved(now() - REMOVED_AGE_MAX_MS);
  // Not again in the same run, however it ends: whoever asks tries each once.
  const tried = new Set<string>();
  let failures = 0;
  for (;;) {
    const until = run.isAsked ? Number.MAX_SAFE_INTEGER : now();
    const next = uploads.due(until, tried.size + 1).find(({ rowId }) => !tried.has(rowId));
    if (!next) return 'done';
    if (run.isHurried()) return 'hurried';
    tried.add(next.rowId);
    try {
      if (!(await uploadOne(run, next))) return 'hurried';
      uploads.done(next.rowId);
      run.onSent(next);
    } catch (error) {
      fail(run, next, error);
      failures += 1;
      if (!isOfOnePhoto(error) || failures > FAILURES_PER_RUN_MAX) throw error;
    }
  }
}

function uploadOne(run: PhotoRun, upload: PhotoUpload): Promise<boolean> {
  const { server, files, isHurried, signal } = run;
  const { hash } = upload;
  const read = async (): Promise<Uint8Array> => {
    const bytes = await files.read(hash);
    if (bytes) return bytes;
    throw new TallymanError(
      'STORE_DAMAGED',
      'The file of this photo is gone or damaged. Take the photo again and remove this one.',
    );
  };
  return uploadPhoto({ server, hash, read, isHurried, signal });
}

function fail(run: PhotoRun, upload: PhotoUpload, error: unknown): void {
  const { uploads, now } = run;
  const { code } = toWireError(error);
  if (code === 'CANCELLED') return;
  if (code === 'NOT_FOUND' && isForgotten(run, upload)) {
    uploads.done(upload.rowId);
    return;
  }
  const wait = Math.min(RETRY_FIRST_MS * 2 ** upload.attempts, RETRY_MAX_MS);
  // Behind the others next time; what the line did to it is no reason to wait.
  const notBefore = isOfOnePhoto(error) ? now() + wait : 0;
  uploads.failed(upload, { code, notBefore });
  if (isOfOnePhoto(error)) run.onFailed(upload, error);
}

/** Its row was taken back before it was sent, so neither side will ever name it. */
function isForgotten({ uploads, isShown }: PhotoRun, upload: PhotoUpload): boolean {
  return !isShown(upload.entity, upload.rowId) && !uploads.isSpokenOf(upload);
}

function isOfOnePhoto(error: unknown): boolean {
  return OF_ONE_PHOTO.has(toWireError(error).code);
}
