import type { CommandContext } from '../src/commands/command-context.ts'
import type { EventInbox } from '../src/commands/event-inbox.ts'
import type { Scoring } from '../src/scheduler/profile.ts'
import type { Assignments } from '../src/watch/assignments.ts'
import type { EventFeed } from '../src/watch/event-feed.ts'
import type { Hub } from '../src/watch/hub.ts'
import type { LogRelay } from '../src/watch/log-relay.ts'
import type { Sink } from '../src/watch/sink.ts'

/** What a caller may do: everything, only what a node agent needs, or nothing. */
export type Role = 'admin' | 'agent' | 'nobody'

/** What every resolver gets. */
export interface Context extends CommandContext {
  readonly hub: Hub
  readonly assignments: Assignments
  readonly logs: LogRelay
  readonly events: EventInbox
  readonly eventFeed: EventFeed
  readonly role: Role
  /** How the scheduler of this cluster prefers machines. */
  readonly scoring: Scoring
  /** Where the frames of a subscription go without a detour over an iterator, when the transport can take them. */
  readonly sink?: Sink | undefined
  /** What aborts when the client has gone. A function, because making it costs and few ask. */
  readonly signal?: (() => AbortSignal | undefined) | undefined
}
