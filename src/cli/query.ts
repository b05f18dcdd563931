import { GraphQLError } from 'graphql/error/GraphQLError.js'
import { type DocumentNode, OperationTypeNode } from 'graphql/language/ast.js'
import { Kind } from 'graphql/language/kinds.js'
import { parse } from 'graphql/language/parser.js'
import { print } from 'graphql/language/printer.js'
import { separateOperations } from 'graphql/utilities/separateOperations.js'
import { CommandError, UsageError } from './failure.ts'
import { runInterruptibly } from './interruption.ts'
import type { Session } from './session.ts'
import { readSource } from './source.ts'

/** The flags of `myriad query`. */
export interface QueryFlags {
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/**
 * Runs `myriad query`: sends an operation of the document in a file. The answer of a query or mutation is printed as JSON; each
 * of a subscription as a line of JSON, until the server or Ctrl-C ends it.
 */
export async function query(file: string, flags: QueryFlags, session: Session): Promise<void> {
  const { client, output } = session
  const operation = operationOf(parseDocument(await readSource(file, session), file), flags.operationName)
  if (!operation.isSubscription) {
    output.write(`${JSON.stringify(await client.query(operation.text, flags.variables), null, 2)}\n`)
    return
  }
  await runInterruptibly(session, async (signal) => {
    for await (const data of client.subscribe(operation.text, flags.variables, { signal })) {
      output.write(`${JSON.stringify(data)}\n`)
    }
  })
}

function parseDocument(text: string, file: string): DocumentNode {
  try {
    return parse(text, { noLocation: true })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const [place] = error.locations ?? []
    const name = file === '-' ? 'stdin' : file
    throw new CommandError(`${name}:${place?.line}:${place?.column}: ${error.message}`, { cause: error })
  }
}

interface Operation {
  /** The operation with the fragments that it needs. */
  readonly text: string
  readonly isSubscription: boolean
}

/** The operation of a name; without one, the only one. */
function operationOf(document: DocumentNode, name: string | undefined): Operation {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const names = operations.map((operation) => operation.name?.value ?? '')
  const listed = names.map((one) => JSON.stringify(one)).join(', ')
  if (operations.length === 0) throw new CommandError('the document has no operation')
  if (name === undefined && operations.length > 1) {
    throw new UsageError(`the document has several operations: say --operation-name with one of ${listed}`)
  }
  const chosen = name === undefined ? operations[0] : operations[names.indexOf(name)]
  if (chosen === undefined) throw new CommandError(`the document has no operation "${name}", only ${listed}`)
  const alone = separateOperations(document)[chosen.name?.value ?? '']
  return { text: print(alone ?? document), isSubscription: chosen.operation === OperationTypeNode.SUBSCRIPTION }
}
