import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { TallymanError } from '../../shared/errors.ts';
import { isLoopback } from '../http/listening.ts';
import type { MetricsListening } from './metrics/serve-metrics.ts';

/** Longer, and whoever restarts a server gives up waiting. */
const DRAIN_SECONDS_MAX = 300;
/** A short one could be guessed by trying. */
const TOKEN_LENGTH_MIN = 16;

const PORT = 'The metrics port must be a number from 0 to 65535.';
const DRAIN = `The seconds to drain must be a number from 0 to ${DRAIN_SECONDS_MAX}.`;

const operatingField = z.strictObject({
  metricsPort: z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).optional(),
  metricsHost: z.string().refine((host) => isIP(host) !== 0, {
    error: 'The metrics host must be an address, such as 127.0.0.1.',
  }),
  metricsTokenFile: z.string().min(1).optional(),
  drainSeconds: z.coerce.number(DRAIN).min(0, DRAIN).max(DRAIN_SECONDS_MAX, DRAIN),
  snapshotStore: z.string().min(1).optional(),
});

export interface OperatingFlags {
  metricsPort?: string | undefined;
  metricsHost?: string | undefined;
  metricsTokenFile?: string | undefined;
  drainSeconds?: string | undefined;
  snapshotStore?: string | undefined;
}

export interface OperatingConfig {
  /** Undefined if none are served. */
  metrics: MetricsListening | undefined;
  /** Between the word that this process is about to stop and the closing of its port. */
  drainMs: number;
  /** `s3://bucket/prefix`; without it the data folder. */
  snapshotStore: string | undefined;
}

/** Flags win over the environment. Throws BAD_INPUT with one sentence about the first thing that is wrong. */
export function readOperatingConfig(
  flags: OperatingFlags,
  environment: Readonly<Record<string, string | undefined>>,
): OperatingConfig {
  const parsed = operatingField.safeParse({
    metricsPort: flags.metricsPort ?? environment['TALLYMAN_METRICS_PORT'],
    metricsHost: flags.metricsHost ?? environment['TALLYMAN_METRICS_HOST'] ?? '127.0.0.1',
    metricsTokenFile: flags.metricsTokenFile ?? environment['TALLYMAN_METRICS_TOKEN_FILE'],
    drainSeconds: flags.drainSeconds ?? environment['TALLYMAN_DRAIN_SECONDS'] ?? '0',
    snapshotStore: flags.snapshotStore ?? environment['TALLYMAN_SNAPSHOT_STORE'],
  });
  if (!parsed.success) throw badInput(parsed.error.issues[0]?.message ?? 'That is not valid.');
  const { metricsPort, metricsHost, metricsTokenFile, drainSeconds, snapshotStore } = parsed.data;
  const drainMs = drainSeconds * 1_000;
  if (metricsPort === undefined) return { metrics: undefined, drainMs, snapshotStore };
  const token = metricsTokenFile === undefined ? null : readToken(metricsTokenFile);
  if (token === null && !isLoopback(metricsHost)) {
    throw badInput('Metrics beyond this machine need a --metrics-token-file.');
  }
  const metrics = { port: metricsPort, host: metricsHost, token };
  return { metrics, drainMs, snapshotStore };
}

/** From a file, because arguments and environments are seen by others. */
function readToken(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new TallymanError('BAD_INPUT', `The file ${file} with the token cannot be read.`, {
      cause: error,
    });
  }
  if (token.length >= TOKEN_LENGTH_MIN) return token;
  throw badInput(`The token in ${file} must have ${TOKEN_LENGTH_MIN} characters or more.`);
}

function badInput(message: string): TallymanError {
  return new TallymanError('BAD_INPUT', message);
}
