import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname as machineName } from 'node:os'
import { join } from 'node:path'
import type { Pod } from '../../model/kinds/pod.ts'
import { ifPresent } from '../if-present.ts'
import { AddressPool } from './address-pool.ts'
import { type PodFile, writePodFiles } from './pod-files.ts'
import type { PodLinks } from './pod-links.ts'

/** A pod that has its place in the network. */
export interface PodAttachment {
  readonly podIP: string
  readonly hostname: string
  /** The command that enters the pod's network and then executes what follows; empty where that is the machine's. */
  readonly enter: readonly string[]
  /** What the pod's containers should see in place of the machine's files. */
  readonly files: readonly PodFile[]
}

/** What a pod's place depends on beside its manifest. */
export interface AttachOptions {
  readonly hostname: string
  /** Where the pod's network keeps its files; made when it is not there, removed with the pod. */
  readonly folder: string
  /** A process of the pod that an earlier run of the agent has started. */
  readonly pid?: number | undefined
}

/** What the network of an agent's pods works with. */
export interface PodNetworkOptions {
  readonly links: PodLinks
  /** The address of pods that share the machine's network. */
  readonly hostIP: string
  /** Something that other agents on the machine do not have. */
  readonly seed: string
}

/**
 * Gives each pod an address that it keeps as long as it lives, also when the agent starts anew: it is written in the
 * pod's folder before anything is made of it.
 */
export class PodNetwork {
  readonly #options: PodNetworkOptions
  readonly #pool: AddressPool
  /** The folders of the pods that have an address. */
  readonly #folders = new Map<string, string>()

  constructor(options: PodNetworkOptions) {
    const { links, seed } = options
    this.#options = options
    this.#pool = new AddressPool({ range: links.range, isUsable: (address) => links.isUsable(address), seed })
  }

  /** Finds what earlier runs have left of the pods whose folders are given, and removes what they have left of others. */
  async open(folders: ReadonlyMap<string, string>): Promise<void> {
    for (const [uid, folder] of folders) {
      const address = readAddress(folder)
      if (address === undefined) continue
      this.#folders.set(uid, folder)
      this.#pool.claim(uid, address)
    }
    await this.#options.links.open(new Set(folders.keys()))
  }

  /** Gives a pod its place, or completes and confirms the one that it has. */
  async attach(pod: Pod, { hostname, folder, pid }: AttachOptions): Promise<PodAttachment> {
    const { links, hostIP } = this.#options
    const { uid } = pod.metadata
    mkdirSync(folder, { recursive: true })
    if (pod.spec.hostNetwork === true) {
      const own = { podIP: hostIP, hostname: machineName() }
      return { ...own, enter: [], files: writePodFiles(pod, { ...own, sharesLoopback: true, folder }) }
    }
    const podIP = links.shared ?? this.#pool.claim(uid, pod.status?.podIP)
    this.#folders.set(uid, folder)
    writeFileSync(join(folder, addressFile), podIP)
    const files = writePodFiles(pod, { podIP, hostname, sharesLoopback: links.mode === 'loopback', folder })
    const enter = await links.connect({ uid, address: podIP, folder, pid })
    return { podIP, hostname, enter, files }
  }

  /** Takes from pods what they have, so that others may have it. No fault when they have nothing. */
  async detach(uids: readonly string[]): Promise<void> {
    await this.#options.links.disconnect(uids)
    for (const uid of uids) {
      const folder = this.#folders.get(uid)
      if (folder !== undefined) rmSync(join(folder, addressFile), { force: true })
      this.#folders.delete(uid)
      this.#pool.release(uid)
    }
  }

  /** Ends; with `keepPods` all that pods have stays. */
  async close({ keepPods }: { readonly keepPods: boolean }): Promise<void> {
    await this.#options.links.close(keepPods)
  }
}

const addressFile = 'address'

function readAddress(folder: string): string | undefined {
  return ifPresent(() => readFileSync(join(folder, addressFile), 'utf8'), undefined)
}
