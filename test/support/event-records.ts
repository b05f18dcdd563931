import type { EventRecord } from '../../src/model/event-record.ts'

/** An event about the pod `web`; its uid is `uid-NAME`. */
export function eventRecord(name: string, part: Partial<EventRecord> = {}): EventRecord {
  return {
    uid: `uid-${name}`,
    namespace: 'default',
    name,
    type: 'Normal',
    reason: 'Created',
    message: `made ${name}`,
    count: 1,
    firstTimestamp: 1_767_225_600_000,
    lastTimestamp: 1_767_225_600_000,
    component: 'tester',
    host: '',
    involvedApiVersion: 'v1',
    involvedKind: 'Pod',
    involvedNamespace: 'default',
    involvedName: 'web',
    involvedUid: 'uid-web',
    ...part,
  }
}
