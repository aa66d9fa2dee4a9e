import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import send from '@fastify/send';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { must } from '../../shared/domain/assert.ts';
import { PHOTO_BYTES_MAX } from '../../shared/entities/fields.ts';
import { TallymanError } from '../../shared/errors.ts';
import {
  photoOffsetPath,
  photoPath,
  type PhotoMime,
  type PhotoOffset,
} from '../../shared/sync/photo-transfer.ts';
import { rowsOfPhoto } from '../photos/photo-rows.ts';
import type { PhotoShelf } from '../photos/photo-shelf.ts';
import { NoSuchPlace } from '../photos/receive-piece.ts';
import { actorOrRefusal } from './actor-or-refusal.ts';
import { type Refusal, refusalBody } from './refusal.ts';
import { tenantOf } from './request-tenant.ts';

/** A quarter of all requests at once, so that photos never keep text waiting. */
export const PHOTO_TRANSFERS_AT_ONCE_MAX = 64;
const RETRY_AFTER_SECONDS = 5;
/** A laptop that takes or brings nothing any more has left. */
const TRANSFER_IDLE_MAX_MS = 60_000;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Nothing but 64 hex digits reaches the file system. */
const HASH = ':hash(^[0-9a-f]{64}$)';
const CONTENT_RANGE = /^bytes (\d{1,9})-(\d{1,9})\/(\d{1,9})$/;

const BUSY: Refusal = {
  httpStatus: 503,
  code: 'SERVER_BUSY',
  message: 'Many photos are on their way at the moment. Try again in a few seconds.',
  retryable: true,
};
const NO_ROW: Refusal = {
  httpStatus: 409,
  code: 'NOT_FOUND',
  message: 'No row names this photo yet. Send the row first.',
  retryable: false,
};
const NO_SUCH_RANGE: Refusal = {
  httpStatus: 416,
  code: 'BAD_INPUT',
  message: 'There are no such bytes here. Ask how much has arrived.',
  retryable: false,
};
const TOO_LARGE: Refusal = {
  httpStatus: 413,
  code: 'TOO_LARGE',
  message: `A photo may have ${PHOTO_BYTES_MAX} bytes.`,
  retryable: false,
};
const NO_RANGE: Refusal = {
  httpStatus: 400,
  code: 'BAD_INPUT',
  message: 'A piece of a photo needs a Content-Range that says where it belongs.',
  retryable: false,
};
const OTHER_SIZE: Refusal = {
  httpStatus: 422,
  code: 'BAD_INPUT',
  message: 'The photo is not as large as its row says.',
  retryable: false,
};
const BROKEN_OFF: Refusal = {
  httpStatus: 408,
  code: 'SERVER_TIMEOUT',
  message: 'The connection broke off.',
  retryable: true,
};
const DISK_FULL: Refusal = {
  httpStatus: 507,
  code: 'DISK_FULL',
  message: 'The server has no room for photos. Tell whoever looks after it.',
  retryable: false,
};

const NOTHING_OF_IT: PhotoOffset = { bytes: 0, complete: false };

type HashRoute = { Params: { hash: string } };

/** The bytes of photos: taken piece by piece, given as files that never change. Rows come first, by `sync.push`. */
export function servePhotos(app: FastifyInstance): void {
  let atOnce = 0;
  /** False if there is no room, and the request was told so. */
  const admitted = (reply: FastifyReply): boolean => {
    if (atOnce >= PHOTO_TRANSFERS_AT_ONCE_MAX) return false;
    atOnce += 1;
    reply.raw.once('close', () => {
      atOnce -= 1;
    });
    return true;
  };
  const receivePiece = async (
    request: FastifyRequest<HashRoute>,
  ): Promise<PhotoOffset | Refusal> => {
    const actor = await actorOrRefusal(request);
    if ('httpStatus' in actor) return actor;
    const { hash } = request.params;
    const { store, photos } = tenantOf(request);
    const range = rangeOf(request.headers['content-range']);
    if (range === null || !request.body) return NO_RANGE;
    if (range.total > PHOTO_BYTES_MAX) return TOO_LARGE;
    const rows = await rowsOfPhoto({ store, actor }, hash);
    if (rows.length === 0) return NO_ROW;
    const row = rows.find(({ bytes }) => bytes === range.total);
    if (!row) return OTHER_SIZE;
    request.raw.setTimeout(TRANSFER_IDLE_MAX_MS, () => request.raw.destroy());
    const body = request.body as Readable;
    return photos.receiver.receive({ hash, mime: row.mime, ...range, body });
  };
  void app.register(async (routes) => {
    // As a stream: what has arrived before a connection breaks is kept.
    routes.addContentTypeParser('application/octet-stream', (_request, body, done) => {
      done(null, body);
    });
    routes.get<HashRoute>(photoOffsetPath(HASH), async (request, reply) => {
      const actor = await actorOrRefusal(request);
      if ('httpStatus' in actor) return refuse(reply, actor);
      const { store, photos } = tenantOf(request);
      const { hash } = request.params;
      // Whoever knows no row of it is told what everybody is told of a photo that never came.
      const isKnown =
        actor.kind === 'open' || (await rowsOfPhoto({ store, actor }, hash)).length > 0;
      return isKnown ? photos.shelf.offset(hash) : NOTHING_OF_IT;
    });
    routes.get<HashRoute>(photoPath(HASH), async (request, reply) => {
      if (!admitted(reply)) return refuse(reply, BUSY);
      const actor = await actorOrRefusal(request);
      if ('httpStatus' in actor) return refuse(reply, actor);
      const { store, photos } = tenantOf(request);
      const [row] = await rowsOfPhoto({ store, actor }, request.params.hash);
      if (!row) return reply.callNotFound();
      return sendPhoto(photos.shelf, row.mime, { request, reply });
    });
    routes.put<HashRoute>(photoPath(HASH), async (request, reply) => {
      const received = admitted(reply)
        ? await receivePiece(request).catch((error: unknown) => refusalOf(error, request))
        : BUSY;
      if (!('httpStatus' in received)) return received;
      await readToEnd(request);
      return refuse(reply, received);
    });
  });
}

/** A connection that is answered before its request has been read to the end can be used for nothing more. */
async function readToEnd({ raw, headers }: FastifyRequest): Promise<void> {
  if (Number(headers['content-length'] ?? Infinity) > PHOTO_BYTES_MAX) {
    raw.destroy();
    return;
  }
  raw.resume();
  await finished(raw).catch(() => undefined);
}

async function sendPhoto(
  shelf: PhotoShelf,
  mime: PhotoMime,
  { request, reply }: { request: FastifyRequest<HashRoute>; reply: FastifyReply },
): Promise<FastifyReply> {
  const file = await send(request.raw, shelf.nameOf(request.params.hash), {
    root: shelf.folder,
    cacheControl: false,
    contentType: false,
  });
  if (file.statusCode === 416) {
    reply.header('content-range', file.headers['Content-Range']);
    return refuse(reply, NO_SUCH_RANGE);
  }
  if (file.statusCode >= 400) {
    reply.callNotFound();
    return reply;
  }
  reply.raw.setTimeout(TRANSFER_IDLE_MAX_MS, () => reply.raw.destroy());
  return reply
    .code(file.statusCode)
    .headers(file.headers)
    .header('cache-control', `private, max-age=${YEAR_SECONDS}, immutable`)
    .header('content-disposition', 'inline')
    .type(mime)
    .send(file.stream);
}

/** Null if it is not of the one form that laptops send. */
function rangeOf(header: string | undefined): { start: number; end: number; total: number } | null {
  const found = CONTENT_RANGE.exec(header ?? '');
  if (!found) return null;
  const [first, last, total] = found.slice(1).map(Number);
  const start = must(first, 'the first byte');
  const end = must(last, 'the last byte') + 1;
  if (end <= start || end > must(total, 'the size')) return null;
  return { start, end, total: must(total, 'the size') };
}

/** What to say of a failure; bugs are thrown on. */
function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof NoSuchPlace) return NO_SUCH_RANGE;
  if (error instanceof TallymanError) {
    return { httpStatus: 422, code: error.code, message: error.message, retryable: false };
  }
  if ((error as { code?: unknown }).code === 'ENOSPC') return DISK_FULL;
  if (request.raw.destroyed || request.raw.errored) return BROKEN_OFF;
  throw error;
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.httpStatus === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(refusal.httpStatus).send(refusalBody(refusal));
}
