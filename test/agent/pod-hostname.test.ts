import { describe, expect, it } from 'vitest'
import { kernelHostname, podHostname } from '../../src/agent/pod-hostname.ts'
import { describeConformance } from '../support/conformance.ts'
import { pod } from './support/pod.ts'

it.each([
  ['the name of the pod', {}, 'web', 'web', ''],
  ['spec.hostname', { hostname: 'db' }, 'web', 'db', ''],
  ['in the domain of its subdomain', { hostname: 'db', subdomain: 's' }, 'web', 'db', 's.default.svc.cluster.local'],
  ['cut to 63 characters that end in a letter or digit', {}, `${'a'.repeat(62)}.b`, 'a'.repeat(62), ''],
  ['spec.hostnameOverride as it is', { hostnameOverride: 'a.b', subdomain: 's' }, 'web', 'a.b', ''],
])('the host name is %s', (_sentence, spec, name, hostname, domain) => {
  expect(podHostname(pod(name, spec))).toEqual({ hostname, domain })
})

describe('the name that the kernel tells', () => {
  it.each([
    ['is the host name', { subdomain: 's' }, 'web'],
    [
      'is the full name when that is asked for',
      { subdomain: 's', setHostnameAsFQDN: true },
      'web.s.default.svc.cluster.local',
    ],
    ["is the node's on its network", { hostNetwork: true }, undefined],
  ])('%s', (_sentence, spec, name) => {
    expect(kernelHostname(pod('web', spec))).toBe(name)
  })

  it('cannot be longer than 64 characters', () => {
    const subject = pod('web', { subdomain: 's'.repeat(40), setHostnameAsFQDN: true })
    expect(() => kernelHostname(subject)).toThrow('is too long (64 characters is the max, 70 characters requested)')
  })
})

interface Row {
  readonly case: string
  readonly input: string
  readonly output: string
}
describeConformance<{ readonly tables: { readonly truncateHostname: readonly Row[] } }>(
  '05k-pod-lifecycle.json',
  ({ tables }) => {
    it.each(tables.truncateHostname)('truncateHostname: $case', ({ input, output }) => {
      expect(podHostname(pod('p', { hostname: input })).hostname).toBe(output)
    })
  },
)
