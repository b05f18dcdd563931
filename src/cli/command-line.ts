import { Command, CommanderError } from 'commander'
import { addApiResources } from './commands/api-resources.ts'
import { addApiVersions } from './commands/api-versions.ts'
import { addApply } from './commands/apply.ts'
import { addClusterInfo } from './commands/cluster-info.ts'
import { addCompletion } from './commands/completion.ts'
import { addConfig } from './commands/config.ts'
import { addCordon } from './commands/cordon.ts'
import { addCreate } from './commands/create.ts'
import { addDelete } from './commands/delete.ts'
import { addDescribe } from './commands/describe.ts'
import { addEdit } from './commands/edit.ts'
import { addEvents } from './commands/events.ts'
import { addExplain } from './commands/explain.ts'
import { addGet } from './commands/get.ts'
import { addLabel } from './commands/label.ts'
import { addLogs } from './commands/logs.ts'
import { addPatch } from './commands/patch.ts'
import { addQuery } from './commands/query.ts'
import { addReplace } from './commands/replace.ts'
import { addRun } from './commands/run.ts'
import { addScale } from './commands/scale.ts'
import { addVersion } from './commands/version.ts'
import { addWait } from './commands/wait.ts'
import { Interrupted, UsageError } from './failure.ts'
import { failureText } from './failure-text.ts'
import { commandNamed, plainArguments } from './plain-arguments.ts'
import type { Surroundings } from './surroundings.ts'
import { refuseUnknownCommands } from './unknown-command.ts'

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
 * command line that cannot be meant, 130 after Ctrl-C. It never rejects; what went wrong has been printed.
 */
export async function runCommandLine(args: readonly string[], options: CommandLineOptions): Promise<number> {
  const { errors } = options.surroundings
  const program = commandLine(options)
  try {
    await program.parseAsync(plainArguments(program, args), { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    if (error instanceof Interrupted) return 130
    const isUsage = error instanceof CommanderError || error instanceof UsageError
    if (!(error instanceof CommanderError)) errors.write(`${failureText(error)}\n`)
    if (isUsage) errors.write(`See '${pathOf(commandNamed(program, args).command)} --help'.\n`)
    return isUsage ? 2 : 1
  }
}

/** A command with those that it is in: `myriad config view`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
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
  addGet(program, surroundings)
  addDescribe(program, surroundings)
  addEvents(program, surroundings)
  addExplain(program, surroundings)
  addApiResources(program, surroundings)
  addApiVersions(program, surroundings)
  program.commandsGroup('Change:')
  for (const add of [addApply, addCreate, addRun, addReplace, addPatch, addEdit, addScale, addLabel, addDelete]) {
    add(program, surroundings)
  }
  program.commandsGroup('Follow:')
  addLogs(program, surroundings)
  addWait(program, surroundings)
  program.commandsGroup('Cluster and settings:')
  addCordon(program, surroundings)
  addClusterInfo(program, surroundings)
  addConfig(program, surroundings)
  program.commandsGroup('Other:')
  addCompletion(program, surroundings)
  addQuery(program, surroundings)
  addVersion(program, surroundings, version)
  refuseUnknownCommands(program)
  return program
}
