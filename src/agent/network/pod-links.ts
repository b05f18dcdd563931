import type { Ipv4Range } from '../../model/ipv4.ts'

/** How pods are connected. `host` is no mode of a machine: single pods ask for it by `hostNetwork`. */
export type PodNetworkMode = 'namespace' | 'loopback'

/** A pod that has an address and shall be reached by it. */
export interface PodLink {
  readonly uid: string
  readonly address: string
  /** Where files for the pod's network may be kept. */
  readonly folder: string
  /** A process of the pod that runs already. */
  readonly pid?: number | undefined
}

/** What makes pods reachable by the addresses that they were given. */
export interface PodLinks {
  readonly mode: PodNetworkMode
  /** Out of which addresses are given. */
  readonly range: Ipv4Range
  isUsable(address: number): boolean
  /** Set where pods cannot have addresses of their own: the one that all have. */
  readonly shared?: string
  /** Makes ready, and removes what an earlier run has left that is not of one of these pods. */
  open(uids: ReadonlySet<string>): Promise<void>
  /** Connects a pod, also one that is connected already or only in parts. The command that enters its network. */
  connect(link: PodLink): Promise<readonly string[]>
  /** Removes all that pods have; nothing that is left of them is in the way of new ones. */
  disconnect(uids: readonly string[]): Promise<void>
  /** Removes all, unless pods are kept. */
  close(keepPods: boolean): Promise<void>
}
