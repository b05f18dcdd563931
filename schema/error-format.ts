import { type ExecutionResult, GraphQLError } from 'graphql'
import { type Cause, isErrorCode, Refusal, shorten, tellable } from '../src/model/errors.ts'

/** Told of faults of our own, with their stack. */
export type FaultLog = (error: unknown) => void

let logFault: FaultLog = (error) => process.emitWarning(error instanceof Error ? error : String(error))

/** Sends the faults of our own to a log. */
export function setFaultLog(log: FaultLog): void {
  logFault = log
}

/**
 * An error as a client may see it: a refusal with its code, causes and details; a fault in the document or in the
 * variables with the code INVALID; anything else is a fault of our own, logged here and masked. However much is wrong, and
 * however large what was sent, an error stays small: `causesLeftOut` says how many causes it has beside those told.
 */
export function formatError(error: unknown): GraphQLError {
  const refusal = refusalBehind(error)
  const place = error instanceof GraphQLError ? error : undefined
  if (refusal !== undefined) {
    const { code, causes, details } = refusal
    return placed(refusal.message, place, { code, ...causesTold(causes), ...details })
  }
  if (place !== undefined && (place.originalError === undefined || place.originalError instanceof GraphQLError)) {
    const code: unknown = place.extensions?.['code']
    return placed(place.message, place, { ...place.extensions, code: isErrorCode(code) ? code : 'INVALID' })
  }
  logFault(place?.originalError ?? error)
  return placed('internal error: it has been logged', place, { code: 'INTERNAL' })
}

/** A result with its errors as a client may see them. */
export function formatResult(result: ExecutionResult): ExecutionResult {
  return result.errors === undefined ? result : { ...result, errors: result.errors.map(formatError) }
}

function refusalBehind(error: unknown): Refusal | undefined {
  for (let cause = error; cause instanceof Error; ) {
    if (cause instanceof Refusal) return cause
    cause = cause instanceof GraphQLError ? cause.originalError : undefined
  }
  return undefined
}

function causesTold(causes: readonly Cause[]): Record<string, unknown> {
  if (causes.length === 0) return {}
  const { told, leftOut } = tellable(causes)
  return { causes: told, ...(leftOut > 0 ? { causesLeftOut: leftOut } : {}) }
}

/** Characters of a message, which may quote what was sent; and of one that has the sentences of several causes. */
const messageLengthMax = 2_000
const longMessageLengthMax = 50_000

function placed(message: string, place: GraphQLError | undefined, extensions: Record<string, unknown>): GraphQLError {
  const { causes } = extensions
  const lengthMax = Array.isArray(causes) && causes.length > 1 ? longMessageLengthMax : messageLengthMax
  return new GraphQLError(shorten(message, lengthMax), {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: place?.path ?? null,
    extensions,
  })
}
