import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { UsageError } from '../failure.ts'
import type { QueryFlags } from '../query.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad query FILE|-`: any GraphQL document. */
export function addQuery(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('query')
    .argument('<file>', 'file of the document, or - for standard input')
    .description('send a GraphQL document, and print the answer; those of a subscription as they come, a line each')
    .option('--variables <json>', 'variables of the document, a JSON object', parseVariables)
    .option('--operation-name <name>', 'which operation, where the document has several')
    .addHelpText('after', examples)
  addConnectionOptions(command).action(async (file: string, flags: ConnectionSettings & QueryFlags) => {
    const { query } = await import('../query.ts')
    await withSession(surroundings, flags, (session) => query(file, flags, session))
  })
}

const examples = `
Examples:
  myriad query pods.graphql --variables '{"namespace": "shop"}'
  echo '{ cluster { version } }' | myriad query -
  echo 'subscription { podEvents { type pod { name } } }' | myriad query -   # until Ctrl-C`

function parseVariables(text: string): Record<string, unknown> {
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UsageError('--variables must be a JSON object, such as {"name": "web"}')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Said by the caller, in words that name the flag.
    return undefined
  }
}
