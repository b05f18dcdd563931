import { type Log, messageOf } from '../log.ts'
import { enableForwarding, restoreForwarding, whyNoForwarding } from './forwarding.ts'
import { findMasquerade, type MasqueradeOptions } from './masquerade.ts'

/** Whether and how pods reach what lies beyond their machine. */
export interface WayOut {
  /** Why there is none. */
  readonly reason?: string | undefined
  open(): Promise<void>
  /** Undoes all, while the bridge is still there. */
  close(): Promise<void>
}

/** What a way out works with. */
export interface WayOutOptions extends MasqueradeOptions {
  /** A name for the attempt to make rules, which no bridge has. */
  readonly attempt: string
  readonly log: Log
}

/** The way out that the machine allows: it is tried with rules for a bridge that is not there. */
export async function findWayOut({ attempt, log, ...options }: WayOutOptions): Promise<WayOut> {
  const { bridge, path } = options
  const masquerade = findMasquerade(options)
  const trial = findMasquerade({ ...options, bridge: attempt })
  if (masquerade === undefined || trial === undefined) {
    const reason = 'there is neither iptables nor nft'
    return { reason, open: () => Promise.resolve(), close: () => Promise.resolve() }
  }
  const reason = whyNoForwarding() ?? (await faultOf(() => trial.add()))
  await trial.remove()
  return {
    reason,
    open: async () => {
      if (reason !== undefined) return
      const fault = await faultOf(async () => {
        await masquerade.add()
        await enableForwarding(bridge, path)
      })
      if (fault !== undefined) log.warn('pods reach nothing beyond their machine', { error: fault })
    },
    close: async () => {
      await masquerade.remove()
      await restoreForwarding(bridge, path)
    },
  }
}

async function faultOf(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
