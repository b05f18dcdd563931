import { ContainerRuntime } from '../../../src/agent/runtimes/containers/container-runtime.ts'
import { ProcessEngine, type ProcessEngineOptions } from '../../../src/agent/runtimes/process/process-engine.ts'
import { systemClock, Timers } from '../../../src/agent/timers.ts'
import type { PodStatus } from '../../../src/model/kinds/pod/pod-status.ts'

const quiet = { info: () => {}, warn: () => {} }

/** A process runtime on a folder, with the last status that it told of each pod, and the pods that have ended. */
export async function startProcessRuntime(folder: string, options: Partial<ProcessEngineOptions> = {}) {
  const timers = new Timers(systemClock, (error) => {
    throw error
  })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP: '192.0.2.1', timers, log: quiet, ...options })
  const runtime = new ContainerRuntime({ engine, timers, hostIP: '192.0.2.1', log: quiet })
  const statuses = new Map<string, PodStatus>()
  const ended = new Set<string>()
  await runtime.open({
    podChanged: (uid, status) => statuses.set(uid, status),
    podEnded: (uid, status) => {
      statuses.set(uid, status)
      ended.add(uid)
    },
  })
  const main = (uid: string) => statuses.get(uid)?.containerStatuses?.[0]
  return { runtime, statuses, ended, main }
}
