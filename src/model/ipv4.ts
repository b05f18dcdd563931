/** A range of IPv4 addresses: its first address as a number, and how many leading bits all of them share. */
export interface Ipv4Range {
  readonly first: number
  readonly bits: number
}

/** The number of an IPv4 address in dotted decimal; undefined when the text is none. Leading zeros are refused (RFC 6943, 3.1.1). */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.')
  const isAddress = octets.length === 4 && octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && +octet <= 255)
  return isAddress ? octets.reduce((number, octet) => number * 256 + Number(octet), 0) : undefined
}

/** An address in dotted decimal. */
export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}

/** A range in CIDR notation that begins at its first address, such as `10.244.0.0/16`; undefined when the text is none. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? []
  const first = parseIpv4(address)
  const bits = Number(length)
  if (first === undefined || bits > 32) return undefined
  return first === firstOf(first, bits) ? { first, bits } : undefined
}

/** A range in CIDR notation. */
export function rangeText({ first, bits }: Ipv4Range): string {
  return `${ipv4Text(first)}/${bits}`
}

/** The range of so many leading bits that an address is in. */
export function rangeAround(address: number, bits: number): Ipv4Range {
  return { first: firstOf(address, bits), bits }
}

/** How many addresses a range has. */
export function rangeSize({ bits }: Ipv4Range): number {
  return 2 ** (32 - bits)
}

export function rangeContains(range: Ipv4Range, address: number): boolean {
  return address >= range.first && address < range.first + rangeSize(range)
}

/** Whether two ranges have an address in common. */
export function rangesOverlap(one: Ipv4Range, other: Ipv4Range): boolean {
  return rangeContains(one, other.first) || rangeContains(other, one.first)
}

function firstOf(address: number, bits: number): number {
  return address - (address % 2 ** (32 - bits))
}
