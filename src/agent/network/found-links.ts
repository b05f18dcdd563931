import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { type Ipv4Range, parseIpv4, rangeAround } from '../../model/ipv4.ts'
import { ifPresent } from '../if-present.ts'
import type { LinkNames } from './link-names.ts'
import type { FoundLinks } from './namespace-plan.ts'

/** Where ip-netns(8) keeps the names of network namespaces. */
const namespaceFolder = '/run/netns'

/** The file by which a network namespace is entered. */
export function namespaceFile(namespace: string): string {
  return join(namespaceFolder, namespace)
}

/** What there is of an agent's network. A name that stands for no namespace, as a crash leaves it, is removed. */
export function findLinks(names: LinkNames): FoundLinks {
  const links = linksOfMachine().filter((link) => link === names.bridge || names.isLink(link))
  const namespaces = ifPresent(() => readdirSync(namespaceFolder), []).filter(
    (namespace) => names.uidOf(namespace) !== undefined && isNamespace(namespace),
  )
  return { links: new Set(links), namespaces: new Set(namespaces) }
}

/** The names of all interfaces in the network namespace of this process. */
function linksOfMachine(): string[] {
  const lines = ifPresent(() => readFileSync('/proc/self/net/dev', 'utf8'), '').split('\n')
  return lines.flatMap((line) => /^\s*([^\s:]+):/.exec(line)?.[1] ?? [])
}

/** The subnets that the machine has interfaces or routes in, without the default route. */
export function usedRanges(): { readonly link: string; readonly range: Ipv4Range }[] {
  const addresses = Object.entries(networkInterfaces()).flatMap(([link, list]) =>
    (list ?? []).flatMap(({ cidr }) => {
      const [address = '', bits = ''] = cidr?.split('/') ?? []
      const number = parseIpv4(address)
      return number === undefined ? [] : [{ link, range: rangeAround(number, Number(bits)) }]
    }),
  )
  return [...addresses, ...parseRoutes(ifPresent(() => readFileSync('/proc/self/net/route', 'utf8'), ''))]
}

/** Reads /proc/net/route, in which addresses are hexadecimal with their bytes in the order of the machine. */
export function parseRoutes(text: string): { readonly link: string; readonly range: Ipv4Range }[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [link, destination, , , , , , mask] = line.trim().split(/\s+/)
      if (link === undefined || destination === undefined || mask === undefined || mask === '00000000') return []
      const bits = fromHex(mask).toString(2).replaceAll('0', '').length
      return [{ link, range: rangeAround(fromHex(destination), bits) }]
    })
}

function fromHex(littleEndian: string): number {
  return Buffer.from(littleEndian, 'hex').readUInt32LE()
}

/** Whether a process has another network namespace than this one. */
export function isInOwnNamespace(pid: number): boolean {
  const own = readlinkSync('/proc/self/ns/net')
  return ifPresent(() => readlinkSync(`/proc/${pid}/ns/net`), own) !== own
}

/** A namespace is mounted over its name; a file that is only a file has been left by a crash in between. */
function isNamespace(name: string): boolean {
  const file = namespaceFile(name)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return false
  const isMounted = found.dev !== statSync(namespaceFolder).dev
  if (!isMounted && found.isFile()) rmSync(file, { force: true })
  return isMounted
}
