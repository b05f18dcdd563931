import { describe, expect, it } from 'vitest'
import { linkNames } from '../../../src/agent/network/link-names.ts'
import {
  bridgeLines,
  connectLines,
  type FoundLinks,
  insideLines,
  removeLines,
} from '../../../src/agent/network/namespace-plan.ts'
import { type Ipv4Range, parseIpv4Range } from '../../../src/model/ipv4.ts'

const names = linkNames('/data/nodes/box')
const subnet = parseIpv4Range('10.244.7.0/24') as Ipv4Range
const bridge = names.bridge
const link = names.linkOf('u')
const namespace = names.namespaceOf('u')

const found = (links: string[], namespaces: string[] = []): FoundLinks => ({
  links: new Set(links),
  namespaces: new Set(namespaces),
})

const add = `netns add ${namespace}`
const join = `link add dev ${link} type veth peer name eth0 netns ${namespace}`
const rest = [`link set dev ${link} master ${bridge} up`, `netns exec ${namespace} ip -batch p/inside`]

describe('the lines that connect a pod', () => {
  it.each([
    ['make all where there is nothing', found([]), undefined, [add, join, ...rest]],
    ['complete a namespace without an interface', found([], [namespace]), undefined, [join, ...rest]],
    ['only confirm what is there', found([link], [namespace]), undefined, rest],
    [
      'make an interface anew whose namespace is lost',
      found([link]),
      undefined,
      [`link delete dev ${link}`, add, join, ...rest],
    ],
    [
      'give a namespace its name again in which a process lives',
      found([link]),
      42,
      [`netns attach ${namespace} 42`, ...rest],
    ],
    ['give it an interface too when it has none', found([]), 42, [`netns attach ${namespace} 42`, join, ...rest]],
    ['need no process where the name is there', found([link], [namespace]), 42, rest],
  ])('%s', (_, there, pid, lines) => {
    expect(connectLines(names, { uid: 'u', insideFile: 'p/inside', pid }, there)).toEqual(lines)
  })

  it('give the pod its address and a way out on the inside', () => {
    expect(insideLines('10.244.7.9', subnet)).toEqual([
      'link set dev lo up',
      'address replace 10.244.7.9/24 dev eth0',
      'link set dev eth0 up',
      'route replace default via 10.244.7.1',
    ])
  })
})

describe('the lines for the bridge', () => {
  const rest = [`address replace 10.244.7.1/24 dev ${bridge}`, `link set dev ${bridge} up`]
  it.each([
    ['make it', found([]), [`link add dev ${bridge} address 0a:58:0a:f4:07:00 type bridge`, ...rest]],
    ['confirm it', found([bridge]), rest],
  ])('%s', (_, there, lines) => {
    expect(bridgeLines(names, subnet, there)).toEqual(lines)
  })
})

describe('the lines that remove', () => {
  it.each([
    ['do nothing where there is nothing', [], [], []],
    [
      'remove interfaces as one group',
      ['a', 'b'],
      [],
      [
        `link set dev a group ${names.group}`,
        `link set dev b group ${names.group}`,
        `link delete group ${names.group}`,
      ],
    ],
    ['remove namespaces by name', [], ['n'], ['netns delete n']],
  ])('%s', (_, links, namespaces, lines) => {
    expect(removeLines(names, { links, namespaces })).toEqual(lines)
  })
})

describe('the names of an agent', () => {
  it('are the same each time, within the limits of the kernel, and no other agent has them', () => {
    const other = linkNames('/data/nodes/box2')
    expect(linkNames('/data/nodes/box').linkOf('u')).toBe(link)
    for (const name of [bridge, link]) expect(name).toMatch(/^[a-z0-9-]{1,15}$/)
    expect(new Set([bridge, link, other.bridge, other.linkOf('u')]).size).toBe(4)
    expect(other.isLink(link)).toBe(false)
    expect(names.isLink(link)).toBe(true)
    expect(names.isLink(bridge)).toBe(false)
    expect(names.uidOf(namespace)).toBe('u')
    expect(other.uidOf(namespace)).toBeUndefined()
    expect(names.group).toBeLessThan(2 ** 31)
  })
})
