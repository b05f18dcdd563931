import { describe, expect, it } from 'vitest'
import { type Grace, healthAfter, isSilent, type NodeHealth } from '../../src/control/node-health.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import { clusterObjectNamed } from '../support/objects.ts'

const node = (status?: string, heartbeat?: string, uid = 'u'): Node =>
  clusterObjectNamed('Node', 'n1', {
    metadata: { uid },
    status: {
      conditions:
        status === undefined
          ? []
          : [{ type: 'Ready', status, ...(heartbeat === undefined ? {} : { lastHeartbeatTime: heartbeat }) }],
    },
  })
const lease = (renewedAt: number, durationSeconds = 40) => ({ renewedAt, durationSeconds })
const first = (one: Node, renewedAt?: number): NodeHealth =>
  healthAfter(undefined, { node: one, lease: renewedAt === undefined ? undefined : lease(renewedAt), watchedAt: 0 })

describe('a machine is heard', () => {
  const ready = node('True', 'a')
  it.each<[string, NodeHealth, Node, number | undefined, boolean]>([
    ['when its lease is renewed', first(ready, 1), ready, 2, true],
    ['when its lease is renewed by a clock that was set back', first(ready, 9), ready, 2, true],
    ['when it gets a lease', first(ready), ready, 2, true],
    ['when its condition has another heartbeat', first(ready, 1), node('True', 'b'), 1, true],
    ['when it says that it is not ready', first(ready, 1), node('False', 'a'), 1, true],
    ['when it tells its status for the first time', first(node(), 1), ready, 1, true],
    ['when it is another one of that name', first(ready, 1), node('True', 'a', 'other'), 1, true],
    ['not when nothing is new', first(ready, 1), ready, 1, false],
    ['not when somebody labels it', first(ready, 1), node('True', 'a'), 1, false],
    ['not when its lease goes', first(ready, 1), ready, undefined, false],
    ['not when it is made Unknown', first(ready, 1), node('Unknown', 'a'), 1, false],
    ['not when it is made Unknown without having told anything', first(node(), 1), node('Unknown', 'x'), 1, false],
  ])('%s', (_, before, next, renewedAt, isHeard) => {
    const after = healthAfter(before, {
      node: next,
      lease: renewedAt === undefined ? undefined : lease(renewedAt),
      watchedAt: 7_000,
    })
    expect(after.heardAt).toBe(isHeard ? 7_000 : 0)
  })

  it('and remembered as the same when nothing is new', () => {
    const before = first(ready, 1)
    expect(healthAfter(before, { node: ready, lease: lease(1), watchedAt: 9 })).toBe(before)
  })
})

describe('a machine is silent', () => {
  const byLease: Grace = { nodeStartupGraceMs: 60_000 }
  const health = (status: string | undefined, durationSeconds?: number) => ({
    ...first(node(status)),
    lease: durationSeconds === undefined ? undefined : lease(1, durationSeconds),
  })
  it.each<[string, NodeHealth, Grace, number]>([
    ['after what its lease says', health('True', 10), byLease, 10_000],
    ['after 40 s without a lease', health('True'), byLease, 40_000],
    [
      'after what the settings say, whatever the lease',
      health('True', 10),
      { ...byLease, nodeMonitorGraceMs: 70_000 },
      70_000,
    ],
    ['after the grace of its start when it has told nothing', health(undefined, 10), byLease, 60_000],
  ])('%s', (_, given, grace, graceMs) => {
    expect(isSilent(given, graceMs, grace)).toBe(false)
    expect(isSilent(given, graceMs + 1, grace)).toBe(true)
  })
})
