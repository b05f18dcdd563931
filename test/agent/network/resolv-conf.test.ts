import { describe, expect, it } from 'vitest'
import {
  parseResolvConf,
  podResolvConf,
  type ResolvConf,
  resolvConfText,
} from '../../../src/agent/network/resolv-conf.ts'
import { pod } from '../support/pod.ts'

const machine = `# by hand
; or not
nameserver 192.0.2.1
nameserver 192.0.2.2 # a comment
search old.example
search corp.example. lab.example .
options timeout:1 attempts:3
options rotate timeout:2
`

function text(spec: Record<string, unknown>, base = machine): string {
  return resolvConfText(podResolvConf(pod('p', spec).spec, parseResolvConf(base)))
}

const own = [
  'search corp.example lab.example .',
  'nameserver 192.0.2.1',
  'nameserver 192.0.2.2',
  'options timeout:2 attempts:3 rotate',
  '',
].join('\n')

describe("a pod's resolv.conf", () => {
  it.each([
    ["is the machine's with the policy Default", { dnsPolicy: 'Default' }, own],
    ["is the machine's with ClusterFirst, as there is no cluster DNS", { dnsPolicy: 'ClusterFirst' }, own],
    ["is the machine's with ClusterFirstWithHostNet", { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, own],
    [
      'is what the pod says with None',
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['192.0.2.9'],
          searches: ['x.example'],
          options: [{ name: 'ndots', value: '5' }, { name: 'rotate' }],
        },
      },
      'search x.example\nnameserver 192.0.2.9\noptions ndots:5 rotate\n',
    ],
    [
      'has only what there is',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.9'] } },
      'nameserver 192.0.2.9\n',
    ],
    [
      'has what the pod adds after what the machine has, and nothing twice',
      {
        dnsPolicy: 'Default',
        dnsConfig: { nameservers: ['192.0.2.2', '192.0.2.3', '192.0.2.4'], searches: ['lab.example', 'y.example'] },
      },
      'search corp.example lab.example . y.example\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\noptions timeout:2 attempts:3 rotate\n',
    ],
    [
      "has the pod's value of an option that both have, and not one without a name",
      {
        dnsPolicy: 'Default',
        dnsConfig: { options: [{ name: 'attempts', value: '1' }, { name: 'rotate', value: '' }, { value: '7' }] },
      },
      own.replace('attempts:3', 'attempts:1'),
    ],
  ])('%s', (_, spec, expected) => {
    expect(text(spec)).toBe(expected)
  })

  it('searches at most 32 domains in at most 2048 characters, each of at most 253', () => {
    const searches = (names: readonly string[]): readonly string[] =>
      podResolvConf(pod('p', { dnsPolicy: 'None', dnsConfig: { searches: names } }).spec, parseResolvConf('')).searches
    const many = Array.from({ length: 40 }, (_, index) => `d${index}.example`)
    expect(searches(many)).toEqual(many.slice(0, 32))
    const long = Array.from({ length: 12 }, (_, index) => `${index}${'x'.repeat(200)}`)
    expect(searches(long)).toEqual(long.slice(0, 10))
    expect(searches(['a.example', 'x'.repeat(254), 'b.example'])).toEqual(['a.example', 'b.example'])
  })

  it('is read as it is printed', () => {
    const conf: ResolvConf = {
      nameservers: ['192.0.2.1', '2001:db8::1'],
      searches: ['a', 'b'],
      options: ['ndots:5', 'rotate'],
    }
    expect(parseResolvConf(resolvConfText(conf))).toEqual(conf)
    expect(resolvConfText(parseResolvConf(''))).toBe('')
  })
})
