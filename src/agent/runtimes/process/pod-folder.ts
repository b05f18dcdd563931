import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pod } from '../../../model/kinds/pod.ts'

/** What is written down of one process, so that a later run of the agent can tell whether it is still the same. */
export interface ProcessState {
  readonly container: string
  readonly pid: number
  /** When the process began, in the kernel's clock ticks since boot; null where the system does not tell. */
  readonly startTicks: string | null
  readonly restartCount: number
}

/** `state.json` of a pod's folder. */
export interface PodState {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly bootId: string
  readonly processes: readonly ProcessState[]
}

const folderName = /^[\w.-]+_([\w-]+)$/

/**
 * The files of the pods, one folder for each, named NAMESPACE_NAME_UID as the kubelet names its log folders:
 * `state.json`, `CONTAINER/` (where the container begins and its HOME) and `logs/CONTAINER/RESTARTS.log`.
 */
export class PodFolders {
  readonly #root: string

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'pods')
    mkdirSync(this.#root, { recursive: true })
  }

  containerFolder(pod: Pod, container: string): string {
    const folder = join(this.#folder(pod), checked(container))
    mkdirSync(folder, { recursive: true })
    return folder
  }

  logFile(pod: Pod, container: string, restartCount: number): string {
    const folder = join(this.#folder(pod), 'logs', checked(container))
    mkdirSync(folder, { recursive: true })
    return join(folder, `${restartCount}.log`)
  }

  /** Replaces the pod's state in one step, so that a crash leaves the old one or the new one. */
  writeState(pod: Pod, state: PodState): void {
    const file = join(this.#folder(pod), 'state.json')
    mkdirSync(this.#folder(pod), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  }

  /** The states of all pods that have one. `onUnreadable` is told of files that a crash of the machine has spoilt. */
  readStates(onUnreadable: (file: string, error: unknown) => void): PodState[] {
    return readdirSync(this.#root).flatMap((name) => {
      const file = join(this.#root, name, 'state.json')
      try {
        return [JSON.parse(readFileSync(file, 'utf8')) as PodState]
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onUnreadable(file, error)
        return []
      }
    })
  }

  /** Removes the folders of the pods whose uid is chosen. */
  async remove(isChosen: (uid: string) => boolean): Promise<void> {
    const chosen = readdirSync(this.#root).filter((name) => {
      const uid = folderName.exec(name)?.[1]
      return uid !== undefined && isChosen(uid)
    })
    await Promise.all(chosen.map((name) => rm(join(this.#root, name), { recursive: true, force: true, maxRetries: 3 })))
  }

  #folder(pod: Pod): string {
    const { namespace = 'default', name, uid } = pod.metadata
    return join(this.#root, [namespace, name, uid].map(checked).join('_'))
  }
}

/** Names come from the control plane; one that could lead out of the folder is refused. */
function checked(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name)) throw new Error(`"${name}" cannot be the name of a folder`)
  return name
}
