import type { Pod } from '../../model/kinds/pod.ts'
import { type Log, messageOf } from '../log.ts'
import type { Allocatable } from '../resource-field.ts'
import { type OpenVolume, openVolumes, overfullVolume, type PodVolumesOptions, refreshVolumes } from './pod-volumes.ts'

/** What the volumes of pods are made with. */
export interface VolumeTableOptions {
  readonly hostIP: string
  readonly allocatable: Allocatable
  /** Where the volumes of a pod are kept. */
  readonly folderOf: (pod: Pod) => string
  readonly log: Log
}

/** The volumes of the pods that are open. */
export class VolumeTable {
  readonly #options: VolumeTableOptions
  readonly #open = new Map<string, { readonly podIP: string; readonly volumes: ReadonlyMap<string, OpenVolume> }>()

  constructor(options: VolumeTableOptions) {
    this.#options = options
  }

  /** Makes or finds the volumes of a pod; rejects as `openVolumes` does. */
  async open(pod: Pod, podIP: string): Promise<void> {
    this.#open.set(pod.metadata.uid, { podIP, volumes: await openVolumes(this.#optionsOf(pod, podIP)) })
  }

  /** The volumes of a pod by name; none when it is not open. */
  of(pod: Pod): ReadonlyMap<string, OpenVolume> {
    return this.#open.get(pod.metadata.uid)?.volumes ?? new Map<string, OpenVolume>()
  }

  /** Writes anew what volumes tell of a pod. */
  refresh(pod: Pod): void {
    const open = this.#open.get(pod.metadata.uid)
    if (open === undefined) return
    try {
      refreshVolumes(this.#optionsOf(pod, open.podIP))
    } catch (error) {
      const { name, namespace } = pod.metadata
      const fields = { namespace, pod: name, error: messageOf(error) }
      this.#options.log.warn('a volume could not be brought up to date', fields)
    }
  }

  /** Why a pod must go for what its volumes hold; undefined when they hold no more than they may. */
  overuse(pod: Pod): string | undefined {
    return this.#open.has(pod.metadata.uid) ? overfullVolume(pod, this.#options.folderOf(pod)) : undefined
  }

  forget(uid: string): void {
    this.#open.delete(uid)
  }

  #optionsOf(pod: Pod, podIP: string): PodVolumesOptions {
    const { hostIP, allocatable, folderOf } = this.#options
    return { pod, podIP, hostIP, allocatable, folder: folderOf(pod) }
  }
}
