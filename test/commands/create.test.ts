import { afterEach, describe, expect, it } from 'vitest'
import { createManifests } from '../../src/commands/create.ts'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const document = `mutation ($manifests: String!, $namespace: String, $dryRun: Boolean) {
  create(manifests: $manifests, namespace: $namespace, dryRun: $dryRun) {
    dryRun applied { action resource { kind name namespace } }
  }
}`

interface Created {
  readonly create: {
    readonly dryRun: boolean
    readonly applied: readonly { readonly action: string; readonly resource: Readonly<Record<string, string>> }[]
  }
}

async function create(manifests: string, more: object = {}): Promise<string[]> {
  const { applied } = (await api.take<Created>(document, { manifests, ...more })).create
  return applied.map(({ action, resource: { kind, namespace, name } }) => `${action} ${kind} ${namespace}/${name}`)
}

const refusal = (...manifests: string[]) => api.refusal(document, { manifests: manifests.join('---\n') })
const get = (kind: string, name: string, namespace = 'default') => api.store.replica.get({ kind, namespace, name })
const pod = (metadata: string, image = 'main') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\nspec: {containers: [{name: main, image: ${image}}]}\n`
const event = (metadata: string) =>
  `apiVersion: v1\nkind: Event\nmetadata: {${metadata}}\ninvolvedObject: {kind: Pod, name: a, namespace: default}\nreason: Tried\n`

describe('create', () => {
  it('makes all objects of the text, in the namespace of the text or their own', async () => {
    api = await openApi(stores)
    const text = [pod('name: a'), pod('name: b, namespace: new'), event('name: e')].join('---\n')
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: new}\n'
    expect(await create(`${text}---\n${namespace}`, { namespace: 'default' })).toEqual([
      'CREATED Pod default/a',
      'CREATED Pod new/b',
      'CREATED Event default/e',
      'CREATED Namespace null/new',
    ])
    expect(get('Pod', 'b', 'new')?.metadata.annotations).toBeUndefined()
    expect((await api.store.events.list({ limit: 5 })).map(({ name }) => name)).toEqual(['e'])
  })

  it('gives names to what has only the beginning of one', async () => {
    api = await openApi(stores)
    const text = Array.from({ length: 3 }, () => pod('generateName: web-')).join('---\n')
    const names = await create(text)
    expect(new Set(names).size).toBe(3)
    for (const name of names) expect(name).toMatch(/^CREATED Pod default\/web-[a-z0-9]{5}$/)
  })

  it('tries another generated name while one is taken, in the cluster or in the text', async () => {
    api = await openApi(stores)
    const chances = [0, 0, 0, 0.99]
    const random = () => chances[Math.floor((drawn += 1) / 5)] ?? 0.5
    let drawn = -1
    const manifests = [pod('generateName: a-'), pod('generateName: a-')].join('---\n')
    const options = { manifests: pod('generateName: a-'), namespace: 'default', dryRun: false }
    const [first] = await createManifests({ ...api.context, random: () => 0 }, options)
    const made = await createManifests({ ...api.context, random }, { ...options, manifests })
    const names = [first, ...made].map((one) => one?.object.metadata.name)
    expect(new Set(names).size).toBe(3)
    expect(drawn).toBeGreaterThan(10)
  })

  it('refuses what is there already, and makes nothing then', async () => {
    api = await openApi(stores)
    await create(pod('name: a'))
    expect(await refusal(pod('name: a'))).toMatchObject({
      message: 'Pod "a" already exists',
      extensions: { code: 'ALREADY_EXISTS' },
    })
    await create(event('name: e'))
    const { extensions } = await refusal(pod('name: new'), pod('name: a'), event('name: e'))
    expect(extensions.code).toBe('ALREADY_EXISTS')
    expect(extensions.causes?.map(({ field, message }) => `${field} ${message}`)).toEqual([
      'manifests[1] Pod "a" already exists',
      'manifests[2] Event "e" already exists',
    ])
    expect(get('Pod', 'new')).toBeUndefined()
  })

  it('tells the faults of all manifests at once, each with its place', async () => {
    api = await openApi(stores)
    await create(pod('name: a'))
    const { extensions } = await refusal(pod('name: a'), pod('name: Bad'), pod('name: c'), pod('name: c'), pod(''))
    expect([extensions.code, extensions.causes?.map(({ field }) => field)]).toEqual([
      'INVALID',
      ['manifests[0]', 'manifests[1].metadata.name', 'manifests[3]', 'manifests[4].metadata.name'],
    ])
  })

  it('is told that the name is taken when another was faster meanwhile', async () => {
    api = await openApi(stores)
    const options = { manifests: pod('name: a'), namespace: 'default', dryRun: false }
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createManifests(api.context, options)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []))
    expect(reasons).toMatchObject([{ code: 'ALREADY_EXISTS' }, { code: 'ALREADY_EXISTS' }])
  })

  it('writes nothing on a dry run', async () => {
    api = await openApi(stores)
    const before = api.store.replica.revision
    const manifests = [pod('name: a'), event('name: e')].join('---\n')
    expect((await api.take<Created>(document, { manifests, dryRun: true })).create.dryRun).toBe(true)
    expect([api.store.replica.revision, await api.store.events.count({})]).toEqual([before, 0])
  })
})
