import { describe, expect, it } from 'vitest'
import {
  containerLimits,
  cpuShares,
  cpuWeight,
  podLimits,
  settingsOf,
} from '../../../src/agent/cgroups/cgroup-limits.ts'
import type { PodSpec } from '../../../src/model/kinds/pod/pod-spec.ts'
import { pod } from '../support/pod.ts'

type Amounts = Record<string, string>

function spec(containers: { requests?: Amounts; limits?: Amounts }[], more: Record<string, unknown> = {}): PodSpec {
  const list = containers.map((resources, index) => ({ name: `c${index}`, image: 'none', resources }))
  return pod('p', { containers: list, ...more }).spec
}

describe('shares and weight', () => {
  it.each([
    [0, 2],
    [1, 2],
    [100, 102],
    [1_000, 1_024],
    [1_500, 1_536],
    [1_000_000, 262_144],
  ])('%i thousandths of a processor are %i shares', (milliCpu, shares) => {
    expect(cpuShares(milliCpu)).toBe(shares)
  })

  it.each([
    [2, 1],
    [102, 17],
    [1_024, 100],
    [2_048, 174],
    [262_144, 10_000],
  ])('%i shares weigh %i', (shares, weight) => {
    expect(cpuWeight(shares)).toBe(weight)
  })
})

describe('the limits of a container', () => {
  it.each([
    ['nothing is asked for', {}, { cpuShares: 2, cpuQuotaUs: undefined, memoryBytes: undefined }],
    ['requests make shares', { requests: { cpu: '500m', memory: '1Gi' } }, { cpuShares: 512, memoryBytes: undefined }],
    ['limits bound', { limits: { cpu: '1500m', memory: '64Mi' } }, { cpuQuotaUs: 150_000, memoryBytes: 67_108_864 }],
    ['a limit stands in for a request of zero', { limits: { cpu: '2' }, requests: { cpu: '0' } }, { cpuShares: 2048 }],
    ['no quota is below a millisecond', { limits: { cpu: '1m' } }, { cpuQuotaUs: 1_000 }],
  ])('%s', (_sentence, resources, expected) => {
    for (const container of spec([resources]).containers) expect(containerLimits(container)).toMatchObject(expected)
  })
})

describe('the limits of a pod', () => {
  const half = { requests: { cpu: '500m' }, limits: { cpu: '500m', memory: '100Mi' } }

  it.each([
    ['it has shares of what all request', [half, { requests: { cpu: '1' } }], {}, { cpuShares: 1_536 }],
    [
      'it has limits where all its containers have',
      [half, half],
      {},
      { cpuQuotaUs: 100_000, memoryBytes: 209_715_200 },
    ],
    ['it has none where one of them has none', [half, {}], {}, { cpuQuotaUs: undefined, memoryBytes: undefined }],
    ['its own limits count', [{}], { resources: { limits: { memory: '1Mi' } } }, { memoryBytes: 1_048_576 }],
    ['what the runtime needs is added', [half], { overhead: { cpu: '250m' } }, { cpuShares: 768, cpuQuotaUs: 75_000 }],
    [
      'an init container that needs more counts instead of the others',
      [half],
      { initContainers: [{ name: 'i', image: 'none', resources: { requests: { cpu: '2' } } }] },
      { cpuShares: 2_048, cpuQuotaUs: undefined },
    ],
  ])('%s', (_sentence, containers, more, expected) => {
    expect(podLimits(spec(containers, more))).toMatchObject(expected)
  })
})

describe('what is written into a group', () => {
  const limits = { cpuShares: 1024, cpuQuotaUs: 50_000, memoryBytes: 1_048_576, processesMax: 10, diesAsOne: true }
  const lines = (version: 1 | 2, controllers: string[]): string[] =>
    settingsOf(version, controllers, limits).map(({ file, value }) => `${file} ${value}`)

  it('is in the words of version 2', () => {
    expect(lines(2, ['cpu', 'memory', 'pids'])).toEqual([
      'cpu.weight 100',
      'cpu.max 50000 100000',
      'memory.max 1048576',
      'memory.swap.max 0',
      'memory.oom.group 1',
      'pids.max 10',
    ])
  })

  it('is in the words of version 1, the period before the quota and memory before memory with swap', () => {
    expect(lines(1, ['cpu', 'memory', 'pids'])).toEqual([
      'cpu.shares 1024',
      'cpu.cfs_period_us 100000',
      'cpu.cfs_quota_us 50000',
      'memory.limit_in_bytes 1048576',
      'memory.memsw.limit_in_bytes 1048576',
      'pids.max 10',
    ])
  })

  it('is only what the hierarchy has controllers for', () => {
    expect(lines(1, ['pids'])).toEqual(['pids.max 10'])
  })
})
