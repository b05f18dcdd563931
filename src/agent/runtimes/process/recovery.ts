import { type Log, messageOf } from '../../log.ts'
import type { ContainerExit } from '../containers/container-engine.ts'
import { type ContainerRun, unknownExit } from './container-run.ts'
import { killLeftover } from './leftover.ts'
import type { LatestRun } from './pod-folder.ts'
import { isAlive } from './process-identity.ts'
import type { StartedRun } from './run-folder.ts'

/** A run that an earlier run of the agent has left: one that goes on, or one that has ended. */
export interface RecoveredRun {
  readonly latest: LatestRun
  /** Milliseconds since 1970; undefined when nobody can tell any more. */
  readonly startedAt?: number
  readonly run?: ContainerRun
  readonly exit?: ContainerExit
}

/** What recovery works with. */
export interface RecoveryOptions {
  /** This run of the system: what ran before it has ended with it. */
  readonly bootId: string
  readonly follow: (latest: LatestRun, started: StartedRun) => ContainerRun
  readonly log: Log
}

/** Finds out what has become of a run. Null when nothing had been started yet; that is given up. */
export async function recoverRun(latest: LatestRun, options: RecoveryOptions): Promise<RecoveredRun | null> {
  const { folder } = latest
  try {
    if (folder.started() === null && folder.giveUp()) {
      await folder.remove()
      return null
    }
    const started = folder.started()
    return started === null ? null : await recoverStarted(latest, started, options)
  } catch (error) {
    const { namespace, pod, container } = latest
    const killed = killLeftover(folder.path)
    options.log.warn('the state of a container of an earlier run cannot be read; it is taken as ended', {
      namespace,
      pod,
      container,
      killed,
      error: messageOf(error),
    })
    return { latest, exit: unknownExit }
  }
}

async function recoverStarted(
  latest: LatestRun,
  started: StartedRun,
  { bootId, follow, log }: RecoveryOptions,
): Promise<RecoveredRun> {
  const { namespace, pod, container, folder } = latest
  const { startedAt, process } = started
  const ended = folder.ended()
  if (ended !== null) {
    const exit = folder.hasOutput() ? await follow(latest, started).exited : ended
    return { latest, startedAt, exit }
  }
  // Only number and start together are certain to name the same process.
  if (started.bootId !== bootId || process.startTicks === null) return { latest, startedAt, exit: unknownExit }
  const run = follow(latest, started)
  if (isAlive(process)) log.info('adopted a container', { namespace, pod, container, pid: process.pid })
  return { latest, startedAt, run }
}
