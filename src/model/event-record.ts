/** One Kubernetes Event as it is kept: `count` equal happenings between two times (ms since the epoch). */
export interface EventRecord {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly firstTimestamp: number
  readonly lastTimestamp: number
  readonly component: string
  readonly host: string
  readonly involvedApiVersion: string
  readonly involvedKind: string
  readonly involvedNamespace: string
  readonly involvedName: string
  readonly involvedUid: string
}
