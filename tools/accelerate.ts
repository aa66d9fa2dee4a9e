/** `npm run accelerate -- entity …`: writes an entity with its sync pattern to both sides. See docs/guides/add-an-entity.md. */
import { Command, CommanderError, Option } from 'commander';
import { accelerateEntity, type EntityFlags } from './accelerate/accelerate-entity.ts';
import { PATTERNS } from './accelerate/entity-plan.ts';
import { UsageError } from './accelerate/usage-error.ts';
import { projectRoot } from './project-root.ts';

const program = new Command('accelerate')
  .description('Writes code that every new thing of its kind needs, in the style of the project.')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

program
  .command('entity')
  .description(
    'an entity with its sync pattern: definition, table, procedures, screen, words, tests',
  )
  .argument('<name>', 'in the singular, snake_case')
  .addOption(
    new Option('--pattern <pattern>', 'how its rows are synced')
      .choices(PATTERNS)
      .makeOptionMandatory(),
  )
  .addOption(
    new Option('--scope <scope>', 'whether all laptops have it, or those of a site')
      .choices(['catalogue', 'site'])
      .makeOptionMandatory(),
  )
  .option(
    '--columns <columns>',
    'for example "code:text, note:text?, kind:enum(a|b), product_id:ref(product)"; ? may be empty',
  )
  .addOption(
    new Option(
      '--from <server-table...>',
      'server-table TABLE: the columns of a table of the server',
    ).conflicts('columns'),
  )
  .option('--data <folder>', 'the data folder of the server, for --from')
  .option('--child <name>', 'the other half of oneToMany')
  .option(
    '--child-columns <columns>',
    'as --columns; its reference to the parent is there by itself',
  )
  .addOption(
    new Option('--conflicts <way>', 'of oneToMany: how parent and children are judged')
      .choices(['detect', 'lastWriteWins'])
      .default('detect'),
  )
  .option('--dry-run', 'print what would be written, and write nothing')
  .action(async (name: string, flags: Omit<EntityFlags, 'name'>) => {
    const lines = await accelerateEntity(projectRoot, { ...flags, name });
    for (const line of lines) console.log(line);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof UsageError) console.error(error.message);
  else throw error;
}
