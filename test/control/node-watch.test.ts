import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultNodeMonitorSettings, type NodeMonitorWorld, planNodeMonitor } from '../../src/control/node-monitor.ts'
import { withEvictingTaint } from '../../src/control/node-taints.ts'
import { NodeWatch, type Sight } from '../../src/control/node-watch.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { NodeLease } from '../../src/store/lease-table.ts'
import { clusterObjectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const settings = defaultNodeMonitorSettings

interface Member {
  readonly zone?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** Machines that obey the plan, and whose agents live as the test says. */
class Herd {
  readonly nodes = new Map<string, Node>()
  readonly alive = new Set<string>()
  private readonly watch = new NodeWatch(settings)
  private readonly leases = new Map<string, NodeLease>()
  private watchedAt = 0
  private renewals = 0

  constructor(members: Readonly<Record<string, Member>>) {
    for (const [name, { zone, labels = {} }] of Object.entries(members)) {
      const all = { ...labels, ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }) }
      const status = { conditions: [{ type: 'Ready', status: 'True' }] }
      this.nodes.set(name, clusterObjectNamed('Node', name, { metadata: { labels: all }, status }))
      this.alive.add(name)
    }
  }

  /** One look after so much watched time; the agents that live renew their leases and say that they are ready. */
  look(ms = settings.nodeMonitorPeriodMs): Sight {
    this.watchedAt += ms
    this.renewals += 1
    for (const name of this.alive) {
      this.set(name, 'True')
      this.leases.set(name, { durationSeconds: 40, renewedAt: this.renewals })
    }
    const sight = this.watch.look({ nodes: this.nodes.values(), leases: this.leases, watchedAt: this.watchedAt })
    for (const operation of planNodeMonitor(world(sight)).operations) {
      if (operation.type === 'update') this.nodes.set(operation.object.metadata.name, operation.object as Node)
    }
    return sight
  }

  looks(count: number): Sight | undefined {
    let last: Sight | undefined
    for (let look = 0; look < count; look += 1) last = this.look()
    return last
  }

  set(name: string, status: 'True' | 'False'): void {
    const node = this.nodes.get(name)
    if (node === undefined || node.status?.conditions?.[0]?.status === status) return
    const { taints: _, ...spec } = node.spec ?? {}
    this.nodes.set(name, { ...node, spec, status: { conditions: [{ type: 'Ready', status }] } })
  }

  get given(): string[] {
    const isGiven = ({ spec }: Node) => spec?.taints?.some(({ effect }) => effect === 'NoExecute') === true
    return [...this.nodes.values()].filter(isGiven).map(({ metadata }) => metadata.name)
  }
}

function world(sight: Sight): NodeMonitorWorld {
  return { ...sight, periodMs: settings.nodeMonitorPeriodMs, now }
}

const many = (count: number, member: Member = {}, prefix = 'n') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, member]))
const nothing: Sight = {
  registered: [],
  removed: [],
  returned: [],
  silent: [],
  due: [],
  relieved: [],
  isAllDisrupted: false,
}

describe('a look at the machines', () => {
  it('has nothing to say while all is well', () => {
    const herd = new Herd(many(3))
    expect(herd.look().registered).toHaveLength(3)
    for (let look = 0; look < 50; look += 1) expect(herd.look()).toEqual(nothing)
  })

  it('tells who has gone and who has come', () => {
    const herd = new Herd(many(2))
    herd.look()
    const [gone] = herd.nodes.values()
    herd.nodes.delete('n0')
    herd.nodes.set('n9', clusterObjectNamed('Node', 'n9'))
    expect(herd.look()).toMatchObject({ removed: [gone], registered: [{ metadata: { name: 'n9' } }] })
    herd.nodes.set('n9', clusterObjectNamed('Node', 'n9', { metadata: { uid: 'another' } }))
    expect(herd.look()).toMatchObject({
      removed: [{ metadata: { name: 'n9' } }],
      registered: [{ metadata: { name: 'n9' } }],
    })
  })

  it('gives up one of several that are silent, then the next ten seconds later, the longest silent first', () => {
    const herd = new Herd(many(8))
    herd.looks(2)
    herd.alive.delete('n5')
    herd.look()
    herd.alive.delete('n2')
    herd.looks(8)
    expect(herd.given).toEqual([])
    herd.look()
    expect(herd.given).toEqual(['n5'])
    herd.looks(2)
    expect(herd.given.toSorted()).toEqual(['n2', 'n5'])
  })

  it('gives up one that says itself that it is not ready, and not in the look that learns it', () => {
    const herd = new Herd(many(3))
    herd.look()
    herd.alive.delete('n0')
    herd.set('n0', 'False')
    herd.look()
    expect(herd.given).toEqual(['n0'])
    const started = new Herd(many(3))
    started.alive.delete('n0')
    started.set('n0', 'False')
    started.look()
    expect(started.given).toEqual([])
  })

  it('stops giving up a small zone of which most are lost, and goes on slowly in a large one', () => {
    const small = new Herd(many(9))
    const large = new Herd(many(60))
    for (const herd of [small, large]) {
      herd.look()
      for (const name of [...herd.alive].slice(0, Math.ceil(herd.alive.size * 0.6))) herd.alive.delete(name)
      herd.looks(100)
    }
    expect(small.given).toEqual([])
    expect(large.given.length).toBeGreaterThanOrEqual(4)
    expect(large.given.length).toBeLessThanOrEqual(6)
  })

  it('takes back what it has given up when all zones are lost, and gives everybody time when one is back', () => {
    const herd = new Herd({ ...many(3, { zone: 'a' }, 'a'), ...many(3, { zone: 'b' }, 'b') })
    herd.look()
    for (const name of ['a0', 'a1', 'a2']) herd.alive.delete(name)
    herd.looks(20)
    expect(herd.given).toEqual(['a0', 'a1', 'a2'])
    herd.alive.clear()
    herd.looks(10)
    expect(herd.given).toEqual([])
    herd.looks(100)
    expect(herd.given).toEqual([])
    herd.alive.add('b0')
    herd.looks(8)
    expect(herd.given).toEqual([])
    herd.looks(10)
    expect(herd.given.length).toBeGreaterThan(0)
  })

  it('relieves machines that somebody else gave up while all are lost', () => {
    const herd = new Herd(many(2))
    herd.look()
    herd.alive.clear()
    for (const name of ['n0', 'n1']) {
      herd.set(name, 'False')
      herd.nodes.set(name, withEvictingTaint(herd.nodes.get(name) as Node, now))
    }
    expect(herd.look().isAllDisrupted).toBe(true)
    expect(herd.given).toEqual([])
  })

  it('leaves machines out of the count that are to be left out', () => {
    const excluded = { labels: { 'node.kubernetes.io/exclude-disruption': '' } }
    const herd = new Herd({ ...many(2), ...many(1, excluded, 'x') })
    herd.look()
    herd.alive.delete('n0')
    herd.alive.delete('n1')
    expect(herd.looks(20)?.isAllDisrupted).toBe(true)
    expect(herd.given).toEqual([])
  })
})

describe('whatever machines do', () => {
  const anySteps = fc.array(
    fc.record({
      dying: fc.subarray([0, 1, 2, 3, 4, 5]),
      reviving: fc.subarray([0, 1, 2, 3, 4, 5]),
      looks: fc.integer({ min: 1, max: 15 }),
    }),
    { maxLength: 8 },
  )
  const members = { ...many(3, { zone: 'a' }), n3: { zone: 'b' }, n4: { zone: 'b' }, n5: { zone: 'b' } }

  it('nobody is given up who lives, nobody when all are lost, no zone faster than it may', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const herd = new Herd(members)
        herd.look()
        for (const { dying, reviving, looks } of steps) {
          for (const index of dying) herd.alive.delete(`n${index}`)
          for (const index of reviving) herd.alive.add(`n${index}`)
          for (let look = 0; look < looks; look += 1) {
            const before = new Set(herd.given)
            const sight = herd.look()
            const added = herd.given.filter((name) => !before.has(name))
            expect(herd.given.filter((name) => herd.alive.has(name))).toEqual([])
            if (sight.isAllDisrupted) expect(herd.given).toEqual([])
            expect(added.length).toBeLessThanOrEqual(2)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('all are given up in the end who stay away while others live, and nothing is left to do then', () => {
    const herd = new Herd(members)
    herd.look()
    for (const name of ['n0', 'n3']) herd.alive.delete(name)
    const last = herd.looks(60)
    expect(herd.given).toEqual(['n0', 'n3'])
    expect(planNodeMonitor(world(last ?? nothing)).operations).toEqual([])
  })
})
