import { z } from 'zod';
import { TallymanError } from '../shared/errors.ts';
import { addressList } from './http/address-list.ts';
import { LOOPBACK_RANGES } from './http/listening.ts';
import type { TlsFiles } from './http/tls-files.ts';
import { filesFolderOf } from './store/files-folder.ts';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Words apart, by blanks or commas. */
const listField = z
  .array(z.string())
  .transform((texts) =>
    texts.flatMap((text) => text.split(/[\s,]+/).filter((word) => word !== '')),
  );

const configSchema = z.strictObject({
  dataDir: z.string({ error: 'Say where the data is: --data DIR or TALLYMAN_DATA.' }).min(1),
  database: z.string().min(1).optional(),
  port: z.coerce
    .number({ error: 'The port must be a number from 0 to 65535.' })
    .int('The port must be a number from 0 to 65535.')
    .min(0, 'The port must be a number from 0 to 65535.')
    .max(65_535, 'The port must be a number from 0 to 65535.'),
  host: z
    .string()
    .regex(
      /^[A-Za-z0-9.:_-]{1,253}$/,
      'The host must be a name or an address of this machine, such as 0.0.0.0 for all of them.',
    )
    .default('127.0.0.1'),
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  behindProxy: z.enum(['on', 'off'], { error: 'TALLYMAN_BEHIND_PROXY must be on or off.' }),
  trustedProxies: listField,
  publicHosts: listField.pipe(
    z.array(
      z
        .string()
        .regex(
          /^[A-Za-z0-9.:_[\]-]{1,253}$/,
          'A public host is a name such as stock.example.org, without https:// and port.',
        ),
    ),
  ),
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

type Checked = z.output<typeof configSchema>;

export interface ServerConfig extends Omit<
  Checked,
  'tlsCert' | 'tlsKey' | 'behindProxy' | 'trustedProxies'
> {
  tls: TlsFiles | undefined;
  trustedProxies: readonly string[] | undefined;
}

export interface ConfigFlags {
  data?: string | undefined;
  database?: string | undefined;
  port?: string | undefined;
  host?: string | undefined;
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  behindProxy?: boolean | undefined;
  trustedProxy?: readonly string[] | undefined;
  publicHost?: readonly string[] | undefined;
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
  const parsed = configSchema.safeParse(given(flags, environment));
  if (!parsed.success) {
    throw badInput(parsed.error.issues[0]?.message ?? 'The configuration is not valid.');
  }
  const { tlsCert, tlsKey, behindProxy, trustedProxies, ...rest } = parsed.data;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw badInput('TLS needs both files: --tls-cert and --tls-key.');
  }
  const tls = tlsCert && tlsKey ? { cert: tlsCert, key: tlsKey } : undefined;
  return { ...rest, tls, trustedProxies: proxiesOf(behindProxy === 'on', trustedProxies) };
}

function given(
  flags: ConfigFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Record<keyof Checked, unknown> {
  const database = flags.database ?? environment['TALLYMAN_DATABASE'];
  return {
    dataDir:
      flags.data ??
      environment['TALLYMAN_DATA'] ??
      (database === undefined ? undefined : filesFolderOf(database, environment)),
    database,
    port: flags.port ?? environment['TALLYMAN_PORT'] ?? DEFAULT_PORT,
    host: flags.host ?? environment['TALLYMAN_HOST'],
    tlsCert: flags.tlsCert ?? environment['TALLYMAN_TLS_CERT'],
    tlsKey: flags.tlsKey ?? environment['TALLYMAN_TLS_KEY'],
    behindProxy:
      flags.behindProxy === true ? 'on' : (environment['TALLYMAN_BEHIND_PROXY'] ?? 'off'),
    trustedProxies: flags.trustedProxy ?? [environment['TALLYMAN_TRUSTED_PROXY'] ?? ''],
    publicHosts: flags.publicHost ?? [environment['TALLYMAN_PUBLIC_HOST'] ?? ''],
    name: flags.name ?? environment['TALLYMAN_NAME'],
    logLevel: flags.logLevel ?? environment['TALLYMAN_LOG_LEVEL'],
    snapshots: flags.snapshots === false ? 'off' : environment['TALLYMAN_SNAPSHOTS'],
  };
}

/** Undefined without a proxy. One on this machine needs no naming. */
function proxiesOf(isBehind: boolean, named: readonly string[]): readonly string[] | undefined {
  if (!isBehind && named.length > 0) {
    throw badInput('A trusted proxy is of use with --behind-proxy only.');
  }
  addressList(named);
  if (!isBehind) return undefined;
  return named.length > 0 ? named : LOOPBACK_RANGES;
}

function badInput(message: string): TallymanError {
  return new TallymanError('BAD_INPUT', message);
}

const DEFAULT_PORT = '7420';
