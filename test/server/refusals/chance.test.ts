import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Server } from '../../../src/server/server.ts'
import { container } from '../../support/manifests.ts'
import { testServers } from '../../support/test-server.ts'
import type { Row } from './row.ts'
import { overHttp } from './transports.ts'

const faults: unknown[] = []
const servers = testServers(faults, afterAll)
const runs = { numRuns: 75 }
let server: Server

beforeAll(async () => {
  server = await servers.start()
})

const labels = { app: 'web' }
const template = { metadata: { labels }, spec: { containers: [container] } }
const objects: readonly object[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels }, spec: { containers: [container], volumes: [] } },
  {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'a' },
    spec: { replicas: 1, selector: labels, template },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'a' },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', labels }, status: { capacity: { cpu: '1' } } },
  { apiVersion: 'v1', kind: 'Event', metadata: { name: 'a' }, involvedObject: { kind: 'Pod', name: 'a' }, reason: 'x' },
]

/** An object of a kind in which something has been replaced by anything. */
const broken = fc
  .tuple(fc.constantFrom(...objects), fc.nat(), fc.jsonValue(), fc.string())
  .map(([object, place, value, key]) => {
    const copy = structuredClone(object)
    const holders: Record<string, unknown>[] = []
    const gather = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return
      holders.push(part as Record<string, unknown>)
      Object.values(part).forEach(gather)
    }
    gather(copy)
    const holder = holders[place % holders.length] as Record<string, unknown>
    const keys = [...Object.keys(holder), key]
    holder[keys[place % keys.length] ?? key] = value
    return copy
  })

async function expectNoFault(row: Omit<Row, 'says' | 'fields' | 'message'>): Promise<void> {
  const { errors = [] } = await overHttp(server, { ...row, says: '', fields: [], message: '' })
  expect(errors.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL')
  expect(faults).toEqual([])
}

const apply = 'mutation ($manifests: String!) { apply(manifests: $manifests, dryRun: true) { dryRun } }'

it('an object of which a part is anything is taken or refused, and never a fault of the server', async () => {
  await fc.assert(
    fc.asyncProperty(broken, async (object) => {
      await expectNoFault({ document: apply, variables: { manifests: JSON.stringify(object) } })
    }),
    runs,
  )
})

it('a text of which a part is anything is taken or refused, and never a fault of the server', async () => {
  const signs = fc.string({ unit: fc.constantFrom(...Array.from('{}[]:,-?|>&*!%@`"\'# \t\nab0~<')), maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...objects), fc.nat(), signs, async (object, place, text) => {
      const whole = JSON.stringify(object, undefined, 1)
      const at = place % whole.length
      const manifests = `${whole.slice(0, at)}${text}${whole.slice(at + (place % 7))}`
      await expectNoFault({ document: apply, variables: { manifests } })
    }),
    runs,
  )
})

it('a patch of anything is taken or refused, and never a fault of the server', async () => {
  const patch = 'mutation ($patch: JSON!) { patch(kind: "ns", name: "default", patch: $patch, dryRun: true) { name } }'
  const metadata = fc.record(
    { labels: fc.jsonValue(), name: fc.jsonValue(), annotations: fc.jsonValue() },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record({ metadata, spec: fc.jsonValue() })), async (value) => {
      await expectNoFault({ document: patch, variables: { patch: value } })
    }),
    runs,
  )
})

it('selectors and cursors of anything are taken or refused, and never a fault of the server', async () => {
  const list = `query ($label: String, $field: String, $after: String) {
    pods(labelSelector: $label) { totalCount }
    resources(fieldSelector: $field, after: $after) { totalCount }
  }`
  const signs = fc.string({ unit: fc.constantFrom(...Array.from('ab,=!()<> in.notin-\\')), maxLength: 20 })
  const cursor = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
  await fc.assert(
    fc.asyncProperty(signs, signs, fc.oneof(cursor, fc.string()), async (label, field, after) => {
      await expectNoFault({ document: list, variables: { label, field, after } })
    }),
    runs,
  )
})
