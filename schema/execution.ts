import { type DocumentNode, type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { withVariableFaults } from './judge-variables.ts'

type MaybePromise<Value> = Value | Promise<Value>

/** Runs an operation of a document with a root value. */
export type Runner = (
  rootValue: unknown,
  contextValue: unknown,
  variables: Readonly<Record<string, unknown>>,
) => MaybePromise<ExecutionResult>

/** Uses of a document before it is compiled: what is asked once is not worth it. */
const usesBeforeCompiling = 3

interface Known {
  uses: number
  readonly compiled: Map<string, CompiledQuery | null>
}

/**
 * Executes queries and mutations. A document that is asked again and again is compiled to a function (graphql-jit),
 * which makes lists several times faster.
 */
export class Executor {
  private readonly known = new WeakMap<DocumentNode, Known>()

  execute(args: ExecutionArgs): MaybePromise<ExecutionResult> {
    const result = this.run(args)
    return result instanceof Promise
      ? result.then((settled) => withVariableFaults(settled, args))
      : withVariableFaults(result, args)
  }

  private run(args: ExecutionArgs): MaybePromise<ExecutionResult> {
    const compiled = this.compiledFor(args)
    if (compiled === null) return execute(args)
    return compiled.query(args.rootValue, args.contextValue, args.variableValues) as MaybePromise<ExecutionResult>
  }

  private compiledFor({ schema, document, operationName }: ExecutionArgs): CompiledQuery | null {
    let known = this.known.get(document)
    if (known === undefined) this.known.set(document, (known = { uses: 0, compiled: new Map() }))
    known.uses += 1
    if (known.uses <= usesBeforeCompiling) return null
    const name = operationName ?? ''
    let compiled = known.compiled.get(name)
    if (compiled === undefined) known.compiled.set(name, (compiled = compile(schema, document, operationName)))
    return compiled
  }
}

/** A runner for an operation that will be run often. */
export function runnerFor(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Runner {
  const compiled = compile(schema, document, operationName)
  if (compiled !== null) {
    return (rootValue, contextValue, variables) =>
      compiled.query(rootValue, contextValue, variables) as MaybePromise<ExecutionResult>
  }
  return (rootValue, contextValue, variableValues) =>
    execute({ schema, document, rootValue, contextValue, variableValues, operationName })
}

/** The compiled operation, or null for one that the compiler does not take, which is then interpreted. */
function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined) {
  const compiled = compileQuery(schema, document, operationName ?? undefined)
  return isCompiledQuery(compiled) ? compiled : null
}
