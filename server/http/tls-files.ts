import { readFile } from 'node:fs/promises';
import { createSecureContext, type Server as TlsServer } from 'node:tls';
import type { Logger } from 'pino';
import { TallymanError } from '../../shared/errors.ts';

/** Paths of PEM files; the certificate with those between it and the root. */
export interface TlsFiles {
  cert: string;
  key: string;
}

export interface TlsMaterial {
  cert: Buffer;
  key: Buffer;
}

/** Certificates are renewed every few weeks; a minute is soon enough, and works for links and network folders as well. */
const LOOK_MS = 60_000;

/** Older versions are broken. */
export const TLS_VERSION_MIN = 'TLSv1.2';

/** Throws BAD_INPUT with one sentence if they cannot be used together. */
export async function readTlsFiles({ cert, key }: TlsFiles): Promise<TlsMaterial> {
  const material = { cert: await readPem(cert), key: await readPem(key) };
  try {
    createSecureContext(material);
  } catch (cause) {
    throw new TallymanError(
      'BAD_INPUT',
      `The certificate in ${cert} and the key in ${key} cannot be used together. Both have to be PEM, and of one pair.`,
      { cause },
    );
  }
  return material;
}

async function readPem(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new TallymanError('BAD_INPUT', `The file ${file} cannot be read.`, { cause });
  }
}

export interface FollowTlsOptions {
  files: TlsFiles;
  /** What the server was started with. */
  used: TlsMaterial;
  logger: Logger;
  lookMs?: number | undefined;
}

/**
 * Takes up new files while connections go on with the old ones. Files that cannot be used, such as a certificate whose key
 * is not written yet, are left for the next look, and the old ones go on. Gives what ends it.
 */
export function followTlsFiles(server: TlsServer, options: FollowTlsOptions): () => void {
  const { files, logger, lookMs = LOOK_MS } = options;
  let { used } = options;
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const found = await readTlsFiles(files);
      if (found.cert.equals(used.cert) && found.key.equals(used.key)) return;
      server.setSecureContext({ ...found, minVersion: TLS_VERSION_MIN });
      used = found;
      logger.info('new certificate taken up');
    } catch (error) {
      logger.error({ err: error }, 'new certificate not usable, the old one stays');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
