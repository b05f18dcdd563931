import { type ExecutionArgs, type ExecutionResult, type GraphQLObjectType, getOperationAST } from 'graphql'
import { Refusal } from '../src/model/errors.ts'
import type { Context } from './context.ts'
import { formatError } from './error-format.ts'
import { rootFieldsOf } from './root-fields.ts'

/** The extension of a root field that node agents may use, too. All others are for admins alone. */
export const forAgents = { role: 'agent' } as const

/**
 * The refusal of an operation that asks for what the caller's role does not allow; undefined when it may go on. The only
 * place where that is decided: an admin may do everything, an agent what is marked `forAgents`, nobody else anything.
 */
export function judgeAccess(args: ExecutionArgs): ExecutionResult | undefined {
  const { role, actor } = args.contextValue as Context
  if (role === 'admin') return undefined
  const operation = getOperationAST(args.document, args.operationName)
  const root = operation == null ? undefined : args.schema.getRootType(operation.operation)
  if (operation == null || root == null) return undefined
  for (const name of rootFieldsOf(args.document, operation)) {
    if (name === '__typename' || (role === 'agent' && isForAgents(root, name))) continue
    const error = new Refusal('FORBIDDEN', `"${actor}" may not use "${name}": it takes the role "admin"`)
    return { errors: [formatError(error)] }
  }
  return undefined
}

function isForAgents(root: GraphQLObjectType, name: string): boolean {
  return root.getFields()[name]?.extensions['role'] === forAgents.role
}
