import type { Command } from 'commander';

/** Of `serve`: what whoever operates a server sets, beside where it listens. */
export function addOperatingOptions(command: Command): Command {
  return addSnapshotStoreOption(command)
    .option('--metrics-port <number>', 'serve Prometheus metrics there (TALLYMAN_METRICS_PORT)')
    .option('--metrics-host <address>', 'where; 127.0.0.1 if not given (TALLYMAN_METRICS_HOST)')
    .option(
      '--metrics-token-file <file>',
      'whoever asks has to show what is in it as a bearer token (TALLYMAN_METRICS_TOKEN_FILE)',
    )
    .option(
      '--drain-seconds <number>',
      'when told to stop, say so in /readyz for so long before the port closes (TALLYMAN_DRAIN_SECONDS)',
    );
}

/** Of whatever builds snapshots or offers them. */
export function addSnapshotStoreOption(command: Command): Command {
  return command.option(
    '--snapshot-store <address>',
    's3://bucket/prefix, for snapshots that several servers share without a common folder (TALLYMAN_SNAPSHOT_STORE)',
  );
}
