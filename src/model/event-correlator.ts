import type { EventRecord } from './event-record.ts'
import { LruMap } from './lru-map.ts'
import type { Resource } from './resource.ts'

/** Something that happened to an object, as whoever saw it tells it. */
export interface Happening {
  readonly regarding: Resource
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** Who tells it: `scheduler`, the name of a controller. */
  readonly component: string
  /** The machine it was seen on, when that matters. */
  readonly host?: string
}

/** Limits of a correlator; the defaults are those of client-go's `tools/record/events_cache.go`. */
export interface CorrelatorLimits {
  /** Objects and kinds of happening that are remembered at the same time. */
  readonly rememberedMax: number
  /** Happenings that differ only by message, from which on they are told as one. */
  readonly similarMax: number
  /** Seconds without a similar happening, after which counting them starts anew. */
  readonly similarSeconds: number
  /** Events about one object from one component at once. */
  readonly burst: number
  /** Seconds after which that component may tell one more event about the object. */
  readonly refillSeconds: number
}

const correlatorLimits: CorrelatorLimits = {
  rememberedMax: 4_096,
  similarMax: 10,
  similarSeconds: 600,
  burst: 25,
  refillSeconds: 300,
}

/** Where identities of new events come from. */
export interface EventIdentity {
  readonly newUid: () => string
  /** From 0 to 1. */
  readonly random: () => number
}

interface Similar {
  readonly messages: Set<string>
  lastMs: number
}

interface Bucket {
  tokens: number
  filledMs: number
}

/**
 * Turns happenings into events as Kubernetes' recorder does: equal ones become one event with a count, many similar
 * ones become one event that says so, and what one component tells about one object is limited. Equal input gives
 * equal output; time is passed in, in milliseconds.
 */
export class EventCorrelator {
  private readonly limits: CorrelatorLimits
  private readonly identity: EventIdentity
  private readonly similar: LruMap<Similar>
  private readonly told: LruMap<EventRecord>
  private readonly buckets: LruMap<Bucket>
  private sequence: number

  constructor(identity: EventIdentity, limits: CorrelatorLimits = correlatorLimits) {
    this.limits = limits
    this.identity = identity
    this.similar = new LruMap(limits.rememberedMax)
    this.told = new LruMap(limits.rememberedMax)
    this.buckets = new LruMap(limits.rememberedMax)
    // Two processes may tell of one object in the same millisecond; they begin at different places.
    this.sequence = Math.floor(identity.random() * 1_000_000)
  }

  /** The event to write, new or counted on; undefined when the object's allowance is used up. */
  correlate(happening: Happening, now: number): EventRecord | undefined {
    const source = sourceKey(happening)
    const group = `${source}\n${happening.type}\n${happening.reason}`
    const combined = this.isOneOfMany(group, happening.message, now)
    const key = combined ? group : `${group}\n${happening.message}`
    const message = combined ? `(combined from similar events): ${happening.message}` : happening.message
    const record = this.count(key, { ...happening, message }, now)
    return this.takeToken(source, now) ? record : undefined
  }

  private isOneOfMany(group: string, message: string, now: number): boolean {
    let similar = this.similar.get(group)
    if (similar === undefined || now - similar.lastMs > this.limits.similarSeconds * 1_000) {
      similar = { messages: new Set(), lastMs: now }
      this.similar.set(group, similar)
    }
    similar.messages.add(message)
    similar.lastMs = now
    if (similar.messages.size < this.limits.similarMax) return false
    const oldest = similar.messages.values().next()
    if (oldest.done !== true) similar.messages.delete(oldest.value)
    return true
  }

  private count(key: string, happening: Happening, now: number): EventRecord {
    const known = this.told.get(key)
    const record =
      known === undefined
        ? this.newRecord(happening, now)
        : { ...known, count: known.count + 1, message: happening.message, lastTimestamp: now }
    this.told.set(key, record)
    return record
  }

  private newRecord({ regarding, type, reason, message, component, host }: Happening, now: number): EventRecord {
    const { metadata } = regarding
    this.sequence = (this.sequence + 1) % 1_000_000
    const nanoseconds = BigInt(Math.trunc(now)) * 1_000_000n + BigInt(this.sequence)
    return {
      uid: this.identity.newUid(),
      namespace: metadata.namespace ?? 'default',
      name: `${metadata.name}.${nanoseconds.toString(16)}`,
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      component,
      host: host ?? '',
      involvedApiVersion: regarding.apiVersion,
      involvedKind: regarding.kind,
      involvedNamespace: metadata.namespace ?? '',
      involvedName: metadata.name,
      involvedUid: metadata.uid,
    }
  }

  private takeToken(source: string, now: number): boolean {
    const { burst, refillSeconds } = this.limits
    const bucket = this.buckets.get(source) ?? { tokens: burst, filledMs: now }
    const refilled = Math.max(0, now - bucket.filledMs) / (refillSeconds * 1_000)
    bucket.tokens = Math.min(burst, bucket.tokens + refilled)
    bucket.filledMs = now
    this.buckets.set(source, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}

/** Who tells it and about what: the uid alone would do, but for objects that were made without one. */
function sourceKey({ regarding, component, host }: Happening): string {
  const { kind, apiVersion, metadata } = regarding
  return `${component}\n${host ?? ''}\n${kind}\n${metadata.namespace ?? ''}\n${metadata.name}\n${metadata.uid}\n${apiVersion}`
}
