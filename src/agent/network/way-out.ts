import { type Log, messageOf } from '../log.ts'
import { enableForwarding, restoreForwarding } from './forwarding.ts'
import { findMasquerade, type MasqueradeOptions } from './masquerade.ts'

/** Whether and how pods reach what lies beyond their machine. */
export interface WayOut {
  /** Known before it is opened: whether there is one. */
  readonly isThere: boolean
  open(): Promise<void>
  /** Undoes all, while the bridge is still there. */
  close(): Promise<void>
}

/** The way out that the programs of the machine allow. Where it cannot be opened, that is told, and pods go without. */
export function findWayOut(options: MasqueradeOptions, log: Log): WayOut {
  const { bridge, path } = options
  const masquerade = findMasquerade(options)
  if (masquerade === undefined) {
    return { isThere: false, open: () => Promise.resolve(), close: () => Promise.resolve() }
  }
  return {
    isThere: true,
    open: async () => {
      try {
        await masquerade.add()
        await enableForwarding(bridge, path)
      } catch (error) {
        log.warn('pods reach their machine and each other, and nothing beyond', { error: messageOf(error) })
      }
    },
    close: async () => {
      await masquerade.remove()
      await restoreForwarding(bridge, path)
    },
  }
}
