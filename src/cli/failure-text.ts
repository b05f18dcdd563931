import { RequestError } from '../client/index.ts'
import { SeveralErrors } from './failure.ts'

/** What kubectl calls the codes: https://kubernetes.io/docs/reference/using-api/api-concepts (`Status.reason`). */
const reasons: Readonly<Record<string, string>> = {
  NOT_FOUND: 'NotFound',
  ALREADY_EXISTS: 'AlreadyExists',
  INVALID: 'Invalid',
  CONFLICT: 'Conflict',
  FORBIDDEN: 'Forbidden',
  UNAUTHENTICATED: 'Unauthorized',
  EXPIRED: 'Expired',
  QUOTA_EXCEEDED: 'Forbidden',
  TOO_MANY_REQUESTS: 'TooManyRequests',
  SLOW_CONSUMER: 'TooManyRequests',
  INTERNAL: 'InternalError',
}

const tokenAdvice =
  'Give the token as MYRIAD_TOKEN, by --token, or in a context: myriad config set-context NAME --token …'

/** What the user reads when a command has failed: one sentence, or one line for each fault of what was sent. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`
  if (error instanceof SeveralErrors) return error.errors.map(failureText).join('\n')
  if (!(error instanceof RequestError)) return `error: ${error.message}`
  const reason = reasons[error.code]
  if (reason === undefined) return `error: ${error.message}`
  const { causes, causesLeftOut, message } = error
  const count = causes.length + causesLeftOut
  const advice = error.code === 'UNAUTHENTICATED' ? `\n${tokenAdvice}` : ''
  if (count < 2) return `Error from server (${reason}): ${message}${advice}`
  const more = causesLeftOut > 0 ? [`and ${causesLeftOut} more`] : []
  return [`Error from server (${reason}): ${count} faults:`, ...causes.map(causeLine), ...more].join('\n')
}

function causeLine({ field, message }: { readonly field: string; readonly message: string }): string {
  return `* ${field}: ${message}`
}
