import { totalmem } from 'node:os'
import { assert } from '../../../model/errors.ts'
import type { Cgroups } from '../../cgroups/cgroups.ts'
import type { RunGroup } from '../../cgroups/run-group.ts'
import { messageOf } from '../../log.ts'
import type { PodAttachment } from '../../network/pod-network.ts'
import type { ContainerStart } from '../containers/container-engine.ts'
import { type ContainerView, type ContainerViewOptions, containerView, terminationVariable } from './container-view.ts'
import { fullDiskClause } from './free-space.ts'
import { oomScoreAdjust, oomScoreLines } from './oom-score.ts'
import type { LatestRun, PodFolders } from './pod-folder.ts'
import { type ProcessStart, startProcess } from './process-start.ts'
import { startError } from './program.ts'
import { killStraysLines } from './stray-processes.ts'

/** What a container is launched with, beside its manifest. */
export interface LaunchOptions extends Pick<ContainerViewOptions, 'hostIP' | 'allocatable' | 'sandbox' | 'volumes'> {
  readonly folders: PodFolders
  readonly bootId: string
  readonly attachment: PodAttachment
  readonly cgroups: Cgroups | undefined
}

/** A run that has begun. */
export interface LaunchedRun extends ProcessStart {
  readonly latest: LatestRun
}

/**
 * Makes a run of a container: its folder, its cgroups, what it sees, and its process. Rejects with a `StartFailure`; nothing of
 * a run that has not begun is left.
 */
export async function launchContainer(start: ContainerStart, options: LaunchOptions): Promise<LaunchedRun> {
  const { pod, container, restartCount, backOff } = start
  const { folders, attachment, cgroups, bootId } = options
  const { uid, name, namespace = 'default' } = pod.metadata
  let latest: LatestRun | undefined
  const makeRun = () => {
    const made = folders.makeRun(pod, container.name, restartCount)
    if (backOff !== undefined) made.folder.keepBackOff(backOff)
    latest = { uid, pod: name, namespace, container: container.name, restartCount, ...made }
    return made.folder
  }
  try {
    const place = {
      podsFolder: folders.root,
      podFolder: folders.podFolder(pod),
      home: folders.containerFolder(pod, container.name),
    }
    const view = containerView({ ...start, ...options, ...place, files: attachment.files }, makeRun)
    assert(latest !== undefined, 'a view is made together with the folder of its run')
    const { prepare: join = [], finish = [] } = makeGroup(start, cgroups, latest)
    const launched = await startProcess(
      {
        ...view,
        // Into the cgroups first, so that nothing of the container is outside.
        prepare: [...join, ...oomScoreLines(oomScoreAdjust(pod, container, totalmem())), ...view.prepare],
        finish: finish.length > 0 ? finish : strayLines(view),
        enter: [...attachment.enter, ...view.enter],
        folder: latest.folder.path,
        bootId,
      },
      latest.folder,
      container.name,
    )
    return { ...launched, latest }
  } catch (error) {
    if (latest !== undefined) cgroups?.remove(latest)
    await latest?.folder.remove()
    const full = fullDiskClause(folders.root)
    throw full === '' ? error : startError(`container "${container.name}" could not be started${full}`, error)
  }
}

/** Without cgroups only the variable that names a run's own file tells who has come from it. */
function strayLines({ env }: ContainerView): string[] {
  const file = env.get(terminationVariable)
  return file === undefined ? [] : killStraysLines(`${terminationVariable}=${file}`)
}

function makeGroup(
  { pod, container, restartCount }: ContainerStart,
  cgroups: Cgroups | undefined,
  latest: LatestRun,
): Partial<RunGroup> {
  try {
    return cgroups?.makeRun(pod, container, restartCount) ?? {}
  } catch (error) {
    throw startError(`the cgroup of container "${latest.container}" could not be made: ${messageOf(error)}`, error)
  }
}
