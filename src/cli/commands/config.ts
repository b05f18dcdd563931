import type { Command } from 'commander'
import { addFileOption } from '../config.ts'
import type * as ConfigCommands from '../config-commands.ts'
import type { ConfigChange, ConfigFlags, ViewOptions } from '../config-commands.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad config …`: the servers that a person works with, by names, in a file. */
export function addConfig(program: Command, surroundings: Surroundings): void {
  const config = program.command('config').description('name servers, and choose which one is meant')
  const run = async <Options extends ConfigFlags>(
    options: Options,
    work: (commands: typeof ConfigCommands, place: Surroundings & { readonly path: string }) => unknown,
  ): Promise<void> => {
    const commands = await import('../config-commands.ts')
    await work(commands, { ...surroundings, path: commands.fileMeant(options, surroundings) })
  }

  addFileOption(config.command('get-contexts').argument('[context]', 'only this one'))
    .description('list the contexts')
    .option('--no-headers', 'without the first line')
    .option('-o, --output <format>', 'name: the names alone')
    .action((name: string | undefined, options: ViewOptions) =>
      run(options, (commands, place) => commands.getContexts(name, options, place)),
    )
  addFileOption(config.command('current-context'))
    .description('print the name of the context that is meant where none is said')
    .action((options: ConfigFlags) => run(options, (commands, place) => commands.currentContext(place)))
  addFileOption(config.command('use-context').argument('<context>', 'the context'))
    .description('choose the context that is meant where none is said')
    .action((name: string, options: ConfigFlags) => run(options, (commands, place) => commands.useContext(name, place)))
  addFileOption(
    config
      .command('set-context')
      .argument('[context]', 'the context')
      .option('--current', 'the context that is meant where none is said')
      .option('-s, --url <url>', 'the GraphQL endpoint of the server')
      .option('--token <secret>', 'token to show')
      .option('-n, --namespace <name>', 'namespace that is meant there'),
  )
    .description('make a context, or change what is said of it')
    .addHelpText('after', examples)
    .action((name: string | undefined, options: ConfigChange) =>
      run(options, (commands, place) => commands.setContext(name, options, place)),
    )
  addFileOption(config.command('delete-context').argument('<context>', 'the context'))
    .description('forget a context')
    .action((name: string, options: ConfigFlags) =>
      run(options, (commands, place) => commands.deleteContext(name, place)),
    )
  addFileOption(
    config.command('rename-context').argument('<context>', 'the context').argument('<new-name>', 'its new name'),
  )
    .description('give a context another name')
    .action((name: string, next: string, options: ConfigFlags) =>
      run(options, (commands, place) => commands.renameContext(name, next, place)),
    )
  addFileOption(config.command('view').option('--raw', 'with the tokens'))
    .description('print the file')
    .action((options: ViewOptions) => run(options, (commands, place) => commands.viewConfig(options, place)))
}

const examples = `
Examples:
  myriad config set-context prod --url https://cluster.example:4000/graphql --token "$TOKEN"
  myriad config use-context prod
  myriad config set-context --current --namespace web   # -n web need not be said any more`
