import type { Container } from '../../model/kinds/pod/container.ts'
import { aggregateAmounts } from '../../model/kinds/pod/pod-resources.ts'
import type { PodSpec } from '../../model/kinds/pod/pod-spec.ts'
import { quantityMilliValue, quantityValue } from '../../model/quantity.ts'

/** What a group holds its processes to. What is undefined has no limit. */
export interface CgroupLimits {
  /** Its weight against other groups where processors are short, as version 1 counts it. */
  readonly cpuShares?: number | undefined
  /** Microseconds of processor time in each period of 100 ms. */
  readonly cpuQuotaUs?: number | undefined
  readonly memoryBytes?: number | undefined
  readonly processesMax?: number | undefined
  /** Whether all of the group is killed when it is out of memory (only version 2 can do that). */
  readonly diesAsOne?: boolean
}

/** One file of a group to be written. */
export interface CgroupSetting {
  readonly file: string
  readonly value: string
  /** Older kernels do without the file. */
  readonly mayBeAbsent?: boolean
  /** The kernel refuses it where a group above has a lower limit, which then holds anyway. */
  readonly mayBeRefused?: boolean
}

const periodUs = 100_000
const sharesMin = 2
const sharesMax = 262_144

/** The limits of one container (kubelet `calculateLinuxResources`). */
export function containerLimits({ resources }: Container): CgroupLimits {
  const cpuLimit = quantityMilliValue(resources?.limits?.['cpu'])
  const cpuRequest = quantityMilliValue(resources?.requests?.['cpu'])
  return {
    cpuShares: cpuShares(cpuRequest === 0 ? cpuLimit : cpuRequest),
    cpuQuotaUs: cpuQuotaUs(cpuLimit),
    memoryBytes: quantityValue(resources?.limits?.['memory']) || undefined,
    diesAsOne: true,
  }
}

/**
 * The limits of a pod as a whole (kubelet `ResourceConfigForPod`): a limit where the pod has one itself, or each of its
 * containers. What the runtime needs beside them (`overhead`) is added.
 */
export function podLimits(spec: PodSpec, processesMax?: number): CgroupLimits {
  const containers = [...(spec.initContainers ?? []), ...spec.containers]
  const requests = { ...aggregateAmounts(spec, 'requests'), ...spec.resources?.requests }
  const limits = { ...aggregateAmounts(spec, 'limits'), ...spec.resources?.limits }
  const isLimited = (name: string): boolean =>
    spec.resources?.limits?.[name] !== undefined ||
    containers.every(({ resources }) => quantityValue(resources?.limits?.[name]) > 0)
  const overheadCpu = quantityMilliValue(spec.overhead?.['cpu'])
  const overheadMemory = quantityValue(spec.overhead?.['memory'])
  return {
    cpuShares: cpuShares(quantityMilliValue(requests['cpu']) + overheadCpu),
    cpuQuotaUs: isLimited('cpu') ? cpuQuotaUs(quantityMilliValue(limits['cpu']) + overheadCpu) : undefined,
    memoryBytes: isLimited('memory') ? quantityValue(limits['memory']) + overheadMemory || undefined : undefined,
    processesMax,
  }
}

/** Shares of so many thousandths of a processor (kubelet `MilliCPUToShares`). */
export function cpuShares(milliCpu: number): number {
  return Math.min(sharesMax, Math.max(sharesMin, Math.floor((milliCpu * 1024) / 1000)))
}

/** What is written into a group of a hierarchy with these controllers. */
export function settingsOf(version: 1 | 2, controllers: readonly string[], limits: CgroupLimits): CgroupSetting[] {
  const settings = version === 2 ? settingsOfVersion2(limits) : settingsOfVersion1(limits)
  return settings.filter(({ file }) => controllers.includes(file.slice(0, file.indexOf('.'))))
}

/**
 * The weight of version 2 that stands for shares of version 1: 2, 1024 and 262144 are 1, 100 and 10000, with a curve through
 * them (opencontainers/cgroups `ConvertCPUSharesToCgroupV2Value`), so that 1 cpu weighs what a group has by default.
 */
export function cpuWeight(shares: number): number {
  if (shares <= sharesMin) return 1
  if (shares >= sharesMax) return 10_000
  const log = Math.log2(shares)
  return Math.ceil(10 ** ((log * log + 125 * log) / 612 - 7 / 34))
}

/** Kubelet `MilliCPUToQuota`. */
function cpuQuotaUs(milliCpu: number): number | undefined {
  return milliCpu === 0 ? undefined : Math.max(1_000, Math.floor((milliCpu * periodUs) / 1000))
}

function settingsOfVersion1(limits: CgroupLimits): CgroupSetting[] {
  const { cpuShares, cpuQuotaUs, memoryBytes, processesMax } = limits
  return [
    ...given(cpuShares, (value) => [{ file: 'cpu.shares', value }]),
    ...given(cpuQuotaUs, (value) => [
      { file: 'cpu.cfs_period_us', value: String(periodUs) },
      { file: 'cpu.cfs_quota_us', value, mayBeRefused: true },
    ]),
    ...given(memoryBytes, (value) => [
      { file: 'memory.limit_in_bytes', value },
      { file: 'memory.memsw.limit_in_bytes', value, mayBeAbsent: true },
    ]),
    ...given(processesMax, (value) => [{ file: 'pids.max', value }]),
  ]
}

function settingsOfVersion2(limits: CgroupLimits): CgroupSetting[] {
  const { cpuShares, cpuQuotaUs, memoryBytes, processesMax, diesAsOne = false } = limits
  return [
    ...given(cpuShares === undefined ? undefined : cpuWeight(cpuShares), (value) => [{ file: 'cpu.weight', value }]),
    ...given(cpuQuotaUs, (value) => [{ file: 'cpu.max', value: `${value} ${periodUs}` }]),
    ...given(memoryBytes, (value) => [
      { file: 'memory.max', value },
      { file: 'memory.swap.max', value: '0', mayBeAbsent: true },
    ]),
    ...(diesAsOne ? [{ file: 'memory.oom.group', value: '1', mayBeAbsent: true }] : []),
    ...given(processesMax, (value) => [{ file: 'pids.max', value }]),
  ]
}

function given(value: number | undefined, settings: (value: string) => CgroupSetting[]): CgroupSetting[] {
  return value === undefined ? [] : settings(String(value))
}
