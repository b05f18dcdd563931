import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { controllerInput, createController, createPod, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const document = `mutation ($kind: String!, $name: String!, $uid: ID, $grace: Int, $policy: PropagationPolicy, $dryRun: Boolean) {
  delete(kind: $kind, name: $name, uid: $uid, gracePeriodSeconds: $grace, propagationPolicy: $policy, dryRun: $dryRun) {
    uid metadata { deletionTimestamp deletionGracePeriodSeconds finalizers }
  }
}`

interface Deleted {
  readonly delete: {
    readonly uid: string
    readonly metadata: Readonly<Record<'deletionTimestamp' | 'deletionGracePeriodSeconds' | 'finalizers', unknown>>
  }
}

const remove = async (kind: string, name: string, more: object = {}) =>
  (await api.take<Deleted>(document, { kind, name, ...more })).delete
const refusal = (kind: string, name: string, more: object = {}) => api.refusal(document, { kind, name, ...more })
const get = (kind: string, name: string) => api.store.replica.get({ kind, namespace: 'default', name })
const event =
  'apiVersion: v1\nkind: Event\nmetadata: {name: e}\ninvolvedObject: {kind: Pod, name: a, namespace: default}\nreason: Tried\n'

async function open(): Promise<string> {
  api = await openApi(stores)
  await api.take(createController, { input: controllerInput('web', 1) })
  await api.take('mutation ($text: String!) { create(manifests: $text) { dryRun } }', { text: event })
  const { createPod: pod } = await api.take<{ createPod: { uid: string } }>(createPod, { input: podInput('a') })
  return pod.uid
}

describe('delete', () => {
  it('removes an object of any kind', async () => {
    const uid = await open()
    expect((await remove('pod', 'a')).uid).toBe(uid)
    await remove('rc', 'web')
    await remove('ev', 'e')
    expect([get('Pod', 'a'), get('ReplicationController', 'web'), await api.store.events.count({})]).toEqual([
      undefined,
      undefined,
      0,
    ])
  })

  it('keeps to the propagation policy and the grace period', async () => {
    await open()
    const { metadata } = await remove('rc', 'web', { policy: 'Foreground', grace: 5 })
    expect(metadata).toMatchObject({ deletionGracePeriodSeconds: 0, finalizers: ['foregroundDeletion'] })
    expect((await refusal('po', 'a', { grace: -1 })).extensions.causes?.[0]?.field).toBe('gracePeriodSeconds')
  })

  it('of a uid is a CONFLICT when another object has the name by now', async () => {
    const uid = await open()
    await remove('po', 'a', { uid })
    await api.take(createPod, { input: podInput('a') })
    for (const [kind, name] of [
      ['po', 'a'],
      ['ev', 'e'],
    ] as const) {
      expect((await refusal(kind, name, { uid })).extensions.code).toBe('CONFLICT')
    }
    expect([get('Pod', 'a') === undefined, await api.store.events.count({})]).toEqual([false, 1])
  })

  it('writes nothing on a dry run, and tells what would be', async () => {
    const uid = await open()
    const before = api.store.replica.revision
    const { metadata } = await remove('rc', 'web', { policy: 'Orphan', dryRun: true })
    expect(metadata.finalizers).toEqual(['orphan'])
    expect((await remove('po', 'a', { dryRun: true })).uid).toBe(uid)
    await remove('ev', 'e', { dryRun: true })
    expect([api.store.replica.revision, await api.store.events.count({})]).toEqual([before, 1])
  })

  it('of what is not there is NOT_FOUND, and of what every cluster has FORBIDDEN', async () => {
    await open()
    for (const kind of ['po', 'ev']) expect((await refusal(kind, 'b')).extensions.code).toBe('NOT_FOUND')
    expect((await refusal('ns', 'default', { dryRun: true })).extensions.code).toBe('FORBIDDEN')
  })
})
