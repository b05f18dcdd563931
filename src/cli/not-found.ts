import { RequestError } from '../client/index.ts'
import type { ObjectName } from './objects.ts'
import { resourceOf } from './resource-name.ts'

/** What is said of a name that the server does not know, in Kubernetes' words. */
export function notFound({ definition, name }: ObjectName): RequestError {
  return new RequestError('NOT_FOUND', `${resourceOf(definition)} "${name}" not found`)
}
