import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import { type UnpackedFile, unpackFile } from './unpack-file.ts';

export interface ImportSource extends UnpackedFile {
  bytesTotal: number;
}

const START_BYTES = 4;
const ZIP_START = 'PK\u0003\u0004';

/** Throws BAD_INPUT with a sentence for people if the file cannot be read; so does reading the chunks. */
export async function openSource(path: string): Promise<ImportSource> {
  const { start, size } = await lookAt(path);
  if (start.toString('latin1') === ZIP_START) {
    throw badFile(path, 'is a ZIP or Excel file. Save it as CSV and import that');
  }
  const unpacked = unpackFile(path, start, size);
  return { ...unpacked, chunks: explainFailures(path, unpacked.chunks), bytesTotal: size };
}

async function lookAt(path: string): Promise<{ start: Buffer; size: number }> {
  try {
    const handle = await open(path, 'r');
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) throw badFile(path, 'is a folder, not a file');
      if (!stat.isFile()) throw badFile(path, 'is not a regular file');
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
      if (bytesRead === 0) throw badFile(path, 'is empty');
      return { start: buffer.subarray(0, bytesRead), size: stat.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explained(path, error);
  }
}

async function* explainFailures(
  path: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw explained(path, error);
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a folder, not a file',
  Z_BUF_ERROR: 'is cut off: its packed data end too early. Fetch it again',
};

/** What the system said, as a sentence that says what to do. */
function explained(path: string, error: unknown): unknown {
  if (error instanceof TallymanError || !(error instanceof Error) || !('code' in error))
    return error;
  const code = String(error.code);
  const unpacking = code.startsWith('Z_') || code.startsWith('ZSTD_');
  const other = unpacking
    ? 'is damaged: it cannot be unpacked. Fetch it again'
    : `could not be read (${code})`;
  return badFile(path, FAILURES[code] ?? other, error);
}

export function badFile(path: string, what: string, cause?: unknown): TallymanError {
  return new TallymanError('BAD_INPUT', `The file ${basename(path)} ${what}.`, {
    cause,
    details: { file: path },
  });
}
