import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pod } from '../../../model/kinds/pod.ts'
import { ifPresent } from '../../if-present.ts'
import { unmountBelow } from '../../volumes/empty-dir.ts'
import { RunFolder } from './run-folder.ts'

/** The latest run of a container of which there are files. */
export interface LatestRun {
  readonly uid: string
  readonly pod: string
  readonly namespace: string
  readonly container: string
  readonly restartCount: number
  readonly folder: RunFolder
  readonly logFile: string
}

/** What containers write is for the agent alone: their logs may hold secrets. Other users pass by on their way to their volumes. */
const forOwnerOnly = 0o700
const passableOnly = 0o711
const networkFolderName = '.network'
const folderName = /^([\w.-]+)_([\w.-]+)_([\w-]+)$/

/**
 * The files of the pods, one folder for each, named NAMESPACE_NAME_UID as the kubelet names its log folders:
 * `CONTAINER/` (where the container begins and its HOME), `logs/CONTAINER/RESTARTS.log`, `.runs/CONTAINER/RESTARTS/`
 * (see `RunFolder`; no container can have a name that begins with a dot), `.volumes/VOLUME/` and `.network/`.
 */
export class PodFolders {
  readonly #root: string

  constructor(dataFolder: string) {
    const root = podsFolderOf(dataFolder)
    mkdirSync(root, { recursive: true, mode: passableOnly })
    // Mounts are known by their real paths.
    this.#root = realpathSync(root)
  }

  /** The folder of all pods. */
  get root(): string {
    return this.#root
  }

  podFolder(pod: Pod): string {
    return this.#folder(pod)
  }

  /** Where the volumes of a pod are kept, each in a folder of its name. */
  volumesFolder(pod: Pod): string {
    return join(this.#folder(pod), '.volumes')
  }

  containerFolder(pod: Pod, container: string): string {
    const folder = join(this.#folder(pod), checked(container))
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** Where the network of a pod keeps its files. */
  networkFolder(pod: Pod): string {
    return join(this.#folder(pod), networkFolderName)
  }

  /** Where the network of each pod of which there are files keeps its own, by uid. */
  networkFolders(): Map<string, string> {
    return new Map(
      readdirSync(this.#root).flatMap((name) => {
        const uid = folderName.exec(name)?.[3]
        return uid === undefined ? [] : [[uid, join(this.#root, name, networkFolderName)] as const]
      }),
    )
  }

  /** The present file of the log of a run; it may not be there. */
  logFile(pod: Pod, container: string, restartCount: number): string {
    return join(this.#folder(pod), 'logs', checked(container), `${Math.trunc(restartCount)}.log`)
  }

  /** A folder for a new run. What is older than the run before it is removed: that one's log can still be asked for. */
  makeRun(pod: Pod, container: string, restartCount: number): Pick<LatestRun, 'folder' | 'logFile'> {
    const podFolder = this.#folder(pod)
    const runs = join(podFolder, '.runs', checked(container))
    const logs = join(podFolder, 'logs', checked(container))
    for (const folder of [join(podFolder, '.runs'), join(podFolder, 'logs')]) {
      mkdirSync(folder, { recursive: true, mode: forOwnerOnly })
    }
    mkdirSync(logs, { recursive: true })
    mkdirSync(runs, { recursive: true })
    for (const folder of [runs, logs]) {
      const old = readdirSync(folder).filter((name) => Number.parseInt(name, 10) < restartCount - 1)
      for (const name of old) rmSync(join(folder, name), { recursive: true, force: true })
    }
    const folder = new RunFolder(join(runs, String(restartCount)))
    folder.make()
    return { folder, logFile: join(logs, `${restartCount}.log`) }
  }

  /** The latest run of each container of each pod. */
  latestRuns(): LatestRun[] {
    return readdirSync(this.#root).flatMap((name) => {
      const [, namespace, pod, uid] = folderName.exec(name) ?? []
      if (namespace === undefined || pod === undefined || uid === undefined) return []
      const runs = join(this.#root, name, '.runs')
      return ifPresent(() => readdirSync(runs), []).flatMap((container): LatestRun[] => {
        const restartCount = Math.max(...ifPresent(() => readdirSync(join(runs, container)), []).map(Number))
        if (!Number.isInteger(restartCount)) return []
        const folder = new RunFolder(join(runs, container, String(restartCount)))
        const logFile = join(this.#root, name, 'logs', container, `${restartCount}.log`)
        return [{ uid, namespace, pod, container, restartCount, folder, logFile }]
      })
    })
  }

  /** Gives up what is held in memory for a pod. */
  async unmountVolumes(uid: string): Promise<void> {
    const names = readdirSync(this.#root).filter((name) => folderName.exec(name)?.[3] === uid)
    await Promise.all(names.map((name) => unmountBelow(join(this.#root, name, '.volumes'))))
  }

  /** Removes the folders of the pods whose uid is chosen. */
  async remove(isChosen: (uid: string) => boolean): Promise<void> {
    const chosen = readdirSync(this.#root).filter((name) => {
      const uid = folderName.exec(name)?.[3]
      return uid !== undefined && isChosen(uid)
    })
    await Promise.all(
      chosen.map(async (name) => {
        await unmountBelow(join(this.#root, name))
        await rm(join(this.#root, name), { recursive: true, force: true, maxRetries: 3 })
      }),
    )
  }

  #folder(pod: Pod): string {
    const { namespace = 'default', name, uid } = pod.metadata
    return join(this.#root, [namespace, name, uid].map(checked).join('_'))
  }
}

/** Where the folders of the pods are. */
export function podsFolderOf(dataFolder: string): string {
  return join(dataFolder, 'pods')
}

/** Names come from the control plane; one that could lead out of the folder is refused. */
function checked(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name)) throw new Error(`"${name}" cannot be the name of a folder`)
  return name
}
