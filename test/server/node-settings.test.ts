import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { defaultNodeMonitorSettings } from '../../src/control/node-monitor.ts'
import { addNodeSettings, type NodeSettings, nodeOptionsOf } from '../../src/server/node-settings.ts'

function optionsOf(...args: readonly string[]) {
  const command = addNodeSettings(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  return nodeOptionsOf(command.parse(args, { from: 'user' }).opts<NodeSettings>())
}

describe('the settings of machines', () => {
  it("are the controllers' own and Kubernetes' five minutes when nobody says otherwise", () => {
    expect(optionsOf()).toEqual({
      nodes: defaultNodeMonitorSettings,
      tolerationSeconds: { notReady: 300, unreachable: 300 },
    })
  })

  it('are told in seconds and shares', () => {
    const { nodes, tolerationSeconds } = optionsOf(
      '--node-monitor-period-seconds=0.5',
      '--node-monitor-grace-period-seconds=20',
      '--node-startup-grace-period-seconds=30',
      '--node-eviction-rate=1.5',
      '--secondary-node-eviction-rate=0',
      '--unhealthy-zone-threshold=0.7',
      '--large-cluster-size-threshold=9',
      '--default-not-ready-toleration-seconds=0',
      '--default-unreachable-toleration-seconds=60',
    )
    expect(nodes).toEqual({
      nodeMonitorPeriodMs: 500,
      nodeMonitorGraceMs: 20_000,
      nodeStartupGraceMs: 30_000,
      nodeEvictionRate: 1.5,
      secondaryNodeEvictionRate: 0,
      unhealthyZoneThreshold: 0.7,
      largeClusterSizeThreshold: 9,
    })
    expect(tolerationSeconds).toEqual({ notReady: 0, unreachable: 60 })
  })

  it.each([
    '--node-monitor-period-seconds=0',
    '--node-eviction-rate=-1',
    '--unhealthy-zone-threshold=1.1',
    '--large-cluster-size-threshold=1.5',
  ])('are refused when they make no sense: %s', (flag) => {
    expect(() => optionsOf(flag)).toThrow(/must be/)
  })
})
