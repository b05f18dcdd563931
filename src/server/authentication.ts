import { createHash, timingSafeEqual } from 'node:crypto'

/** Who calls, and what they may do: see `Role` of the schema. */
export interface Principal {
  readonly actor: string
  readonly role: 'admin' | 'agent' | 'nobody'
}

/** The secrets that callers show. Without an admin token everybody is admitted, which only loopback allows. */
export interface Tokens {
  readonly admin?: string | undefined
  readonly agent?: string | undefined
}

const anonymous: Principal = { actor: 'system:anonymous', role: 'admin' }

/**
 * The principal behind an `Authorization: Bearer TOKEN`, or undefined when the token is none of ours.
 * All tokens are compared, each by its digest in constant time, so that the time taken tells nothing.
 */
export function authenticate(tokens: Tokens, authorization: string | undefined): Principal | undefined {
  if (tokens.admin === undefined) return anonymous
  const shown = digest(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
  const isAdmin = timingSafeEqual(shown, digest(tokens.admin))
  const isAgent = timingSafeEqual(shown, digest(tokens.agent ?? tokens.admin)) && tokens.agent !== undefined
  if (isAdmin) return { actor: 'admin', role: 'admin' }
  return isAgent ? { actor: 'system:nodes', role: 'agent' } : undefined
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
