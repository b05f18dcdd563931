import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AddressPool,
  chooseSubnet,
  gatewayOf,
  isLoopbackPodAddress,
  isPodAddress,
  loopbackRange,
} from '../../../src/agent/network/address-pool.ts'
import {
  type Ipv4Range,
  ipv4Text,
  parseIpv4,
  parseIpv4Range,
  rangeContains,
  rangesOverlap,
  rangeText,
} from '../../../src/model/ipv4.ts'

const range = (text: string): Ipv4Range => parseIpv4Range(text) as Ipv4Range
const number = (text: string): number => parseIpv4(text) as number

function subnetPool(text: string, seed = 'a'): AddressPool {
  const subnet = range(text)
  return new AddressPool({ range: subnet, isUsable: (address) => isPodAddress(subnet, address), seed })
}

function loopbackPool(seed = 'a'): AddressPool {
  return new AddressPool({ range: loopbackRange, isUsable: isLoopbackPodAddress, seed })
}

describe('an address pool', () => {
  it('gives the same pod the same address, and another pod another one', () => {
    const pool = loopbackPool()
    expect(pool.claim('one')).toBe(pool.claim('one'))
    expect(pool.claim('one')).toBe(loopbackPool().claim('one'))
    expect(pool.claim('two')).not.toBe(pool.claim('one'))
  })

  it('begins elsewhere for another agent', () => {
    expect(loopbackPool('b').claim('one')).not.toBe(loopbackPool('a').claim('one'))
  })

  it.each([
    ['gives the address that is wanted', '10.0.0.7', '10.0.0.7'],
    ['does not give that of the bridge', '10.0.0.1', undefined],
    ['does not give that of the subnet', '10.0.0.0', undefined],
    ['does not give that for all of the subnet', '10.0.0.255', undefined],
    ['does not give one of elsewhere', '10.0.1.7', undefined],
    ['does not give what is no address', 'nonsense', undefined],
  ])('%s', (_, wanted, given) => {
    const address = subnetPool('10.0.0.0/24').claim('one', wanted)
    if (given === undefined) expect(address).not.toBe(wanted)
    else expect(address).toBe(given)
  })

  it('does not give what another pod has, even if it is wanted', () => {
    const pool = subnetPool('10.0.0.0/24')
    expect(pool.claim('two', pool.claim('one'))).not.toBe(pool.claim('one'))
  })

  it('says so when all are taken, and gives again what is released', () => {
    const pool = subnetPool('10.0.0.0/29')
    const given = Array.from({ length: 5 }, (_, index) => pool.claim(`pod ${index}`))
    expect(new Set(given)).toEqual(new Set(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']))
    expect(() => pool.claim('one more')).toThrow('all addresses of 10.0.0.0/29 are taken by pods')
    pool.release('pod 3')
    expect(pool.claim('one more')).toBe(given[3])
  })

  it('never gives an address twice, nor one that may not be used, whatever comes and goes', () => {
    const step = fc.record({
      uid: fc.integer({ min: 0, max: 12 }).map(String),
      claims: fc.boolean(),
      wanted: fc.option(fc.integer({ min: 0, max: 20 })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pool = subnetPool('10.0.0.0/28')
        const has = new Map<string, string>()
        for (const { uid, claims, wanted } of steps) {
          if (!claims) {
            pool.release(uid)
            has.delete(uid)
            continue
          }
          const address = pool.claim(uid, wanted === null ? undefined : ipv4Text(number('10.0.0.0') + wanted))
          expect(isPodAddress(range('10.0.0.0/28'), number(address))).toBe(true)
          expect(has.get(uid) ?? address).toBe(address)
          has.set(uid, address)
          expect(new Set(has.values()).size).toBe(has.size)
        }
      }),
    )
  })
})

describe('a loopback address for a pod', () => {
  it.each([
    ['127.0.0.1', false],
    ['127.0.0.53', false],
    ['127.0.1.1', false],
    ['127.1.0.0', false],
    ['127.1.0.1', true],
    ['127.255.255.255', false],
    ['127.200.3.254', true],
  ])('%s: %s', (address, isUsable) => {
    expect(isLoopbackPodAddress(number(address))).toBe(isUsable)
  })
})

describe('the subnet of an agent', () => {
  it.each([
    ['is a /24 of a greater range', '10.244.0.0/16', [], /^10\.244\.\d+\.0\/24$/],
    ['is all of a smaller range', '10.9.8.64/26', [], /^10\.9\.8\.64\/26$/],
    ['is the one that is left', '10.0.0.0/23', ['10.0.0.0/24'], /^10\.0\.1\.0\/24$/],
    ['leaves out what is used in part', '10.0.0.0/23', ['10.0.1.128/25'], /^10\.0\.0\.0\/24$/],
    ['is none where a greater network holds all', '10.0.0.0/23', ['10.0.0.0/8'], /^none$/],
  ])('%s', (_, pods, used, expected) => {
    const subnet = chooseSubnet(range(pods), 'node', used.map(range))
    expect(subnet === undefined ? 'none' : rangeText(subnet)).toMatch(expected)
  })

  it('is free and inside of the range, and the same each time', () => {
    const subnet = fc.record({
      address: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
      bits: fc.integer({ min: 18, max: 28 }),
    })
    fc.assert(
      fc.property(fc.array(subnet, { maxLength: 20 }), fc.string(), (list, seed) => {
        const used = list.map(({ address, bits }) => ({
          first: number('10.244.0.0') + address - (address % 2 ** (32 - bits)),
          bits,
        }))
        const chosen = chooseSubnet(range('10.244.0.0/16'), seed, used)
        expect(chooseSubnet(range('10.244.0.0/16'), seed, used)).toEqual(chosen)
        if (chosen === undefined) return
        expect(used.some((one) => rangesOverlap(one, chosen))).toBe(false)
        expect(rangeContains(range('10.244.0.0/16'), chosen.first)).toBe(true)
        expect(rangeContains(chosen, gatewayOf(chosen))).toBe(true)
      }),
    )
  })
})
