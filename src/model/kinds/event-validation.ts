import type { Cause } from '../errors.ts'
import { invalidFault, requiredTextFaults, ruleFaults } from '../fault.ts'
import { qualifiedNameFaults } from '../names.ts'
import type { Event } from './event.ts'

const wordLengthMax = 128
const messageLengthMax = 1024

/**
 * The faults of an event, its metadata apart: it lives where its object lives, and one that is told the newer way, with
 * `eventTime`, says what was done and who tells it (Kubernetes `legacyValidateEvent`).
 */
export function validateEvent(event: Event): Cause[] {
  return [...validateHome(event), ...(event.eventTime === undefined ? [] : validateNewer(event))]
}

/** Events about objects without a namespace are in `default`; newer ones may be in `kube-system`. */
function validateHome({ metadata: { namespace = '' }, involvedObject, eventTime }: Event): Cause[] {
  const of = involvedObject.namespace ?? ''
  const isHome = namespace === 'default' || (namespace === 'kube-system' && eventTime !== undefined)
  if (of === '' ? isHome : of === namespace) return []
  return [invalidFault('involvedObject.namespace', of, 'does not match event.namespace')]
}

function validateNewer({ reportingComponent, reportingInstance, action, reason, message = '' }: Event): Cause[] {
  return [
    ...requiredTextFaults('reportingComponent', reportingComponent),
    ...ruleFaults('reportingComponent', reportingComponent ?? '', qualifiedNameFaults),
    ...requiredTextFaults('reportingInstance', reportingInstance, wordLengthFaults),
    ...requiredTextFaults('action', action, wordLengthFaults),
    ...requiredTextFaults('reason', reason, wordLengthFaults),
    ...(message.length > messageLengthMax
      ? [invalidFault('message', '', `can have at most ${messageLengthMax} characters`)]
      : []),
  ]
}

function wordLengthFaults(word: string): readonly string[] {
  return word.length > wordLengthMax ? [`can have at most ${wordLengthMax} characters`] : []
}
