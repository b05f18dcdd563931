import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AgentOptions } from './agent.ts'
import { cgroupFacts, holdToNode, openCgroups, tellCgroups } from './agent-cgroups.ts'
import type { Door } from './door.ts'
import { EventReporter } from './event-reporter.ts'
import type { Log } from './log.ts'
import { MachineNode } from './machine-node.ts'
import { findPodNetwork } from './network/find-network.ts'
import { withNetworkFacts } from './network/node-facts.ts'
import { machineAddress, type NodeCapacity } from './node.ts'
import type { Allocatable } from './resource-field.ts'
import { ContainerRuntime } from './runtimes/containers/container-runtime.ts'
import { podsFolderOf } from './runtimes/process/pod-folder.ts'
import { ProcessEngine } from './runtimes/process/process-engine.ts'
import { defaultPath } from './runtimes/process/shim.ts'
import { ToldRuntime } from './runtimes/told-runtime.ts'
import { detectSandbox, type SandboxAbility, sandboxFacts } from './sandbox/sandbox.ts'
import type { Timers } from './timers.ts'

/**
 * Finds out what this machine can do for pods that are its processes: their cgroups, their network, and what they see. The node tells it, and
 * `onStart` the log, once the agent has its folder for itself.
 */
export async function processMachine(options: AgentOptions, timers: Timers, door: Door) {
  const { dataFolder, nodeName, log, version = '', machine = {} } = options
  const { reserved = {}, thresholds = new Map(), podsMax = 110, podProcessesMax, cgroupRoot, labels, taints } = machine
  const hostIP = machineAddress()
  const folder = join(dataFolder, 'nodes', nodeName)
  await mkdir(folder, { recursive: true })
  const { network, facts } = await findNetwork(options, { folder, hostIP })
  const cgroups = openCgroups({ nodeName, folder: resolve(folder), root: cgroupRoot, podProcessesMax, timers })
  const sandbox = detectSandbox(folder)
  const machineNode = new MachineNode({
    name: nodeName,
    dataFolder: folder,
    versions: { runtime: 'process://1', agent: version },
    podsMax,
    reserved,
    thresholds,
    labels,
    taints,
    annotations: { ...cgroupFacts(cgroups), ...sandboxFacts(sandbox) },
    bounds: () => cgroups.bounds(),
    now: () => timers.now(),
  })
  const foundAt = timers.now()
  const observe = async () => withNetworkFacts(await machineNode.observe(), facts, foundAt)
  const node = await observe()
  const { capacity, allocatable } = node.status as {
    readonly capacity: NodeCapacity
    readonly allocatable: Allocatable
  }
  const engine = new ProcessEngine({ dataFolder: folder, hostIP, network, cgroups, sandbox, allocatable, timers, log })
  const onStart = (): void => {
    log.info(facts.message, { podNetwork: facts.mode })
    tellSandbox(sandbox, log)
    tellCgroups(cgroups, log)
    holdToNode(cgroups, { capacity, reserved }, log)
  }
  const events = new EventReporter({ door, timers, log, newUid: randomUUID, random: Math.random })
  const containers = new ContainerRuntime({ engine, timers, hostIP, log })
  const runtime = new ToldRuntime(containers, (pod, event) => events.report(pod, event))
  return { nodes: [node], observe, events, runtime, onStart }
}

function findNetwork(
  { nodeName, podNetwork = 'loopback', podCIDR = '10.244.0.0/16', log }: AgentOptions,
  { folder, hostIP }: { readonly folder: string; readonly hostIP: string },
) {
  const podsFolder = podsFolderOf(folder)
  return findPodNetwork({ wanted: podNetwork, podCIDR, nodeName, folder, podsFolder, hostIP, log, path: defaultPath })
}

function tellSandbox(sandbox: SandboxAbility, log: Log): void {
  if (sandbox.isAble) log.info('containers see mounts and a host name of their own')
  else
    log.info('containers see the files of this machine alone: mount namespaces are not to be had', {
      reason: sandbox.reason,
    })
}
