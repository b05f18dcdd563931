import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { parse } from 'graphql'
import { expect, expectTypeOf, it } from 'vitest'
import { type Client, connect, type Pod, type PodManifest } from '../../src/client/index.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const text = 'query Version($name: String!) { pod(name: $name) { name } cluster { version } }'

interface Data {
  readonly pod: { readonly name: string } | null
  readonly cluster: { readonly version: string }
}

/** As graphql-codegen makes it with `documentMode: 'string'`. */
class TypedDocumentString<Result, Given> extends String {
  declare readonly __apiType?: (variables: Given) => Result
}

it('takes documents as texts and as syntax trees, with the types that they bring', async () => {
  const client = connect({ url: (await servers.start()).url })
  const node = parse(text) as TypedDocumentNode<Data, { name: string }>
  const fromNode = await client.query(node, { name: 'none' })
  expectTypeOf(fromNode).toEqualTypeOf<Data>()
  const fromString = await client.query(new TypedDocumentString<Data, { name: string }>(text), { name: 'none' })
  expectTypeOf(fromString).toEqualTypeOf<Data>()
  const fromText = await client.query<Data>(text, { name: 'none' })
  expect([fromNode, fromString, fromText]).toEqual([1, 2, 3].map(() => ({ pod: null, cluster: { version: 'test' } })))
  const without = new TypedDocumentString<{ cluster: object }, object>('{ cluster { version } }')
  expect(await client.query(without)).toEqual({ cluster: { version: 'test' } })
  client.close()
})

it('knows the objects of each kind, and takes what it has read as what it writes', () => {
  const client = connect({ url: 'http://127.0.0.1:4000' })
  expectTypeOf<Client['pods']['get']>().returns.resolves.toEqualTypeOf<Pod | undefined>()
  expectTypeOf<Pod>().toExtend<PodManifest>()
  const both = client.resources({ kinds: ['Pod', 'Namespace'] })
  expectTypeOf<(typeof both)['list']>()
    .returns.resolves.toHaveProperty('items')
    .items.toHaveProperty('kind')
    .toEqualTypeOf<'Pod' | 'Namespace'>()
  client.close()
})
