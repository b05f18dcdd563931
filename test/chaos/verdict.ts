import {
  type AcknowledgedWrite,
  type KilledContainer,
  type LogEntry,
  markAnnotation,
  type SeenEvent,
} from './ledger.ts'

/** What a subscriber was told, beside what it had to be told. */
export interface Hearing {
  readonly name: string
  readonly seen: readonly SeenEvent[]
  readonly concerns: (entry: LogEntry) => boolean
}

/** All that a run has left. */
export interface Evidence {
  readonly log: readonly LogEntry[]
  readonly acknowledged: readonly AcknowledgedWrite[]
  readonly hearings: readonly Hearing[]
  readonly killed: readonly KilledContainer[]
  /** Milliseconds by which what a controller sees may be old: the longest that anything was stopped, and some more. */
  readonly staleMsMax: number
}

/** What is wrong, one sentence for each case. */
export interface Verdict {
  readonly lostWrites: readonly string[]
  readonly lostEvents: readonly string[]
  readonly doubledEvents: readonly string[]
  readonly unneededRestarts: readonly string[]
}

/** Holds what was acknowledged, heard and run against the log. */
export function judge(evidence: Evidence): Verdict {
  const hearings = evidence.hearings.map((hearing) => compare(hearing, evidence.log))
  return {
    lostWrites: lostWrites(evidence),
    lostEvents: hearings.flatMap(({ lost }) => lost),
    doubledEvents: hearings.flatMap(({ doubled }) => doubled),
    unneededRestarts: [...unneededRestarts(evidence), ...unneededReplacements(evidence)],
  }
}

function lostWrites({ log, acknowledged }: Evidence): string[] {
  const entries = new Map(log.map((entry) => [entry.revision, entry]))
  return acknowledged.flatMap((write) => {
    const entry = entries.get(write.revision)
    const told = `${write.kind} ${write.name}: ${JSON.stringify(write.content)} was acknowledged as ${write.revision}`
    if (entry === undefined) return [`${told}, and the log has no such revision`]
    const isOfObject = entry.kind === write.kind && entry.object.metadata.name === write.name
    return isOfObject && holds(entry, write) ? [] : [`${told}, and there the log has ${JSON.stringify(entry.object)}`]
  })
}

function holds({ type, object }: LogEntry, { content }: AcknowledgedWrite): boolean {
  if (content.type === 'mark') return object.metadata.annotations?.[markAnnotation] === content.mark
  if (content.type === 'replicas') return object.spec?.replicas === content.replicas
  return type === 'DELETED' || object.metadata.deletionTimestamp !== undefined
}

/** Every entry that concerns it has to come once; one that comes after a later one counts as doubled. */
function compare({ name, seen, concerns }: Hearing, log: readonly LogEntry[]): { lost: string[]; doubled: string[] } {
  const expected = new Map(log.filter(concerns).map((entry) => [entry.revision, entry]))
  const doubled: string[] = []
  const heard = new Set<number>()
  let last = 0
  for (const event of seen) {
    const { revision, type, kind, uid } = event
    const entry = expected.get(revision)
    const told = `"${name}" heard ${type} ${kind} ${uid} at ${revision}`
    if (entry === undefined || entry.type !== type || entry.uid !== uid)
      doubled.push(`${told}, which is not in the log`)
    else if (revision <= last) doubled.push(`${told} after ${last}`)
    last = Math.max(last, revision)
    heard.add(revision)
  }
  const lost = [...expected.values()]
    .filter(({ revision }) => !heard.has(revision))
    .map(
      ({ revision, type, kind, object }) =>
        `"${name}" did not hear ${type} ${kind} ${object.metadata.name} at ${revision}`,
    )
  return { lost, doubled }
}

/** Each restart of a pod's container needs a kill of one of that pod's processes. */
function unneededRestarts({ log, killed }: Evidence): string[] {
  const restarts = new Map<string, { count: number; name: string }>()
  for (const { kind, uid, object } of log) {
    if (kind !== 'Pod') continue
    const count = (object.status?.containerStatuses ?? []).reduce((sum, one) => sum + one.restartCount, 0)
    restarts.set(uid, { count: Math.max(count, restarts.get(uid)?.count ?? 0), name: object.metadata.name })
  }
  return [...restarts].flatMap(([uid, { count, name }]) => {
    const explained = killed.filter((one) => one.uid === uid).length
    const sentence = `pod ${name} (${uid}) was restarted ${count} times, and ${explained} of its processes were killed`
    return Array.from({ length: Math.max(0, count - explained) }, () => sentence)
  })
}

interface OwnedSet {
  /** How many pods its versions wanted, oldest first. */
  readonly wanted: { readonly at: number; readonly replicas: number }[]
  readonly live: Set<string>
  isGone: boolean
}

/** A pod that a controller makes, or that anybody but a user ends, needs a wish for more, or for fewer, as it may have been seen. */
function unneededReplacements({ log, staleMsMax }: Evidence): string[] {
  const sets = new Map<string, OwnedSet>()
  const ended = new Set<string>()
  return log.flatMap((entry) => {
    if (entry.kind === 'ReplicationController') noteSet(sets, entry)
    if (entry.kind !== 'Pod' || ended.has(entry.uid)) return []
    if (isEnding(entry)) ended.add(entry.uid)
    const owner = entry.object.metadata.ownerReferences?.find(({ controller }) => controller === true)
    const { name } = entry.object.metadata
    const set = sets.get(owner?.uid ?? '')
    if (set === undefined) {
      return isEnding(entry) && !isUser(entry) ? [`${entry.actor} ended pod ${name} at ${entry.revision}`] : []
    }
    const wanted = wantedSince(set, entry.at - staleMsMax)
    const why = `its owner had ${set.live.size} pods and wanted ${[...wanted].join(' or ')}`
    if (entry.type === 'ADDED') {
      const isExcess = !set.isGone && set.live.size >= Math.max(...wanted)
      set.live.add(entry.uid)
      return isExcess ? [`pod ${name} was made at ${entry.revision}, though ${why}`] : []
    }
    if (!isEnding(entry)) return []
    const wasWanted = !set.isGone && set.live.size <= Math.min(...wanted)
    set.live.delete(entry.uid)
    return wasWanted && !isUser(entry) ? [`${entry.actor} ended pod ${name} at ${entry.revision}, though ${why}`] : []
  })
}

function noteSet(sets: Map<string, OwnedSet>, { uid, type, at, object }: LogEntry): void {
  const set = sets.get(uid) ?? { wanted: [], live: new Set(), isGone: false }
  set.wanted.push({ at, replicas: object.spec?.replicas ?? 1 })
  set.isGone = type === 'DELETED' || object.metadata.deletionTimestamp !== undefined
  sets.set(uid, set)
}

/** What was wanted at a time or since. */
function wantedSince({ wanted }: OwnedSet, since: number): Set<number> {
  const first = wanted.findLastIndex(({ at }) => at <= since)
  return new Set(wanted.slice(Math.max(0, first)).map(({ replicas }) => replicas))
}

function isEnding({ type, object }: LogEntry): boolean {
  return type === 'DELETED' || object.metadata.deletionTimestamp !== undefined || isOver(object.status?.phase)
}

function isOver(phase: string | undefined): boolean {
  return phase === 'Failed' || phase === 'Succeeded'
}

function isUser({ actor }: LogEntry): boolean {
  return actor === 'system:anonymous' || !actor.startsWith('system:')
}
