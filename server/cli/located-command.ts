import type { Command } from 'commander';

/** A command that works on the data of a server. */
export function located(command: Command): Command {
  return command
    .option('--data <folder>', 'the data folder of a server (TALLYMAN_DATA)')
    .option('--database <url>', 'postgres://…, if the rows are there (TALLYMAN_DATABASE)');
}

/** A command that works on the data of one organisation. */
export function locatedInOrganisation(command: Command): Command {
  return located(command).option('--organisation <code>', 'if it is not the first one');
}
