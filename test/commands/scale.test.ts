import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { controllerInput, createController, createPod, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const document = `mutation ($kind: String = "rc", $replicas: Int!, $now: Int, $version: ResourceVersion, $dryRun: Boolean) {
  scale(kind: $kind, name: "web", replicas: $replicas, currentReplicas: $now, resourceVersion: $version, dryRun: $dryRun) {
    manifest
  }
}`

interface Scaled {
  readonly scale: { readonly manifest: { readonly spec: { readonly replicas: number } } }
}

const scale = async (variables: object) => (await api.take<Scaled>(document, { ...variables })).scale.manifest
const refusal = (variables: object) => api.refusal(document, { ...variables })
const current = () => api.store.replica.get({ kind: 'ReplicationController', namespace: 'default', name: 'web' })

async function open(): Promise<void> {
  api = await openApi(stores)
  await api.take(createController, { input: controllerInput('web', 2) })
}

describe('scale', () => {
  it('sets the number, where the present number and version are those that are named', async () => {
    await open()
    const version = current()?.metadata.resourceVersion
    expect(await scale({ replicas: 5, now: 2, version })).toMatchObject({
      spec: { replicas: 5 },
      metadata: { generation: 2 },
    })
    const manifest = await scale({ replicas: 5, now: 5 })
    expect(manifest).toEqual(current())
  })

  it.each([
    ['another number', { now: 3 }, 'ReplicationController "web" wants 2 replicas, not 3'],
    ['another version', { version: '1' }, 'ReplicationController "web" has been changed'],
  ])('is a CONFLICT for who means %s', async (_, condition, message) => {
    await open()
    const { extensions, message: told } = await refusal({ replicas: 5, ...condition })
    expect([extensions.code, extensions.resourceVersion]).toEqual(['CONFLICT', current()?.metadata.resourceVersion])
    expect(told).toContain(message)
    expect(current()).toMatchObject({ spec: { replicas: 2 } })
  })

  it('refuses numbers below zero, all at once, and kinds that have none', async () => {
    await open()
    await api.take(createPod, { input: podInput('web') })
    const { extensions } = await refusal({ replicas: -1, now: -2 })
    expect(extensions.causes?.map(({ field }) => field)).toEqual(['spec.replicas', 'currentReplicas'])
    expect((await refusal({ kind: 'po', replicas: 1 })).extensions.causes?.[0]?.field).toBe('kind')
  })

  it('writes nothing on a dry run', async () => {
    await open()
    const before = api.store.replica.revision
    expect((await scale({ replicas: 7, dryRun: true })).spec.replicas).toBe(7)
    expect(api.store.replica.revision).toBe(before)
  })
})
