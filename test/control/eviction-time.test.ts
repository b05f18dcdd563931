import { describe, expect, it } from 'vitest'
import { EvictionBook } from '../../src/control/eviction-book.ts'
import { evictionTimeOf } from '../../src/control/eviction-time.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Taint, Toleration } from '../../src/model/taint.ts'
import { clusterObjectNamed, objectNamed } from '../support/objects.ts'

const taint = (key: string): Taint => ({ key, effect: 'NoExecute' })
const seen = (key: string, seenAt = 0) => ({ taint: taint(key), seenAt })
const toleration = (key: string, tolerationSeconds?: number): Toleration => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
})

describe('the time of an eviction', () => {
  it.each<[string, Toleration[] | undefined, ReturnType<typeof seen>[], number, number | undefined]>([
    ['there is none without a taint', [], [], 0, undefined],
    ['is at once for a taint that is not tolerated', [], [seen('a', 3)], 5, 5],
    ['is at once without any tolerations', undefined, [seen('a', 3)], 5, 5],
    ['is at once when one of two taints is not tolerated', [toleration('a')], [seen('a'), seen('b')], 7, 7],
    ['there is none for what is tolerated for ever', [toleration('a')], [seen('a')], 0, undefined],
    ['is at once for no seconds', [toleration('a', 0)], [seen('a')], 0, 0],
    ['is at once for less than no seconds', [toleration('a', -5)], [seen('a')], 0, 0],
    ['is after the seconds, from when the taint was seen', [toleration('a', 5)], [seen('a', 1_000)], 0, 6_000],
    ['is after the seconds, from when the pod came', [toleration('a', 5)], [seen('a', 1_000)], 2_000, 7_000],
    ['is the earlier one of two', [toleration('a', 60), toleration('b', 5)], [seen('a'), seen('b', 9_000)], 0, 14_000],
    ['is by the first toleration that fits', [toleration('a', 5), toleration('a', 60)], [seen('a')], 0, 5_000],
    ['is by those that are used alone', [toleration('x', 1), toleration('a', 60)], [seen('a')], 0, 60_000],
  ])('%s', (_, tolerations, taints, podSeenAt, expected) => {
    expect(evictionTimeOf(tolerations, taints, podSeenAt)).toBe(expected)
  })
})

describe('the book of evictions', () => {
  const unreachable = 'node.kubernetes.io/unreachable'
  const notReady = 'node.kubernetes.io/not-ready'
  const node = (...keys: readonly string[]): Node =>
    clusterObjectNamed('Node', 'n1', { spec: { taints: keys.map(taint) } })
  const pod = (...tolerations: readonly Toleration[]): Pod =>
    objectNamed('Pod', 'a', { spec: { nodeName: 'n1', containers: [], tolerations } })
  const patient = pod(toleration(unreachable, 300), toleration(notReady, 300), toleration('own', 10))
  const open = () => {
    const book = new EvictionBook()
    return (watchedAt: number, one: Node | undefined, pods: readonly Pod[] = [patient]) => {
      const { due, reprieved, nextInMs } = book.look({ name: 'n1', node: one, pods, watchedAt })
      return [due.length, reprieved.length, nextInMs]
    }
  }

  it('counts from when the taint was first seen, however often it looks', () => {
    const look = open()
    expect(look(1_000, node(unreachable))).toEqual([0, 0, 300_000])
    expect(look(101_000, node(unreachable))).toEqual([0, 0, 200_000])
    expect(look(301_000, node(unreachable))).toEqual([1, 0, undefined])
  })

  it('counts on when unreachable becomes not ready', () => {
    const look = open()
    look(0, node(unreachable))
    expect(look(100_000, node(notReady))).toEqual([0, 0, 200_000])
  })

  it('counts each taint for itself', () => {
    const look = open()
    look(0, node(unreachable))
    expect(look(100_000, node(unreachable, 'own'))).toEqual([0, 0, 10_000])
    expect(look(105_000, node(unreachable))).toEqual([0, 0, 195_000])
  })

  it('takes back what it has told when the taint goes, once, and begins anew when it comes again', () => {
    const look = open()
    look(0, node(unreachable))
    expect(look(100_000, node())).toEqual([0, 1, undefined])
    expect(look(100_000, node())).toEqual([0, 0, undefined])
    expect(look(200_000, node(unreachable))).toEqual([0, 0, 300_000])
  })

  it('takes nothing back when the machine goes, and looks away from pods that are being deleted', () => {
    const look = open()
    look(0, node(unreachable))
    expect(look(1, undefined)).toEqual([0, 0, undefined])
    const leaving = { ...pod(), metadata: { ...patient.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }
    expect(look(2, node(unreachable), [leaving])).toEqual([0, 0, undefined])
  })
})
