import { type Log, messageOf } from '../log.ts'
import { isLoopbackPodAddress, loopbackRange } from './address-pool.ts'
import type { NamespaceLinks } from './namespace-links.ts'
import type { PodLinks } from './pod-links.ts'

/** What loopback links work with. */
export interface LoopbackLinksOptions {
  readonly platform: NodeJS.Platform
  /** The network of an earlier run of the agent in which pods had namespaces; they keep them as long as they live. */
  readonly earlier?: NamespaceLinks | undefined
  readonly log: Log
}

/**
 * Pods share the machine's network, each with a loopback address of its own to listen on. Where not all of 127.0.0.0/8 is
 * local, which is so on Linux alone, they share 127.0.0.1.
 */
export function loopbackLinks({ platform, earlier, log }: LoopbackLinksOptions): PodLinks {
  /** What cannot be removed is in nobody's way. */
  const remove = async (removal: (links: NamespaceLinks) => Promise<void>): Promise<void> => {
    if (earlier === undefined) return
    try {
      await removal(earlier)
      if (!earlier.hasPods()) await earlier.close(false)
    } catch (error) {
      log.warn("an earlier run's network of pods cannot be removed", { error: messageOf(error) })
    }
  }
  return {
    mode: 'loopback',
    range: loopbackRange,
    isUsable: isLoopbackPodAddress,
    open: (uids) => remove((links) => links.sweep(uids)),
    connect: () => Promise.resolve([]),
    disconnect: (uids) => remove((links) => links.disconnect(uids)),
    close: (keepPods) => remove((links) => links.close(keepPods)),
    ...(platform === 'linux' ? {} : { shared: '127.0.0.1' }),
  }
}
