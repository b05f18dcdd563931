import type { Cause } from '../errors.ts'
import { invalidFault } from '../fault.ts'
import type { Event } from './event.ts'

/** Where events about objects without a namespace are kept. */
const homeOfClusterEvents = new Set(['default', 'kube-system'])

/** The faults of an event, its metadata apart: it lives where its object lives (Kubernetes `legacyValidateEvent`). */
export function validateEvent({ metadata, involvedObject }: Event): Cause[] {
  const { namespace = '' } = metadata
  const field = 'involvedObject.namespace'
  if (involvedObject.namespace) {
    return involvedObject.namespace === namespace
      ? []
      : [invalidFault(field, involvedObject.namespace, 'does not match event.namespace')]
  }
  return homeOfClusterEvents.has(namespace) ? [] : [invalidFault(field, '', 'does not match event.namespace')]
}
