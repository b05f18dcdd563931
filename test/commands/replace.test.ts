import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const document = `mutation ($manifests: String!, $dryRun: Boolean) {
  replace(manifests: $manifests, dryRun: $dryRun) { applied { action resource { name } } }
}`

interface Replaced {
  readonly replace: {
    readonly applied: readonly { readonly action: string; readonly resource: { readonly name: string } }[]
  }
}

const replace = async (manifests: string, dryRun = false) =>
  (await api.take<Replaced>(document, { manifests, dryRun })).replace.applied.map(
    ({ action, resource }) => `${action} ${resource.name}`,
  )
const refusal = (...manifests: string[]) => api.refusal(document, { manifests: manifests.join('---\n') })
const get = (kind: string, name: string) => api.store.replica.get({ kind, namespace: 'default', name })
const pod = (metadata: string, image = 'main') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\nspec: {containers: [{name: main, image: ${image}}]}\n`
const event = (reason: string) =>
  `apiVersion: v1\nkind: Event\nmetadata: {name: e}\ninvolvedObject: {kind: Pod, name: a, namespace: default}\nreason: ${reason}\n`

async function open(...manifests: string[]): Promise<void> {
  api = await openApi(stores)
  await api.take('mutation ($text: String!) { create(manifests: $text) { dryRun } }', { text: manifests.join('---\n') })
}

describe('replace', () => {
  it('makes objects as the manifests say, and removes what they do not say', async () => {
    await open(pod('name: a, labels: {x: "1"}, annotations: {y: "2"}'), pod('name: b'), event('Tried'))
    const text = [pod('name: a, labels: {z: "3"}', 'newer'), pod('name: b'), event('Failed')].join('---\n')
    expect(await replace(text)).toEqual(['CONFIGURED a', 'UNCHANGED b', 'CONFIGURED e'])
    expect(get('Pod', 'a')).toMatchObject({
      metadata: { labels: { z: '3' }, generation: 2 },
      spec: { containers: [{ image: 'newer' }] },
      status: { phase: 'Pending' },
    })
    expect(get('Pod', 'a')?.metadata.annotations).toBeUndefined()
    expect((await api.store.events.list({ limit: 5 })).map(({ reason }) => reason)).toEqual(['Failed'])
  })

  it('refuses what is not there, of several manifests with their places', async () => {
    await open(pod('name: a'))
    expect(await refusal(pod('name: b'))).toMatchObject({
      message: 'Pod "b" not found in namespace "default"',
      extensions: { code: 'NOT_FOUND' },
    })
    const { extensions } = await refusal(pod('name: a', 'newer'), pod('name: b'), event('Tried'))
    expect([extensions.code, extensions.causes?.map(({ field }) => field)]).toEqual([
      'NOT_FOUND',
      ['manifests[1]', 'manifests[2]'],
    ])
    expect(get('Pod', 'a')).toMatchObject({ spec: { containers: [{ image: 'main' }] } })
  })

  it('takes the version and the uid that are current, and refuses others as a CONFLICT', async () => {
    await open(pod('name: a'), pod('name: b'))
    const { resourceVersion, uid } = get('Pod', 'a')?.metadata ?? { resourceVersion: '', uid: '' }
    const current = `name: a, resourceVersion: "${resourceVersion}", uid: ${uid}`
    expect(await replace(pod(`${current}, labels: {x: "1"}`))).toEqual(['CONFIGURED a'])
    expect((await refusal(pod(`${current}, labels: {x: "2"}`))).extensions).toMatchObject({
      code: 'CONFLICT',
      resourceVersion: get('Pod', 'a')?.metadata.resourceVersion,
    })
    expect((await refusal(pod('name: a, uid: other'))).extensions.code).toBe('CONFLICT')
    const both = await refusal(pod('name: b', 'newer'), pod(current))
    expect([both.extensions.code, both.extensions.causes?.[0]?.field]).toEqual([
      'CONFLICT',
      'manifests[1].metadata.resourceVersion',
    ])
    expect(get('Pod', 'b')).toMatchObject({ spec: { containers: [{ image: 'main' }] } })
  })

  it('tells the faults of all manifests at once, what may not change among them', async () => {
    await open(pod('name: a'), pod('name: b'))
    const changed = pod('name: b').replace('containers', 'nodeName: n, containers')
    const { extensions } = await refusal(pod('labels: {x: "1"}'), changed, pod('name: a', '[]'))
    expect([extensions.code, extensions.causes?.map(({ field }) => field)]).toEqual([
      'INVALID',
      ['manifests[0].metadata.name', 'manifests[1].spec', 'manifests[2].spec.containers[0].image'],
    ])
  })

  it('writes nothing on a dry run', async () => {
    await open(pod('name: a'), event('Tried'))
    const before = api.store.replica.revision
    expect(await replace(`${pod('name: a', 'newer')}---\n${event('Failed')}`, true)).toEqual([
      'CONFIGURED a',
      'CONFIGURED e',
    ])
    const [kept] = await api.store.events.list({ limit: 1 })
    expect([api.store.replica.revision, kept?.reason]).toEqual([before, 'Tried'])
  })
})
