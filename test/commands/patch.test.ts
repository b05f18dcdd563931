import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { controllerInput, createController, createNode, createPod, nodeInput, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const document = `mutation ($kind: String!, $name: String!, $patch: JSON!, $dryRun: Boolean) {
  patch(kind: $kind, name: $name, patch: $patch, dryRun: $dryRun) { name manifest }
}`

interface Patched {
  readonly patch: { readonly manifest: Readonly<Record<string, unknown>> }
}

const patch = async (change: object, kind = 'po', name = 'a', dryRun = false) =>
  (await api.take<Patched>(document, { kind, name, patch: change, dryRun })).patch.manifest
const refusal = (change: unknown, kind = 'po', name = 'a') => api.refusal(document, { kind, name, patch: change })
const get = (kind: string, name: string) =>
  api.store.replica.get({ kind, namespace: kind === 'Pod' ? 'default' : '', name })

async function open(): Promise<void> {
  api = await openApi(stores)
  await api.take(createPod, { input: podInput('a', {}, { labels: { x: '1', y: '2' } }) })
}

describe('patch', () => {
  it('changes what it says, removes what it says to be null, and leaves the rest', async () => {
    await open()
    const manifest = await patch({ metadata: { labels: { x: null, z: '3' }, annotations: { note: 'n' } } })
    expect(manifest['metadata']).toMatchObject({
      labels: { y: '2', z: '3' },
      annotations: { note: 'n' },
      generation: 1,
    })
    expect(manifest['metadata']).not.toHaveProperty('labels.x')
    expect(get('Pod', 'a')).toEqual(manifest)
  })

  it.each([
    ['ReplicationController', { spec: { replicas: 5 } }, { spec: { replicas: 5 }, metadata: { generation: 2 } }],
    ['no', { spec: { unschedulable: true } }, { spec: { unschedulable: true } }],
    ['Namespace', { metadata: { labels: { team: 'a' } } }, { metadata: { labels: { team: 'a' } } }],
  ])('changes a %s', async (kind, change, changed) => {
    api = await openApi(stores)
    await api.take(createController, { input: controllerInput('web', 1) })
    await api.take(createNode, { input: nodeInput('web') })
    expect(await patch(change, kind, kind === 'Namespace' ? 'default' : 'web')).toMatchObject(changed)
  })

  it('changes an event, but neither its name nor its place', async () => {
    api = await openApi(stores)
    const text =
      'apiVersion: v1\nkind: Event\nmetadata: {name: e}\ninvolvedObject: {kind: Pod, name: a, namespace: default}\nreason: Tried\n'
    await api.take('mutation ($text: String!) { create(manifests: $text) { dryRun } }', { text })
    expect(await patch({ reason: 'Failed' }, 'ev', 'e', true)).toMatchObject({ reason: 'Failed' })
    expect(await patch({ message: 'again' }, 'ev', 'e')).toMatchObject({ reason: 'Tried', message: 'again' })
    const { extensions } = await refusal({ metadata: { name: 'f', namespace: 'other' } }, 'ev', 'e')
    expect(extensions.causes?.map(({ field }) => field)).toEqual(['metadata.name', 'metadata.namespace'])
    expect((await refusal({ metadata: { uid: 'other' } }, 'ev', 'e')).extensions.code).toBe('CONFLICT')
    expect((await refusal({}, 'ev', 'f')).extensions.code).toBe('NOT_FOUND')
  })

  it('writes nothing when nothing changes, and nothing on a dry run', async () => {
    await open()
    const before = api.store.replica.revision
    await patch({})
    await patch({ metadata: { labels: { x: '1' }, uid: get('Pod', 'a')?.metadata.uid } })
    expect(await patch({ metadata: { labels: { x: '9' } } }, 'po', 'a', true)).toMatchObject({
      metadata: { labels: { x: '9' } },
    })
    expect(api.store.replica.revision).toBe(before)
  })

  it.each<[string, unknown, string[]]>([
    ['another name', { metadata: { name: 'b' } }, ['metadata.name']],
    ['no name', { metadata: { name: null } }, ['metadata.name', 'metadata.name']],
    ['another namespace', { metadata: { namespace: 'other' } }, ['metadata.namespace']],
    ['another kind', { kind: 'Node', apiVersion: 'v2' }, ['apiVersion', 'kind']],
    ['another birth', { metadata: { creationTimestamp: '2020-01-01T00:00:00Z' } }, ['metadata.creationTimestamp']],
    ['a deletion', { metadata: { deletionTimestamp: '2020-01-01T00:00:00Z' } }, ['metadata.deletionTimestamp']],
    ['another generation', { metadata: { generation: 7 } }, ['metadata.generation']],
    ['a status', { status: { phase: 'Running' } }, ['status']],
    ['a field that there is not', { spec: { replica: 1 } }, ['spec.replica']],
    ['what may not change', { spec: { nodeName: 'n' } }, ['spec']],
    ['a wrong type', { metadata: { labels: 5 } }, ['metadata.labels']],
    ['no metadata at all', { metadata: 5 }, ['metadata']],
    [
      'several of these',
      { metadata: { generation: 7, labels: { 'a b': '1' } }, status: { phase: 'Failed' } },
      ['metadata.labels', 'metadata.generation', 'status'],
    ],
    ['a text', 'x', ['patch']],
    ['a list', [], ['patch']],
    ['endless nesting', nested(100), ['patch']],
  ])('refuses %s with the path, and changes nothing', async (_, change, fields) => {
    await open()
    const before = api.store.replica.revision
    const { extensions } = await refusal(change)
    expect([extensions.code, extensions.causes?.map(({ field }) => field)]).toEqual(['INVALID', fields])
    expect(api.store.replica.revision).toBe(before)
  })

  it('refuses what only controllers write of a namespace', async () => {
    api = await openApi(stores)
    const { extensions } = await refusal({ spec: { finalizers: [] } }, 'ns', 'default')
    expect(extensions.causes?.[0]?.field).toBe('spec')
  })

  it('of the version that it names is a CONFLICT when that is no longer current', async () => {
    await open()
    const { resourceVersion } = get('Pod', 'a')?.metadata ?? {}
    await patch({ metadata: { resourceVersion, labels: { x: '5' } } })
    const { extensions } = await refusal({ metadata: { resourceVersion, labels: { x: '6' } } })
    expect(extensions).toMatchObject({ code: 'CONFLICT', resourceVersion: get('Pod', 'a')?.metadata.resourceVersion })
    expect((await refusal({ metadata: { uid: 'other' } })).extensions.code).toBe('CONFLICT')
  })

  it('of many at once lands each time', async () => {
    await open()
    const names = Array.from({ length: 40 }, (_, index) => `l${index}`)
    await Promise.all(names.map((name) => patch({ metadata: { labels: { [name]: 'yes' } } })))
    expect(Object.keys(get('Pod', 'a')?.metadata.labels ?? {})).toHaveLength(42)
  })

  it('of what is not there is NOT_FOUND, of a kind that is none INVALID', async () => {
    await open()
    expect((await refusal({}, 'po', 'b')).extensions.code).toBe('NOT_FOUND')
    expect((await refusal({}, 'pood')).extensions.causes?.[0]?.field).toBe('kind')
  })
})

function nested(levels: number): object {
  return levels === 0 ? {} : { a: nested(levels - 1) }
}
