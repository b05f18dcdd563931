import type { DefaultTolerationSeconds } from '../model/kinds/pod-admission.ts'
import type { Store } from '../store/store.ts'

/** What every command gets: the store, who acts, and the sources of all that is not decided. */
export interface CommandContext {
  readonly store: Store
  /** Who acts, for the log: a user name or `system:…`. */
  readonly actor: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly newUid: () => string
  /** A number from 0 up to 1, for generated names. */
  readonly random: () => number
  /** For pods that say nothing of machines that are lost. */
  readonly tolerationSeconds?: DefaultTolerationSeconds | undefined
}
