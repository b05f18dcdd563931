import { Refusal } from '../src/model/errors.ts'
import type { Context, Role } from './context.ts'

/** Throws FORBIDDEN unless the caller has one of the roles. An admin may do what an agent may. */
export function assertRole({ role, actor }: Context, wanted: Role): void {
  if (role === 'admin' || role === wanted) return
  throw new Refusal('FORBIDDEN', `"${actor}" may not do this: it takes the role "${wanted}"`)
}
