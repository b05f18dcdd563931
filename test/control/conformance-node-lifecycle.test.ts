import { afterEach, expect, it } from 'vitest'
import { defaultNodeMonitorSettings } from '../../src/control/node-monitor.ts'
import { isReady } from '../../src/control/pod-condition.ts'
import { zoneOf, zoneStateOf } from '../../src/control/zone.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import { nodeKind } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { describeConformance } from '../support/conformance.ts'
import { NodeCluster } from '../support/node-cluster.ts'
import { clusterObjectNamed, objectNamed } from '../support/objects.ts'

type Status = NonNullable<Node['status']>

interface HealthRow {
  readonly description?: string
  readonly daemonSets?: readonly unknown[]
  readonly fakeNodeHandler: { readonly Existing: readonly Node[] }
  readonly timeToPass: string
  readonly newNodeStatus: Status
  readonly secondNodeNewStatus?: Status
}

interface ZoneRow {
  readonly description: string
  readonly nodeList: readonly Node[]
  readonly podList: readonly Pod[]
  readonly updatedNodeStatuses: readonly Status[]
  readonly expectedInitialStates: Readonly<Record<string, string>>
  readonly expectedFollowingStates: Readonly<Record<string, string>>
  readonly expectedEvictPods: boolean
}

interface AllocatableRow {
  /** A row whose content was lost when it was recorded. */
  readonly case?: string
  readonly capacity?: Readonly<Record<string, string>>
  readonly allocatable?: Readonly<Record<string, string>>
  readonly expectedAllocatable?: Readonly<Record<string, string>>
}

interface Tables {
  readonly evictPods: readonly (HealthRow & { readonly expectedEvictPods: boolean })[]
  readonly zoneDisruption: readonly ZoneRow[]
  readonly statusUpdate: readonly unknown[]
  readonly markPodsNotReady: readonly (HealthRow & { readonly expectedPodStatusUpdate: boolean })[]
  readonly podStatusChange: readonly (HealthRow & { readonly expectedPodUpdate: boolean })[]
  readonly nodeAllocatableDefault: readonly AllocatableRow[]
}

/** The rows' `evictionTimeout`, ten minutes: today it is what a pod tolerates, from when its machine was tainted. */
const timeoutSeconds = 600
const hourMs = 3_600_000
const eager = { nodeEvictionRate: 10, secondaryNodeEvictionRate: 10, largeClusterSizeThreshold: 0 }

let running: NodeCluster | undefined

afterEach(async () => {
  await running?.close()
  running = undefined
})

describeConformance<{ tables: Tables }>('05m-node-lifecycle.json', ({ tables }) => {
  it.each(tables.evictPods)('evictPods, $description', async (row) => {
    const cluster = await relive(row)
    expect(cluster.livePods()).toEqual(row.expectedEvictPods ? [] : ['pod0'])
  })

  it.each(tables.zoneDisruption)('zoneDisruption, $description', async (row) => {
    const later = row.nodeList.map((node, index) => ({ ...node, status: row.updatedNodeStatuses[index] ?? {} }))
    expect(zoneStates(row.nodeList)).toEqual(row.expectedInitialStates)
    expect(zoneStates(later)).toEqual(row.expectedFollowingStates)
    running = await NodeCluster.start([...row.nodeList.map(machine), ...row.podList.map((pod) => podOn(pod))], eager)
    const ready = (nodes: readonly Node[]) => nodes.filter((node) => readyOf(node.status) === 'True')
    for (const { metadata } of ready(row.nodeList)) running.alive.add(metadata.name)
    await running.pass(60_000)
    running.alive.clear()
    for (const { metadata } of ready(later)) running.alive.add(metadata.name)
    for (const node of later) await running.change(node.metadata.name, (now) => withStatus(now, node.status ?? {}))
    await running.pass(hourMs)
    expect(running.livePods()).toHaveLength(row.expectedEvictPods ? 0 : row.podList.length)
  })

  it.each(tables.markPodsNotReady)('markPodsNotReady, after $timeToPass: $expectedPodStatusUpdate', async (row) => {
    const cluster = await relive(row)
    expect(isReady(cluster.pod('pod0'))).toBe(!row.expectedPodStatusUpdate)
  })

  // The reason NodeLost went with the eviction that was not by taints (Kubernetes 1.20); the condition DisruptionTarget
  // is what tells today why such a pod ends.
  it.each(tables.podStatusChange)('podStatusChange, the reason NodeLost being no more, $description', async (row) => {
    const { status } = (await relive(row)).pod('pod0')
    const condition = status?.conditions?.find(({ type }) => type === 'DisruptionTarget')
    expect(condition?.reason).toBe(row.expectedPodUpdate ? 'DeletionByTaintManager' : undefined)
    expect(status?.reason).toBeUndefined()
  })

  it.each(tables.nodeAllocatableDefault.filter((row) => row.case === undefined))(
    'nodeAllocatableDefault, capacity $capacity and allocatable $allocatable',
    ({ capacity, allocatable, expectedAllocatable }) => {
      const status = { ...(capacity && { capacity }), ...(allocatable && { allocatable }) }
      const node = clusterObjectNamed<Node>('Node', 'n', { status })
      const defaulted = nodeKind.applyDefaults?.(node) as Node | undefined
      expect(defaulted?.status?.allocatable).toEqual(expectedAllocatable)
    },
  )

  it('has no rows of statusUpdate; whoever adds some adds their test', () => {
    expect(tables.statusUpdate).toEqual([])
  })
})

/**
 * Lives through a row. A machine whose status is told anew, with another heartbeat, has an agent that renews its lease;
 * the others are silent. A pod of a DaemonSet tolerates for ever, as the DaemonSet controller makes it.
 */
async function relive(row: HealthRow): Promise<NodeCluster> {
  const nodes = row.fakeNodeHandler.Existing
  const statuses = [row.newNodeStatus, row.secondNodeNewStatus]
  const daemon = row.daemonSets === undefined ? {} : { tolerationSeconds: undefined }
  const cluster = await NodeCluster.start(
    [...nodes.map(machine), podOn({ spec: { nodeName: 'node0' } }, daemon)],
    eager,
  )
  running = cluster
  nodes.forEach(({ metadata, status }, index) => {
    if (heartbeatOf(statuses[index]) !== heartbeatOf(status)) cluster.alive.add(metadata.name)
  })
  await cluster.pass(millisecondsOf(row.timeToPass))
  return cluster
}

function machine({ metadata, ...rest }: Node): Node {
  return clusterObjectNamed('Node', metadata.name, { metadata, ...rest })
}

function podOn(
  { metadata, spec }: { metadata?: { name: string }; spec: { nodeName?: string | undefined } },
  part: object = {},
): Pod {
  const tolerations = ['not-ready', 'unreachable'].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: timeoutSeconds,
    ...part,
  }))
  return objectNamed('Pod', metadata?.name ?? 'pod0', {
    spec: { ...spec, containers: [], tolerations },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })
}

function zoneStates(nodes: readonly Node[]): Record<string, string> {
  return Object.fromEntries(
    nodes.map((node) => {
      const members = nodes.filter((other) => zoneOf(other) === zoneOf(node))
      const readyCount = members.filter(({ status }) => readyOf(status) === 'True').length
      return [zoneOf(node), zoneStateOf(members.length, readyCount, defaultNodeMonitorSettings)]
    }),
  )
}

/** The controller has tainted the machine meanwhile; only its agent's word changes. */
function withStatus(node: Node, status: Status): Node {
  return readyOf(status) === 'Unknown' ? node : { ...node, status }
}

function readyOf(status: Status | undefined): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status
}

function heartbeatOf(status: Status | undefined): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.lastHeartbeatTime
}

/** Go's text of a duration, such as 1h0m0s. */
function millisecondsOf(duration: string): number {
  const seconds = { h: 3_600, m: 60, s: 1 } as const
  const parts = [...duration.matchAll(/(\d+)([hms])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * seconds[unit as 'h' | 'm' | 's'] * 1_000, 0)
}
