import type { Filter } from '../src/watch/event.ts'
import type { Start } from '../src/watch/hub.ts'

/** What a watch subscription asks of the hub, read from its arguments. */
export interface WatchPlan {
  readonly filter: Filter
  readonly start: Start
  /** The field of the event below which the selection is the mask. */
  readonly objectField: string
  readonly masked: boolean
}

/** The extension of a subscription field that the hub answers. Throws INVALID for arguments that make no sense. */
export type WatchExtension = (args: Readonly<Record<string, unknown>>) => WatchPlan
