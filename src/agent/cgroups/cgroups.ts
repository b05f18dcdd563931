import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Container } from '../../model/kinds/pod/container.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { ifPresent } from '../if-present.ts'
import type { Timer, Timers } from '../timers.ts'
import { boundsOf, type CgroupBounds } from './cgroup-bounds.ts'
import { type CgroupFiles, systemFiles } from './cgroup-files.ts'
import { type CgroupHierarchy, limitGroup, openHierarchy } from './cgroup-hierarchy.ts'
import { type CgroupLimits, containerLimits, podLimits } from './cgroup-limits.ts'
import { type CgroupMount, parseCgroupMounts } from './cgroup-mounts.ts'
import { type RunGroup, runGroup } from './run-group.ts'

/** What the groups of an agent need. */
export interface CgroupsOptions {
  /** Name of the agent's own group, which no other agent of this machine has. */
  readonly name: string
  /** The group below which the agent's own is to be, as a path in each hierarchy; by default that is found out. */
  readonly root?: string | undefined
  /** Processes that a pod may have at most. */
  readonly podProcessesMax?: number | undefined
  readonly timers: Timers
  /** Default: those of this machine. */
  readonly mounts?: readonly CgroupMount[]
  readonly files?: CgroupFiles
}

/** One run of a container. */
export interface ContainerRunName {
  readonly uid: string
  readonly container: string
  readonly restartCount: number
}

const limiting = ['cpu', 'memory', 'pids'] as const

/** How long is waited at first, and at most, until groups that still have processes are looked at again. */
const retryMsMin = 20
const retryMsMax = 5_000

/**
 * The cgroups of an agent (cgroups(7)): below one group of its own, in each hierarchy that it may use, one for each pod,
 * and in that one for each run of a container, `NAME/podUID/CONTAINER-RESTARTS`. Version 2 is used for what it has
 * controllers for, version 1 for the rest.
 */
export class Cgroups {
  readonly #options: CgroupsOptions
  readonly #files: CgroupFiles
  readonly #mounts: readonly CgroupMount[]
  readonly #hierarchies: readonly CgroupHierarchy[]
  readonly #faults: readonly string[]
  /** Groups that could not be removed yet. */
  readonly #ending = new Map<string, RunGroup>()
  #timer: Timer | undefined
  #retryMs = retryMsMin

  constructor(options: CgroupsOptions) {
    const { files = systemFiles, mounts = machineMounts() } = options
    this.#options = options
    this.#files = files
    this.#mounts = mounts
    const opened = open({ ...options, files, mounts })
    this.#hierarchies = opened.hierarchies
    this.#faults = opened.faults
  }

  /** Which version holds containers to their limits, by controller: what is not there is not held. */
  get limits(): ReadonlyMap<string, 1 | 2> {
    const held = this.#hierarchies.flatMap(({ version, controllers }) =>
      controllers.filter((name) => name !== 'freezer').map((name) => [name, version] as const),
    )
    return new Map(limiting.flatMap((name) => held.filter(([controller]) => controller === name)))
  }

  /** Why not all limits are held, for a reader; undefined when they are. */
  get fault(): string | undefined {
    const missing = limiting.filter((name) => !this.limits.has(name))
    if (missing.length === 0) return undefined
    return this.#faults[0] ?? `no hierarchy of cgroups has a controller that works for ${missing.join(', ')}`
  }

  /** What is left of the machine to pods: what the groups leave them that they run below. */
  bounds(): CgroupBounds {
    const places = this.#mounts.map(({ version, folder, own }) => {
      const hierarchy = this.#hierarchies.find(({ mount }) => mount === folder)
      return { version, mount: folder, folder: hierarchy === undefined ? own : dirname(hierarchy.top) }
    })
    return boundsOf(places, this.#files)
  }

  /** Holds all pods together to what the node has for them. */
  limitAll(limits: CgroupLimits): void {
    for (const hierarchy of this.#hierarchies)
      limitGroup(hierarchy, { folder: hierarchy.top, files: this.#files }, limits)
  }

  /** Makes the groups for a run. Throws what the kernel says when it does not take them. */
  makeRun(pod: Pod, container: Container, restartCount: number): RunGroup {
    const { uid } = pod.metadata
    const name = { uid, container: container.name, restartCount }
    const files = this.#files
    const group = this.run(name)
    // A run that was given up may be started again under its name: what was left of it has been killed.
    this.#ending.delete(keyOf(name))
    try {
      for (const hierarchy of this.#hierarchies) {
        const folder = join(hierarchy.top, podGroup(uid))
        files.make(folder)
        limitGroup(hierarchy, { folder, files }, podLimits(pod.spec, this.#options.podProcessesMax))
        if (hierarchy.version === 2) {
          const enabled = hierarchy.controllers.map((controller) => `+${controller}`).join(' ')
          if (enabled !== '') files.write(join(folder, 'cgroup.subtree_control'), enabled)
        }
        const inner = join(folder, runName(name))
        files.make(inner)
        limitGroup(hierarchy, { folder: inner, files }, containerLimits(container))
      }
      return group
    } catch (error) {
      this.remove(name)
      throw error
    }
  }

  /** The groups of a run, made by whichever agent. */
  run(name: ContainerRunName): RunGroup {
    const folders = this.#hierarchies.map(({ top }) => join(top, podGroup(name.uid), runName(name)))
    return runGroup({ hierarchies: this.#hierarchies, folders, files: this.#files })
  }

  /** Removes the groups of a run, and those of its pod when they are empty; what is left in them is killed. */
  remove(name: ContainerRunName): void {
    if (this.#isRemoved(podGroup(name.uid), this.run(name))) return
    this.#ending.set(keyOf(name), this.run(name))
    this.#retryLater()
  }

  /** Kills and removes what earlier agents have left, but for these runs. */
  removeOthers(kept: readonly ContainerRunName[]): void {
    const names = new Set(kept.map(keyOf))
    for (const { top } of this.#hierarchies) {
      for (const pod of this.#files.groupsIn(top)) {
        for (const run of this.#files.groupsIn(join(top, pod))) {
          if (!names.has(`${pod}/${run}`)) this.#ending.set(`${pod}/${run}`, this.#found(pod, run))
        }
        this.#files.remove(join(top, pod))
      }
    }
    this.#retry()
  }

  /** Removes the agent's own groups unless something is left in them, waiting `waitMs` for what still ends. */
  async close(waitMs: number): Promise<void> {
    const { timers } = this.#options
    for (let waited = 0; this.#ending.size > 0 && waited < waitMs; waited += retryMsMin) {
      await timers.sleep(retryMsMin)
      this.#retry()
    }
    timers.cancel(this.#timer)
    for (const { top } of this.#hierarchies) this.#files.remove(top)
  }

  #found(pod: string, run: string): RunGroup {
    const folders = this.#hierarchies.map(({ top }) => join(top, pod, run))
    return runGroup({ hierarchies: this.#hierarchies, folders, files: this.#files })
  }

  #isRemoved(pod: string, group: RunGroup): boolean {
    if (!group.remove()) {
      group.kill()
      return false
    }
    for (const { top } of this.#hierarchies) this.#files.remove(join(top, pod))
    return true
  }

  #retry(): void {
    for (const [name, group] of this.#ending) {
      if (this.#isRemoved(name.slice(0, name.indexOf('/')), group)) this.#ending.delete(name)
    }
    if (this.#ending.size > 0) this.#retryLater()
    else this.#retryMs = retryMsMin
  }

  #retryLater(): void {
    const { timers } = this.#options
    timers.cancel(this.#timer)
    this.#timer = timers.after(this.#retryMs, () => this.#retry())
    this.#retryMs = Math.min(retryMsMax, 2 * this.#retryMs)
  }
}

/** Version 2 first; version 1 for what that does not give, and to hold processes still where nothing kills them at once. */
function open(options: CgroupsOptions & Required<Pick<CgroupsOptions, 'files' | 'mounts'>>) {
  const { mounts, name, root, files } = options
  const hierarchies: CgroupHierarchy[] = []
  const faults: string[] = []
  const wanted = new Set<string>(limiting)
  for (const mount of mounts.toSorted((a, b) => b.version - a.version)) {
    if (hierarchies.every(({ kills }) => !kills) && mount.version === 1) wanted.add('freezer')
    const controllers = mount.version === 2 ? [...limiting] : mount.controllers.filter((one) => wanted.has(one))
    if (controllers.length === 0) continue
    const attempt = openHierarchy({ mount, wanted: controllers, name, root, files })
    if ('fault' in attempt) {
      faults.push(attempt.fault)
      continue
    }
    hierarchies.push(attempt.hierarchy)
    for (const controller of attempt.hierarchy.controllers) wanted.delete(controller)
  }
  if (mounts.length === 0) faults.push('no cgroups are mounted')
  return { hierarchies, faults }
}

function machineMounts(): CgroupMount[] {
  const read = (name: string): string => ifPresent(() => readFileSync(`/proc/self/${name}`, 'utf8'), '')
  return parseCgroupMounts(read('mountinfo'), read('cgroup'))
}

function podGroup(uid: string): string {
  return `pod${uid}`
}

function runName({ container, restartCount }: ContainerRunName): string {
  return `${container}-${restartCount}`
}

function keyOf(name: ContainerRunName): string {
  return `${podGroup(name.uid)}/${runName(name)}`
}
