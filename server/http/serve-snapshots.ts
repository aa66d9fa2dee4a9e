import type { FastifyInstance, FastifyReply } from 'fastify';
import { snapshotPath } from '../../shared/sync/snapshot.ts';
import { type Actor, maySee } from '../auth/actor.ts';
import type { SnapshotShelf } from '../snapshot/snapshot-shelf.ts';
import { actorOrRefusal } from './actor-or-refusal.ts';
import { type Refusal, refusalBody } from './refusal.ts';
import { tenantOf } from './request-tenant.ts';

/**
 * Each holds a file and 64 KiB of it, and shares the line with all others. A quarter of all requests at once, so that
 * however many laptops start at seven, pulls get through.
 */
export const DOWNLOADS_AT_ONCE_MAX = 64;
/** Laptops that come at once then have to be told to come at different times; theirs is a random share of it. */
const RETRY_AFTER_SECONDS = 5;
/** For 100 MB at 40 kbit/s. A laptop whose download is cut goes on where it was. */
const DOWNLOAD_TIME_MAX_MS = 6 * 60 * 60 * 1_000;
/** A laptop that takes nothing any more has left. */
const DOWNLOAD_IDLE_MAX_MS = 60_000;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Nothing but 64 hex digits reaches the file system. */
const HASH = '^[0-9a-f]{64}$';

const TOO_MANY_DOWNLOADS: Refusal = {
  httpStatus: 503,
  code: 'SERVER_BUSY',
  message: 'Many are downloading at the moment. Try again in a few seconds.',
  retryable: true,
};
const NO_SUCH_RANGE: Refusal = {
  httpStatus: 416,
  code: 'BAD_INPUT',
  message: 'The snapshot has no such bytes.',
  retryable: false,
};

const STORE_FAILS: Refusal = {
  httpStatus: 503,
  code: 'SERVER_BUSY',
  message: 'The store of snapshots does not answer. Try again in a few seconds.',
  retryable: true,
};

/** Whether it is of a scope that whoever asks may see. */
async function mayHave(actor: Actor, shelf: SnapshotShelf, hash: string): Promise<boolean> {
  if (actor.kind === 'open') return true;
  const manifest = (await shelf.list()).find((one) => one.hash === hash);
  return manifest !== undefined && maySee(actor, manifest.scope);
}

/** Snapshots as files that never change, in ranges if a laptop asks for them. They are compressed as they are. */
export function serveSnapshots(app: FastifyInstance): void {
  let atOnce = 0;
  app.get<{ Params: { hash: string } }>(
    snapshotPath(`:hash(${HASH})`),
    { handlerTimeout: DOWNLOAD_TIME_MAX_MS },
    async (request, reply) => {
      const { snapshots } = tenantOf(request);
      const actor = await actorOrRefusal(request);
      if ('httpStatus' in actor) return refuse(reply, actor);
      if (snapshots === null) return reply.callNotFound();
      if (!(await mayHave(actor, snapshots.shelf, request.params.hash))) {
        return reply.callNotFound();
      }
      if (atOnce >= DOWNLOADS_AT_ONCE_MAX) {
        reply.header('retry-after', RETRY_AFTER_SECONDS);
        return refuse(reply, TOO_MANY_DOWNLOADS);
      }
      atOnce += 1;
      reply.raw.once('close', () => {
        atOnce -= 1;
      });
      const file = await snapshots.shelf.open(request.raw, request.params.hash);
      if (file.statusCode === 416) {
        const { 'Content-Range': ofFile, 'content-range': ofBucket } = file.headers;
        reply.header('content-range', ofFile ?? ofBucket);
        return refuse(reply, NO_SUCH_RANGE);
      }
      if (file.statusCode >= 500) return refuse(reply, STORE_FAILS);
      if (file.statusCode >= 400) return reply.callNotFound();
      reply.raw.setTimeout(DOWNLOAD_IDLE_MAX_MS, () => reply.raw.destroy());
      return reply
        .code(file.statusCode)
        .headers(file.headers)
        .header('cache-control', `private, max-age=${YEAR_SECONDS}, immutable`)
        .type('application/zstd')
        .send(file.stream);
    },
  );
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.httpStatus).send(refusalBody(refusal));
}
