import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withConditionTaints, withEvictingTaint, withoutEvictingTaints } from '../../src/control/node-taints.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import { describeConformance } from '../support/conformance.ts'
import { clusterObjectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number]

/** Taints are written KEY:EFFECT; of Kubernetes' own only the last part of the key. */
const parse = (text: string): Taint => {
  const [key = '', effect] = text.split(':')
  return { key: key.includes('/') ? key : `node.kubernetes.io/${key}`, effect: effect as Taint['effect'] }
}
const print = ({ key, effect }: Taint) => `${key.replace('node.kubernetes.io/', '')}:${effect}`
const node = (conditions: Readonly<Record<string, string>>, taints: readonly string[] = [], spec: object = {}): Node =>
  clusterObjectNamed('Node', 'n1', {
    spec: { ...spec, ...(taints.length === 0 ? {} : { taints: taints.map(parse) }) },
    status: { conditions: Object.entries(conditions).map(([type, status]) => ({ type, status })) },
  })
const taintsOf = ({ spec }: Node) => (spec?.taints ?? []).map(print)
const cordoned = { unschedulable: true }

describe('the taints that follow from conditions', () => {
  it.each<[string, Node, string[]]>([
    ['none of a machine that is ready', node({ Ready: 'True', MemoryPressure: 'False' }), []],
    ['none of one that has told nothing', node({}), []],
    ['not-ready of one that says so', node({ Ready: 'False' }), ['not-ready:NoSchedule']],
    ['unreachable of one of which nothing is heard', node({ Ready: 'Unknown' }), ['unreachable:NoSchedule']],
    ['memory-pressure', node({ Ready: 'True', MemoryPressure: 'True' }), ['memory-pressure:NoSchedule']],
    ['disk-pressure', node({ DiskPressure: 'True' }), ['disk-pressure:NoSchedule']],
    ['pid-pressure', node({ PIDPressure: 'True' }), ['pid-pressure:NoSchedule']],
    ['network-unavailable', node({ NetworkUnavailable: 'True' }), ['network-unavailable:NoSchedule']],
    ['none of pressures that are unknown', node({ MemoryPressure: 'Unknown', DiskPressure: 'Unknown' }), []],
    ['unschedulable of one that is cordoned', node({ Ready: 'True' }, [], cordoned), ['unschedulable:NoSchedule']],
    [
      'all of them together',
      node({ Ready: 'False', DiskPressure: 'True' }, [], cordoned),
      ['not-ready:NoSchedule', 'disk-pressure:NoSchedule', 'unschedulable:NoSchedule'],
    ],
    [
      'those of a machine that has recovered go',
      node({ Ready: 'True' }, [
        'not-ready:NoSchedule',
        'unreachable:NoSchedule',
        'unschedulable:NoSchedule',
        'disk-pressure:NoSchedule',
        'not-ready:NoExecute',
        'unreachable:NoExecute',
      ]),
      [],
    ],
    [
      'unreachable becomes not-ready, also where it evicts',
      node({ Ready: 'False' }, ['unreachable:NoSchedule', 'unreachable:NoExecute']),
      ['not-ready:NoSchedule', 'not-ready:NoExecute'],
    ],
    [
      'not-ready becomes unreachable, also where it evicts',
      node({ Ready: 'Unknown' }, ['not-ready:NoExecute']),
      ['unreachable:NoSchedule', 'unreachable:NoExecute'],
    ],
    ['what evicts is not decided while nothing is known', node({}, ['not-ready:NoExecute']), ['not-ready:NoExecute']],
    [
      'those of others stay, in their places',
      node({ Ready: 'False' }, [
        'example.com/a:NoExecute',
        'unschedulable:NoExecute',
        'memory-pressure:NoSchedule',
        'not-ready:PreferNoSchedule',
        'example.com/b:NoSchedule',
      ]),
      [
        'example.com/a:NoExecute',
        'unschedulable:NoExecute',
        'not-ready:PreferNoSchedule',
        'example.com/b:NoSchedule',
        'not-ready:NoSchedule',
      ],
    ],
  ])('%s', (_, given, expected) => {
    expect(taintsOf(withConditionTaints(given, now))).toEqual(expected)
  })

  it('are the same object when nothing is to be done, and tell since when they are there', () => {
    const once = withConditionTaints(node({ Ready: 'Unknown' }), now)
    expect(once.spec?.taints).toEqual([
      { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule', timeAdded: '2026-03-01T00:00:00Z' },
    ])
    expect(withConditionTaints(once, now + 60_000)).toBe(once)
    const plain = node({ Ready: 'True' })
    expect(withConditionTaints(plain, now)).toBe(plain)
  })
})

describe('the taint that evicts', () => {
  it.each<[string, Node, string[]]>([
    ['is not-ready', node({ Ready: 'False' }), ['not-ready:NoExecute']],
    ['is unreachable', node({ Ready: 'Unknown' }), ['unreachable:NoExecute']],
    ['is not given to one that is ready', node({ Ready: 'True' }), []],
    ['is not given to one of which nothing is known', node({}), []],
    ['is not given twice', node({ Ready: 'Unknown' }, ['unreachable:NoExecute']), ['unreachable:NoExecute']],
  ])('%s', (_, given, expected) => {
    expect(taintsOf(withEvictingTaint(given, now))).toEqual(expected)
  })

  it('goes without touching others', () => {
    const given = node({ Ready: 'Unknown' }, ['unreachable:NoSchedule', 'unreachable:NoExecute', 'x/y:NoExecute'])
    expect(taintsOf(withoutEvictingTaints(given))).toEqual(['unreachable:NoSchedule', 'x/y:NoExecute'])
    const none = node({ Ready: 'Unknown' })
    expect(withoutEvictingTaints(none)).toBe(none)
  })
})

describe('whatever the conditions and taints are', () => {
  const keys = ['not-ready', 'unreachable', 'memory-pressure', 'unschedulable', 'example.com/own']
  const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
  const anyTaints = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...effects)).map((pair) => pair.join(':')),
  )
  const anyConditions = fc.dictionary(
    fc.constantFrom('Ready', 'MemoryPressure', 'NetworkUnavailable'),
    fc.constantFrom('True', 'False', 'Unknown'),
  )
  const anyNode = fc
    .tuple(anyConditions, anyTaints, fc.boolean())
    .map(([conditions, taints, unschedulable]) => node(conditions, taints, { unschedulable }))
  const isForeign = (text: string) =>
    text.includes('example.com') ||
    text.includes('Prefer') ||
    text === 'memory-pressure:NoExecute' ||
    text === 'unschedulable:NoExecute'

  it('a second pass does nothing, and the taints of others stay as they were', () => {
    fc.assert(
      fc.property(anyNode, (given) => {
        const once = withConditionTaints(given, now)
        expect(withConditionTaints(once, now + 1_000)).toBe(once)
        expect(taintsOf(once).filter(isForeign)).toEqual(taintsOf(given).filter(isForeign))
      }),
    )
  })
})

describeConformance<{ readonly nodeTaints: Readonly<Record<string, string>> }>('10-facts.json', ({ nodeTaints }) => {
  it.each(Object.entries(nodeTaints))('%s gives a node the taint %s', (cause, taint) => {
    const [condition = '', status = 'True'] = cause.split('=')
    const tainted = cause === 'spec.unschedulable' ? node({}, [], cordoned) : node({ [condition]: status })
    const decide = taint.endsWith(':NoExecute') ? withEvictingTaint : withConditionTaints
    expect(decide(tainted, now).spec?.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([taint])
  })
})
