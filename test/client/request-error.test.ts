import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, connect } from '../../src/client/client.ts'
import { isRequestError, type RequestError, type RequestErrorCause } from '../../src/client/request-error.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
let client: Client
afterEach(() => client.close())

const apply = 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }'
const pod = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'main', image: 'none' }], ...more },
})

async function refusalOf(ask: (client: Client) => Promise<unknown>): Promise<RequestError> {
  const { port } = await servers.start()
  client = connect({ url: `http://127.0.0.1:${port}`, webSocketImpl: WebSocket })
  const error: unknown = await ask(client).catch((thrown: unknown) => thrown)
  if (isRequestError(error)) return error
  throw new Error('it was not refused', { cause: error })
}

const placed: readonly RequestErrorCause[] = [
  {
    field: 'manifests[0].metadata.name',
    reason: 'FieldValueInvalid',
    message: expect.stringContaining('a lowercase RFC 1123 subdomain') as string,
    line: 3,
    column: 12,
  },
  {
    field: 'manifests[1].spec.foo',
    reason: 'FieldValueInvalid',
    message: 'unknown field "foo", did you mean "os"?',
    line: 11,
    column: 3,
  },
]

describe('a refusal', () => {
  it('says where in a text of manifests its causes are', async () => {
    const spec = 'spec:\n  containers: [{name: a, image: a}]\n'
    const head = 'apiVersion: v1\nkind: Pod\nmetadata: '
    const error = await refusalOf((one) =>
      one.mutate(apply, {
        manifests: `${head}{name: A_}\n${spec}---\nkind: Pod\napiVersion: v1\n${spec}  foo: 1\nmetadata: {name: b}\n`,
      }),
    )
    expect([error.code, error.causes, error.causesLeftOut]).toEqual(['INVALID', placed, 0])
  })

  it('has causes without a place where an object was sent', async () => {
    const error = await refusalOf((one) => one.pods.create(pod('A_') as never))
    expect(error.causes).toMatchObject([{ field: 'metadata.name', reason: 'FieldValueInvalid' }])
    expect(error.causes[0]?.line).toBeUndefined()
    expect(error.message).toMatch(/^the Pod is invalid: metadata\.name: Invalid value: "A_": a lowercase/)
  })

  it('says how many causes are left out', async () => {
    const containers = Array.from({ length: 300 }, (_, index) => ({ name: `a${index}`, image: 'a', imaje: 'b' }))
    const error = await refusalOf((one) => one.pods.create(pod('a', { containers }) as never))
    expect([error.causes.length, error.causesLeftOut]).toEqual([200, 100])
    expect(error.message).toMatch(/; and 100 more$/)
  })

  it('of a stale version names the field', async () => {
    const error = await refusalOf(async (one) => {
      await one.pods.create(pod('a') as never)
      await one.pods.patch({ name: 'a', patch: { metadata: { resourceVersion: '1', labels: { a: 'b' } } } })
    })
    expect(error.code).toBe('CONFLICT')
    expect(error.causes).toMatchObject([{ field: 'metadata.resourceVersion' }])
  })
})
