import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { arch, availableParallelism, freemem, platform, release, totalmem } from 'node:os'
import type { CgroupBounds } from './cgroups/cgroup-bounds.ts'
import type { MachineObservation } from './node-pressure.ts'
import type { MachineResources } from './node-resources.ts'

/** What a machine has, and what is left of it. */
export interface MachineReading {
  readonly resources: Omit<MachineResources, 'pods'>
  readonly observation: MachineObservation
}

/**
 * Looks at this machine, of which the agent may have only a part. `folder` is on the disk that counts. Memory that is left is
 * what the kubelet takes for it: free memory, and file cache that was not used lately.
 */
export async function readMachine(folder: string, bounds: CgroupBounds): Promise<MachineReading> {
  const disk = await statfs(folder)
  const memory = readMemory()
  const narrower = (value: number, bound: number | undefined): number => Math.min(value, bound ?? value)
  const memoryBytes = narrower(memory.total, bounds.memoryBytes)
  const processes = readProcesses()
  return {
    resources: {
      milliCpu: narrower(availableParallelism() * 1000, bounds.milliCpu),
      memoryBytes,
      diskBytes: disk.blocks * disk.bsize,
    },
    observation: {
      'memory.available': { available: narrower(memory.available, bounds.memoryAvailableBytes), total: memoryBytes },
      'nodefs.available': { available: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize },
      'nodefs.inodesFree': { available: disk.ffree, total: disk.files },
      ...(processes === undefined ? {} : { 'pid.available': processes }),
    },
  }
}

/** Kubernetes `v1.NodeSystemInfo` of this machine. What it does not tell is empty. */
export function machineInfo(versions: { readonly runtime: string; readonly agent: string }): Record<string, string> {
  const machineID = firstWord('/etc/machine-id') || firstWord('/var/lib/dbus/machine-id')
  return {
    machineID,
    systemUUID: firstWord('/sys/class/dmi/id/product_uuid') || firstWord('/proc/device-tree/vm,uuid') || machineID,
    bootID: firstWord('/proc/sys/kernel/random/boot_id'),
    kernelVersion: release(),
    osImage: systemName(read('/etc/os-release') || read('/usr/lib/os-release')) ?? platform(),
    containerRuntimeVersion: versions.runtime,
    kubeletVersion: versions.agent,
    kubeProxyVersion: '',
    operatingSystem: platform() === 'win32' ? 'windows' : platform(),
    architecture: goArchitecture(arch()),
  }
}

/** The name of the installed system in the text of os-release(5). */
export function systemName(osRelease: string): string | undefined {
  return /^PRETTY_NAME=(["']?)(.+)\1$/m.exec(osRelease)?.[2]
}

function readMemory(): { readonly available: number; readonly total: number } {
  const text = read('/proc/meminfo')
  const bytes = (name: string): number | undefined => {
    const kibibytes = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  }
  const [free, cache] = [bytes('MemFree'), bytes('Inactive\\(file\\)')]
  return { available: free === undefined || cache === undefined ? freemem() : free + cache, total: totalmem() }
}

/** Processes and threads: how many there may be, and how many there may be beside the present ones. */
function readProcesses(): { readonly available: number; readonly total: number } | undefined {
  const present = /^\S+ \S+ \S+ \d+\/(\d+)/.exec(read('/proc/loadavg'))?.[1]
  const limits = ['pid_max', 'threads-max'].map((name) => Number(firstWord(`/proc/sys/kernel/${name}`)))
  const total = Math.min(...limits.filter((limit) => limit > 0))
  return present === undefined || !Number.isFinite(total) ? undefined : { available: total - Number(present), total }
}

/** Node's names of processor architectures in the words of the label kubernetes.io/arch, which are Go's. */
function goArchitecture(name: string): string {
  const names: Record<string, string> = { x64: 'amd64', ia32: '386' }
  return names[name] ?? name
}

function firstWord(path: string): string {
  return read(path).replaceAll('\0', '').trim()
}

/** A file in which the system tells about itself; empty where it does not, or not to everybody. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
