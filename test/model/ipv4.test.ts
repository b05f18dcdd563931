import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ipv4Text,
  parseIpv4,
  parseIpv4Range,
  rangeAround,
  rangeContains,
  rangesOverlap,
  rangeText,
} from '../../src/model/ipv4.ts'

describe('an IPv4 address', () => {
  it.each([
    ['0.0.0.0', 0],
    ['10.244.0.1', 183_762_945],
    ['255.255.255.255', 2 ** 32 - 1],
    ['10.0.0', undefined],
    ['10.0.0.0.0', undefined],
    ['10.0.0.256', undefined],
    ['10.0.0.01', undefined],
    ['10.0.0.', undefined],
    ['10.0.0.-1', undefined],
    [' 10.0.0.1', undefined],
    ['::1', undefined],
  ])('%s is number %s', (text, number) => {
    expect(parseIpv4(text)).toBe(number)
  })

  it('is printed as it is read', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => parseIpv4(ipv4Text(number)) === number))
  })
})

describe('a range of IPv4 addresses', () => {
  it.each([
    ['10.244.0.0/16', true],
    ['0.0.0.0/0', true],
    ['192.0.2.1/32', true],
    ['10.244.0.1/16', false],
    ['10.244.0.0', false],
    ['10.244.0.0/33', false],
    ['10.244.0.0/-1', false],
    ['10.244.0.0/', false],
    ['fd00::/8', false],
    ['', false],
  ])('%s: %s', (text, isRange) => {
    const range = parseIpv4Range(text)
    expect(range !== undefined).toBe(isRange)
    if (range !== undefined) expect(rangeText(range)).toBe(text)
  })

  it('overlaps another one where one of them contains the first address of the other', () => {
    const range = fc
      .record({ address: fc.integer({ min: 0, max: 4095 }), bits: fc.integer({ min: 22, max: 32 }) })
      .map(({ address, bits }) => rangeAround(address, bits))
    fc.assert(
      fc.property(range, range, (one, other) => {
        const addresses = Array.from({ length: 4096 }, (_, index) => index)
        const common = addresses.some((address) => rangeContains(one, address) && rangeContains(other, address))
        expect(rangesOverlap(one, other)).toBe(common)
      }),
    )
  })
})
