import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultNodeMonitorSettings as rates } from '../../src/control/node-monitor.ts'
import { type Allowance, draw, evictionRateOf, refill, zoneOf, zoneStateOf } from '../../src/control/zone.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import { clusterObjectNamed } from '../support/objects.ts'

it.each([
  ['no labels', undefined, ''],
  ['other labels', { a: 'b' }, ''],
  ['both labels', { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': 'z' }, 'r:\u0000:z'],
  ['the zone alone', { 'topology.kubernetes.io/zone': 'z' }, ':\u0000:z'],
  ['the region alone', { 'topology.kubernetes.io/region': 'r' }, 'r:\u0000:'],
  [
    'the older names',
    { 'failure-domain.beta.kubernetes.io/region': 'r', 'failure-domain.beta.kubernetes.io/zone': 'z' },
    'r:\u0000:z',
  ],
  [
    'both names: the newer one',
    { 'topology.kubernetes.io/zone': 'new', 'failure-domain.beta.kubernetes.io/zone': 'old' },
    ':\u0000:new',
  ],
])('the zone of a machine with %s', (_, labels, zone) => {
  const metadata = labels === undefined ? {} : { labels: labels as Record<string, string> }
  expect(zoneOf(clusterObjectNamed<Node>('Node', 'n', { metadata }))).toBe(zone)
})

describe('the state of a zone', () => {
  it.each([
    [0, 0, 'Normal'],
    [1, 1, 'Normal'],
    [1, 0, 'FullDisruption'],
    [2, 0, 'FullDisruption'],
    [3, 1, 'Normal'],
    [4, 1, 'PartialDisruption'],
    [5, 2, 'PartialDisruption'],
    [6, 3, 'Normal'],
    [100, 45, 'PartialDisruption'],
    [100, 46, 'Normal'],
  ])('of %i machines with %i ready is %s', (size, ready, state) => {
    expect(zoneStateOf(size, ready, rates)).toBe(state)
  })

  it.each([
    ['Normal', 3, 0.1],
    ['Normal', 500, 0.1],
    ['FullDisruption', 3, 0.1],
    ['PartialDisruption', 50, 0],
    ['PartialDisruption', 51, 0.01],
  ] as const)('%s with %i machines gives up %d a second', (state, size, rate) => {
    expect(evictionRateOf(state, size, rates)).toBe(rate)
  })
})

describe('an allowance', () => {
  it('begins with one machine and does not grow while nobody waits', () => {
    const begun = refill(undefined, 0.1, 5_000)
    expect(draw(begun, 0).drawn).toBe(0)
    expect(draw(refill(draw(begun, 0).left, 0.1, 3_600_000), 9).drawn).toBe(1)
  })

  it.each([
    ['a tenth a second', 0.1, 5_000, [1, 0, 1, 0, 1, 0, 1]],
    ['two a second, looked at every five', 2, 5_000, [1, 10, 10, 10, 10, 10, 10]],
    ['none', 0, 5_000, [0, 0, 0, 0, 0, 0, 0]],
  ])('of %s', (_, rate, passedMs, expected) => {
    const drawn: number[] = []
    let allowance: Allowance | undefined
    for (let look = 0; look < expected.length; look += 1) {
      const drawing = draw(refill(allowance, rate, passedMs), 1_000)
      drawn.push(drawing.drawn)
      allowance = drawing.left
    }
    expect(drawn).toEqual(expected)
  })

  it('of another rate keeps one machine at most', () => {
    expect(refill({ rate: 2, count: 9, isAwaited: true }, 0.1, 5_000).count).toBe(1)
    expect(refill({ rate: 2, count: 0.9, isAwaited: true }, 0.1, 5_000).count).toBe(0)
  })

  it('never lets more go than one and the rate allow', () => {
    const looks = fc.array(fc.record({ passedMs: fc.nat(20_000), waiting: fc.nat(20) }), { maxLength: 50 })
    fc.assert(
      fc.property(looks, fc.constantFrom(0, 0.01, 0.1, 1, 3), (steps, rate) => {
        let allowance: Allowance | undefined
        let drawn = 0
        let seconds = 0
        for (const { passedMs, waiting } of steps) {
          const drawing = draw(refill(allowance, rate, passedMs), waiting)
          allowance = drawing.left
          drawn += drawing.drawn
          seconds += passedMs / 1_000
          expect(drawn).toBeLessThanOrEqual(1 + rate * seconds + 1e-6)
        }
      }),
    )
  })
})
