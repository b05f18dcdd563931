import { Command, CommanderError } from 'commander'
import { addApiResources } from './commands/api-resources.ts'
import { addQuery } from './commands/query.ts'
import { addVersion } from './commands/version.ts'
import { UsageError } from './failure.ts'
import { failureText } from './failure-text.ts'
import type { Surroundings } from './surroundings.ts'

/** What the command line is made of. */
export interface CommandLineOptions {
  /** The version of this program. */
  readonly version: string
  readonly surroundings: Surroundings
  /** Adds commands that are not the command line's own, such as those that start the server. */
  readonly extend?: (program: Command) => void
}

/**
 * Runs one command, such as `['get', 'pods']`, and resolves with its exit code: 0, 1 for what could not be done, 2 for a
 * command line that cannot be meant. It never rejects; what went wrong has been printed.
 */
export async function runCommandLine(args: readonly string[], options: CommandLineOptions): Promise<number> {
  const { surroundings } = options
  try {
    await commandLine(options).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    surroundings.errors.write(`${failureText(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

/** The whole tree of commands. Each command's file is small; what it does is loaded when it is run. */
function commandLine({ version, surroundings, extend }: CommandLineOptions): Command {
  const program = new Command('myriad')
    .description('A GraphQL control plane for container clusters.')
    .version(version)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => surroundings.output.write(text),
      writeErr: (text) => surroundings.errors.write(text),
      getOutHelpWidth: () => surroundings.output.width,
      getErrHelpWidth: () => surroundings.errors.width,
      getOutHasColors: () => surroundings.output.isTerminal,
      getErrHasColors: () => surroundings.errors.isTerminal,
    })
    .exitOverride()
  extend?.(program)
  program.commandsGroup('Resources:')
  addApiResources(program, surroundings)
  program.commandsGroup('Other:')
  addQuery(program, surroundings)
  addVersion(program, surroundings, version)
  return program
}
