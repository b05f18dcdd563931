import { loopbackLinks } from '../../../src/agent/network/loopback-links.ts'
import { PodNetwork } from '../../../src/agent/network/pod-network.ts'
import { ContainerRuntime } from '../../../src/agent/runtimes/containers/container-runtime.ts'
import { ProcessEngine, type ProcessEngineOptions } from '../../../src/agent/runtimes/process/process-engine.ts'
import { systemClock, Timers } from '../../../src/agent/timers.ts'
import type { PodStatus } from '../../../src/model/kinds/pod/pod-status.ts'

const quiet = { info: () => {}, warn: () => {} }

/** Settings of a process runtime; `enter` is the command by which containers enter a network. */
export type ProcessRuntimeOptions = Partial<ProcessEngineOptions> & { readonly enter?: readonly string[] }

/** A process runtime on a folder, with the last status that it told of each pod, and the pods that have ended. */
export async function startProcessRuntime(folder: string, { enter, ...options }: ProcessRuntimeOptions = {}) {
  const timers = new Timers(systemClock, (error) => {
    throw error
  })
  const hostIP = '192.0.2.1'
  const loopback = loopbackLinks({ platform: process.platform, log: quiet })
  const links = enter === undefined ? loopback : { ...loopback, connect: () => Promise.resolve(enter) }
  const network = new PodNetwork({ links, hostIP, seed: folder })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP, network, timers, log: quiet, ...options })
  const runtime = new ContainerRuntime({ engine, timers, hostIP, log: quiet })
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
