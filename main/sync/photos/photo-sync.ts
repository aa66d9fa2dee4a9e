import { type ErrorCode, toWireError } from '../../../shared/errors.ts';
import type { PhotoFiles } from '../../store/photos/photo-files.ts';
import type { PhotoUploads } from '../../store/photos/photo-uploads.ts';
import type { PhotoLink } from './photo-link.ts';
import { type PhotoRunEnd, sendPhotos } from './send-photos.ts';

export interface PhotoSyncPorts {
  uploads: PhotoUploads;
  files: PhotoFiles;
  link: PhotoLink;
  now: () => number;
  /** Whether this laptop shows a row. */
  isShown: (entity: string, id: string) => boolean;
}

export interface PhotoSyncRun {
  signal: AbortSignal;
  /** By a person: those that were refused a moment ago are tried, too. */
  isAsked: boolean;
  /** Something more urgent waits for the line. */
  isHurried: () => boolean;
  onSent: () => void;
  /** So many were refused for this reason. */
  onRefused: (code: ErrorCode, count: number) => void;
  /** Where photos of these entities stand is another now. */
  onChanged: (entities: readonly string[]) => void;
}

/** The unit `photos`, as the engine runs it. */
export class PhotoSync {
  readonly #ports: PhotoSyncPorts;

  constructor(ports: PhotoSyncPorts) {
    this.#ports = ports;
  }

  isDue(isAsked: boolean): boolean {
    const { uploads, now } = this.#ports;
    return isAsked ? uploads.waiting() > 0 : uploads.due(now(), 1).length > 0;
  }

  async send(run: PhotoSyncRun): Promise<PhotoRunEnd> {
    const { link, ...ports } = this.#ports;
    const changed = new Set<string>();
    const refused = new Map<ErrorCode, number>();
    try {
      return await sendPhotos({
        ...ports,
        server: await link.server(),
        signal: run.signal,
        isAsked: run.isAsked,
        isHurried: run.isHurried,
        onSent: ({ entity }) => {
          changed.add(entity);
          run.onSent();
        },
        onFailed: ({ entity }, error) => {
          changed.add(entity);
          const { code } = toWireError(error);
          refused.set(code, (refused.get(code) ?? 0) + 1);
        },
      });
    } finally {
      // Together, so that lists read again once.
      if (changed.size > 0) run.onChanged([...changed]);
      for (const [code, count] of refused) run.onRefused(code, count);
    }
  }
}
