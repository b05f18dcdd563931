import {
  type Ipv4Range,
  ipv4Text,
  parseIpv4,
  rangeAround,
  rangeContains,
  rangeSize,
  rangesOverlap,
  rangeText,
} from '../../model/ipv4.ts'
import { spread } from './link-names.ts'

/** The addresses that pods are given, and where the search for a free one begins. */
export interface AddressPoolOptions {
  readonly range: Ipv4Range
  /** Whether an address of the range may be given away. */
  readonly isUsable: (address: number) => boolean
  /** Something that other agents do not have: they begin their searches elsewhere. */
  readonly seed: string
}

/** Who has which address. The same pod is given the same one, as long as nobody has it. */
export class AddressPool {
  readonly #options: AddressPoolOptions
  readonly #byUid = new Map<string, number>()
  readonly #taken = new Set<number>()

  constructor(options: AddressPoolOptions) {
    this.#options = options
  }

  /** The address of a pod: the one that it has, or else the one that it wants, or else a free one. Throws when none is left. */
  claim(uid: string, wanted?: string): string {
    const address = this.#byUid.get(uid) ?? this.#wanted(wanted) ?? this.#free(uid)
    this.#byUid.set(uid, address)
    this.#taken.add(address)
    return ipv4Text(address)
  }

  release(uid: string): void {
    const address = this.#byUid.get(uid)
    if (address === undefined) return
    this.#byUid.delete(uid)
    this.#taken.delete(address)
  }

  #wanted(text: string | undefined): number | undefined {
    const address = text === undefined ? undefined : parseIpv4(text)
    return address !== undefined && this.#isFree(address) ? address : undefined
  }

  #free(uid: string): number {
    const { range, seed } = this.#options
    const size = rangeSize(range)
    const start = spread(`${seed} ${uid}`, size)
    for (let step = 0; step < size; step += 1) {
      const address = range.first + ((start + step) % size)
      if (this.#isFree(address)) return address
    }
    throw new Error(`all addresses of ${rangeText(range)} are taken by pods`)
  }

  #isFree(address: number): boolean {
    const { range, isUsable } = this.#options
    return rangeContains(range, address) && isUsable(address) && !this.#taken.has(address)
  }
}

/** The first address of a pods' subnet is the bridge's; the ones before and after all others name the subnet as a whole. */
export function isPodAddress(subnet: Ipv4Range, address: number): boolean {
  return address > gatewayOf(subnet) && address < subnet.first + rangeSize(subnet) - 1
}

/** The address by which pods reach their machine, and all beyond. */
export function gatewayOf(subnet: Ipv4Range): number {
  return subnet.first + 1
}

/** 127.0.0.0/8. */
export const loopbackRange: Ipv4Range = { first: 127 * 2 ** 24, bits: 8 }

/** 127.0.0.0/16 is left out, because systems have 127.0.0.1, 127.0.0.53, 127.0.1.1 and others there; and what looks like a network. */
export function isLoopbackPodAddress(address: number): boolean {
  const last = address % 256
  return !rangeContains(rangeAround(loopbackRange.first, 16), address) && last !== 0 && last !== 255
}

/**
 * The /24 out of `pods` that an agent takes, or all of `pods` where that is smaller: the same for the same `seed`, unless
 * some of it is `used` already. Undefined when nothing is free.
 */
export function chooseSubnet(pods: Ipv4Range, seed: string, used: readonly Ipv4Range[]): Ipv4Range | undefined {
  const bits = Math.max(24, pods.bits)
  const count = 2 ** (bits - pods.bits)
  const start = spread(seed, count)
  for (let step = 0; step < count; step += 1) {
    const subnet = { first: pods.first + ((start + step) % count) * 2 ** (32 - bits), bits }
    if (!used.some((range) => rangesOverlap(range, subnet))) return subnet
  }
  return undefined
}
