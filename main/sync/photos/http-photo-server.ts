import { TallymanError } from '../../../shared/errors.ts';
import {
  photoOffsetField,
  photoOffsetPath,
  photoPath,
  type PhotoOffset,
} from '../../../shared/sync/photo-transfer.ts';
import type { Access } from '../access.ts';
import { createServerFetch } from '../server-fetch.ts';
import type { PhotoServer } from './photo-server.ts';

/** For one piece at 10 kbit/s. */
const PIECE_ANSWER_MS = 60_000;

/** The real server. Make one per address and close it when the address changes. */
export function createHttpPhotoServer(url: string, access?: Access): PhotoServer {
  const http = createServerFetch(undefined, access);
  return {
    offset: async (hash, signal) => {
      const pieces: Uint8Array[] = [];
      const address = `${url}${photoOffsetPath(hash)}`;
      for await (const piece of http.stream(address, { from: 0, signal })) pieces.push(piece);
      return offsetOf(Buffer.concat(pieces).toString('utf8'));
    },
    put: async ({ hash, at, body, total }, signal) => {
      const headers = {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${at}-${at + body.length - 1}/${total}`,
      };
      const address = `${url}${photoPath(hash)}`;
      return offsetOf(
        await http.put(address, { body, headers, answerMs: PIECE_ANSWER_MS, signal }),
      );
    },
    bytes: (hash, from, signal) => http.stream(`${url}${photoPath(hash)}`, { from, signal }),
    close: http.close,
  };
}

function offsetOf(answer: unknown): PhotoOffset {
  try {
    return photoOffsetField.parse(typeof answer === 'string' ? JSON.parse(answer) : answer);
  } catch (error) {
    throw new TallymanError(
      'NOT_TALLYMAN',
      'What answers at this address is not a Tallyman server.',
      { cause: error },
    );
  }
}
