import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import {
  addMachineOptions,
  type MachineSettings,
  machineArguments,
  machineOf,
} from '../../src/server/machine-config.ts'

function parse(...args: string[]): MachineSettings {
  const command = addMachineOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  return command.parse(args, { from: 'user' }).opts<MachineSettings>()
}

describe('the settings of a machine', () => {
  it('have defaults like the kubelet', () => {
    const { thresholds, ...rest } = machineOf(parse())
    expect(rest).toEqual({
      podsMax: 110,
      podProcessesMax: undefined,
      cgroupRoot: undefined,
      reserved: { cpu: '100m', memory: '200Mi', 'ephemeral-storage': '1Gi' },
      labels: {},
      taints: [],
    })
    expect([...thresholds.keys()]).toEqual([
      'memory.available',
      'nodefs.available',
      'nodefs.inodesFree',
      'pid.available',
    ])
  })

  it('are read from lists, and passed on to another command as they are', () => {
    const settings = parse(
      '--system-reserved=memory=1Gi',
      '--eviction-hard=',
      '--max-pods=20',
      '--pod-max-pids=100',
      '--node-labels=disk=ssd,example.com/zone=',
      '--register-with-taints=gpu=yes:NoSchedule,x:NoExecute',
      '--cgroup-root=/pods',
    )
    expect(machineOf(settings)).toEqual({
      podsMax: 20,
      podProcessesMax: 100,
      cgroupRoot: '/pods',
      reserved: { memory: '1Gi' },
      thresholds: new Map(),
      labels: { disk: 'ssd', 'example.com/zone': '' },
      taints: [
        { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
        { key: 'x', effect: 'NoExecute' },
      ],
    })
    expect(parse(...machineArguments(settings))).toEqual(settings)
  })

  it.each([
    ['--system-reserved', 'disk=1Gi', '"disk" is not one of cpu, memory, ephemeral-storage'],
    ['--system-reserved', 'cpu=much', '"much" is not an amount'],
    ['--eviction-hard', 'memory.available', 'It must be a list such as memory.available<100Mi'],
    ['--max-pods', '-1', 'It must be a whole number'],
    ['--pod-max-pids', '0', 'It must be a whole number of at least 1'],
    ['--node-labels', 'disk', '"disk" is not of the form key=value'],
    ['--register-with-taints', 'gpu=yes:Never', '"gpu=yes:Never" is not of the form key=value:effect'],
  ])('%s %s is refused', (flag, value, message) => {
    expect(() => parse(flag, value)).toThrow(message)
  })
})
