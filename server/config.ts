import { z } from 'zod';
import { TallymanError } from '../shared/errors.ts';

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'] as const;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const configSchema = z.strictObject({
  dataDir: z.string({ error: 'Say where the data is: --data DIR or TALLYMAN_DATA.' }).min(1),
  port: z.coerce
    .number({ error: 'The port must be a number from 0 to 65535.' })
    .int('The port must be a number from 0 to 65535.')
    .min(0, 'The port must be a number from 0 to 65535.')
    .max(65_535, 'The port must be a number from 0 to 65535.'),
  host: z
    .enum(LOOPBACK_HOSTS, {
      error:
        'This server has no sign-in yet, so it listens on this machine only: 127.0.0.1, localhost or ::1.',
    })
    .default('127.0.0.1'),
  name: z
    .string()
    .trim()
    .min(1, 'The name must not be empty.')
    .max(100, 'The name may have 100 characters.')
    .optional(),
  logLevel: z
    .enum(LOG_LEVELS, { error: `The log level must be one of ${LOG_LEVELS.join(', ')}.` })
    .default('info'),
  snapshots: z
    .enum(['on', 'off'], { error: 'TALLYMAN_SNAPSHOTS must be on or off.' })
    .default('on')
    .transform((choice) => choice === 'on'),
});

export type ServerConfig = z.output<typeof configSchema>;

export interface ConfigFlags {
  data?: string | undefined;
  port?: string | undefined;
  host?: string | undefined;
  name?: string | undefined;
  logLevel?: string | undefined;
  /** False if they were switched off. */
  snapshots?: boolean | undefined;
}

/** Flags win over the environment. Throws BAD_INPUT with one sentence about the first thing that is wrong. */
export function readConfig(
  flags: ConfigFlags,
  environment: Readonly<Record<string, string | undefined>>,
): ServerConfig {
  const parsed = configSchema.safeParse({
    dataDir: flags.data ?? environment['TALLYMAN_DATA'],
    port: flags.port ?? environment['TALLYMAN_PORT'] ?? DEFAULT_PORT,
    host: flags.host ?? environment['TALLYMAN_HOST'],
    name: flags.name ?? environment['TALLYMAN_NAME'],
    logLevel: flags.logLevel ?? environment['TALLYMAN_LOG_LEVEL'],
    snapshots: flags.snapshots === false ? 'off' : environment['TALLYMAN_SNAPSHOTS'],
  });
  if (parsed.success) return parsed.data;
  throw new TallymanError(
    'BAD_INPUT',
    parsed.error.issues[0]?.message ?? 'The configuration is not valid.',
  );
}

const DEFAULT_PORT = '7420';
