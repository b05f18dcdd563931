import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { UsageError } from '../failure.ts'
import { withSession } from '../session.ts'
import { readSource } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad query FILE|-`: any GraphQL document; the answer is printed as JSON. */
export function addQuery(program: Command, surroundings: Surroundings): void {
  addConnectionOptions(
    program.command('query <file>').option('--variables <json>', 'variables of the document, a JSON object'),
  )
    .description('send a GraphQL document from a file, or from standard input with "-", and print the answer')
    .action(async (file: string, { variables, ...settings }: ConnectionSettings & { variables?: string }) => {
      const given = variables === undefined ? undefined : parseVariables(variables)
      const document = await readSource(file, surroundings)
      await withSession(surroundings, settings, async ({ client, output }) => {
        output.write(`${JSON.stringify(await client.query(document, given), null, 2)}\n`)
      })
    })
}

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
