import { describe, expect, it } from 'vitest'
import { parseEvictionThresholds } from '../../src/model/eviction-threshold.ts'

describe('eviction thresholds', () => {
  it.each([
    ['memory.available<100Mi', [['memory.available', { amount: 104_857_600 }]]],
    [
      'nodefs.available<10%, nodefs.inodesFree<0.5%',
      [
        ['nodefs.available', { part: 0.1 }],
        ['nodefs.inodesFree', { part: 0.005 }],
      ],
    ],
    ['pid.available<1k', [['pid.available', { amount: 1_000 }]]],
    ['', []],
  ])('"%s" are read', (text, thresholds) => {
    expect([...(parseEvictionThresholds(text) ?? [['none']])]).toEqual(thresholds)
  })

  it.each([
    'memory',
    'memory.available',
    'memory.available<',
    'memory.available>1Gi',
    'memory.available<-1',
    'nodefs.available<101%',
    'cpu.available<1',
    'memory.available<1<2',
    'pid.available<1,pid.available<2',
  ])('"%s" are none', (text) => {
    expect(parseEvictionThresholds(text)).toBeNull()
  })
})
