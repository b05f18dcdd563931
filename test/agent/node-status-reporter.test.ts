import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../../src/agent/door.ts'
import { nodeManifest } from '../../src/agent/node.ts'
import { nodeConditions } from '../../src/agent/node-conditions.ts'
import { NodeStatusReporter } from '../../src/agent/node-status-reporter.ts'
import { Timers } from '../../src/agent/timers.ts'
import { ManualClock } from './support/manual-clock.ts'

/** A reporter of a machine whose memory a test takes away, and what it has posted. */
function report() {
  const clock = new ManualClock()
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const machine = { isShort: false, isHidden: false, isConnected: true }
  const posted: NodeManifest[] = []
  const warnings: string[] = []
  const see = (): NodeManifest => {
    const capacity = { cpu: '1', memory: '1Gi', pods: '110' }
    const conditions = nodeConditions(machine.isShort ? { MemoryPressure: clock.now() } : {}, [], clock.now())
    return nodeManifest({
      name: 'box',
      capacity,
      allocatable: capacity,
      conditions: conditions.map((one) => ({ ...one, lastTransitionTime: '' })),
      addresses: [],
      nodeInfo: {},
    })
  }
  const reporter = new NodeStatusReporter({
    node: see(),
    observe: () => (machine.isHidden ? Promise.reject(new Error('nothing to be seen')) : Promise.resolve(see())),
    post: (node) => {
      if (!machine.isConnected) return Promise.reject(new Error('the connection is lost'))
      posted.push(node)
      return Promise.resolve({ count: 1, failed: [] })
    },
    timers,
    log: { info: () => {}, warn: (_, fields) => warnings.push(String(fields?.['error'])) },
  })
  reporter.told(reporter.node)
  reporter.start()
  return { clock, machine, posted, warnings, reporter }
}

describe('the state of a node', () => {
  it('is told within ten seconds when it changes, and again when it changes back', async () => {
    const { clock, machine, posted } = report()
    await clock.advance(30_000)
    expect(posted).toHaveLength(0)
    machine.isShort = true
    await clock.advance(10_000)
    expect(posted).toHaveLength(1)
    await clock.advance(60_000)
    expect(posted).toHaveLength(1)
    machine.isShort = false
    await clock.advance(10_000)
    expect(posted).toHaveLength(2)
  })

  it('is told every five minutes when it does not change', async () => {
    const { clock, posted } = report()
    await clock.advance(290_000)
    expect(posted).toHaveLength(0)
    await clock.advance(10_000)
    expect(posted).toHaveLength(1)
    await clock.advance(600_000)
    expect(posted).toHaveLength(3)
  })

  it('is told when the control plane is back, and the failure only once', async () => {
    const { clock, machine, posted, warnings } = report()
    machine.isShort = true
    machine.isConnected = false
    await clock.advance(60_000)
    expect(warnings).toEqual(['the connection is lost'])
    machine.isConnected = true
    await clock.advance(10_000)
    expect(posted).toHaveLength(1)
  })

  it('is looked at again after a look that failed', async () => {
    const { clock, machine, posted, warnings } = report()
    machine.isHidden = true
    await clock.advance(20_000)
    expect(warnings).toEqual(['nothing to be seen'])
    Object.assign(machine, { isHidden: false, isShort: true })
    await clock.advance(10_000)
    expect(posted).toHaveLength(1)
  })

  it('is not told any more when the agent is closed', async () => {
    const { clock, machine, posted, reporter } = report()
    machine.isShort = true
    reporter.close()
    await clock.advance(600_000)
    expect(posted).toEqual([])
    expect(clock.armed).toBe(0)
  })
})
