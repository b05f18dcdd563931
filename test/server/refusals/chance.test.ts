import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Server } from '../../../src/server/server.ts'
import { container } from '../../support/manifests.ts'
import { testServers } from '../../support/test-server.ts'
import { listOfLists, type Row } from './row.ts'
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

/** A text of JSON: of any value, or of lists or objects within each other, however deep. */
const anything = fc.oneof(
  { weight: 9, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.nat(40_000).map(listOfLists) },
  { weight: 1, arbitrary: fc.nat(40_000).map((levels) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) },
)

/** The text of an object of a kind in which something has been replaced by anything. */
const broken = fc
  .tuple(fc.constantFrom(...objects), fc.nat(), anything, fc.string())
  .map(([object, place, text, key]) => {
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
    holder[keys[place % keys.length] ?? key] = '<here>'
    return JSON.stringify(copy).replace('"<here>"', () => text)
  })

async function expectNoFault(row: Omit<Row, 'says' | 'fields' | 'message'>): Promise<void> {
  const { errors = [] } = await overHttp(server, { ...row, says: '', fields: [], message: '' })
  expect(errors.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL')
  expect(faults).toEqual([])
}

const apply = 'mutation ($manifests: String!) { apply(manifests: $manifests, dryRun: true) { dryRun } }'

it('an object of which a part is anything is taken or refused, and never a fault of the server', async () => {
  await fc.assert(
    fc.asyncProperty(broken, async (manifests) => {
      await expectNoFault({ document: apply, variables: { manifests } })
    }),
    runs,
  )
})

it('an annotation that holds anything is taken or refused, and never a fault of the server', async () => {
  const keys = ['tolerations', 'taints', 'preferAvoidPods'].map((name) => `scheduler.alpha.kubernetes.io/${name}`)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...objects), anything, async (object, text) => {
      const annotations = Object.fromEntries(keys.map((key) => [key, text]))
      const manifests = JSON.stringify({ ...object, metadata: { name: 'a', annotations } })
      await expectNoFault({ document: apply, variables: { manifests } })
    }),
    runs,
  )
})

it('a body of anything is answered or refused, and never a fault of the server', async () => {
  const names = fc.constantFrom('query', 'variables', 'operationName', 'extensions', 'x')
  const members = fc.dictionary(names, fc.oneof(anything, fc.constant('"{ __typename }"')))
  const bodies = members.map(
    (one) =>
      `{${Object.entries(one)
        .map(([name, text]) => `"${name}":${text}`)
        .join()}}`,
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(bodies, anything, fc.string()), async (body) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })
      expect(await response.text()).toMatch(/^\{"(?:data|errors)":/)
      expect(response.status).toBeLessThan(500)
      expect(faults).toEqual([])
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
  const parts = fc.record({ metadata, spec: fc.jsonValue() })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        anything,
        parts.map((part) => JSON.stringify(part)),
      ),
      async (text) => {
        await expectNoFault({ document: patch, variables: `{"patch":${text}}` })
      },
    ),
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
