import { afterEach, describe, expect, it } from 'vitest'
import { registerNodes } from '../../src/commands/node-registration.ts'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import { nodeInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

async function open(): Promise<Api> {
  api = await openApi(stores)
  return api
}

afterEach(() => api.close())

const get = (kind: string, name: string) =>
  api.store.replica.get({ kind, namespace: '', name }) as Resource & Record<string, never>

describe('registering machines', () => {
  const node = (name: string, cpu = '4', labels: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Node',
    ...nodeInput(name, { cpu }, labels as never),
  })

  it('makes those that are new, tells known ones anew, and writes nothing for what is so already', async () => {
    await open()
    expect(await registerNodes(api.context, [node('n1'), node('n2')])).toEqual([])
    await api.take('mutation { cordon(name: "n1") { name } }')
    const before = api.store.replica.revision
    expect(await registerNodes(api.context, [node('n1'), node('n2')])).toEqual([])
    expect(api.store.replica.revision).toBe(before)
    await registerNodes(api.context, [node('n1', '8', { zone: 'a' })])
    expect(get('Node', 'n1')).toMatchObject({
      metadata: { labels: { zone: 'a' } },
      spec: { unschedulable: true },
      status: { capacity: { cpu: '8' } },
    })
  })

  it('takes over the facts that are told as annotations, and leaves those of others', async () => {
    await open()
    const told = (annotations: object) => ({ ...node('n1'), metadata: { name: 'n1', annotations } })
    await registerNodes(api.context, [told({ fact: 'old', other: 'x' })])
    await registerNodes(api.context, [told({ fact: 'new' })])
    expect(get('Node', 'n1').metadata.annotations).toMatchObject({ fact: 'new', other: 'x' })
  })

  it('turns down what makes no sense, and takes the others', async () => {
    await open()
    await registerNodes(api.context, [node('n1')])
    const failed = await registerNodes(api.context, [
      node('n1', '4', { 'not a label': 'x' }),
      node('N!'),
      { kind: 'Node', metadata: null },
      { kind: 'Pod', metadata: { name: 'p' } },
      7,
      'text',
      [],
      node('n2'),
      node('n2'),
    ])
    expect(failed.map(({ name }) => name)).toEqual(['n1', 'N!', '', 'p', '', '', ''])
    expect(get('Node', 'n2')).toBeDefined()
  })

  it('keeps what users say of a machine, and takes back labels that it tells no longer', async () => {
    await open()
    await registerNodes(api.context, [node('n1', '4', { zone: 'a', disk: 'fast' })])
    const base = get('Node', 'n1')
    const labels = { ...base.metadata.labels, own: 'mine' }
    const spec = { unschedulable: true, taints: [{ key: 'own', effect: 'NoExecute' }] }
    await api.store.commitOne(
      { type: 'update', base, object: { ...base, metadata: { ...base.metadata, labels }, spec } },
      'ann',
    )
    await registerNodes(api.context, [node('n1', '4', { zone: 'b' })])
    expect(get('Node', 'n1').metadata.labels).toEqual({ own: 'mine', zone: 'b' })
    expect(get('Node', 'n1')['spec']).toEqual(spec)
    await registerNodes(api.context, [node('n1')])
    expect(get('Node', 'n1').metadata.labels).toEqual({ own: 'mine' })
    expect(get('Node', 'n1').metadata.annotations).toBeUndefined()
  })

  it('gives pods all of another capacity when nobody says how much of it', async () => {
    await open()
    const bare = (cpu: string) => ({ kind: 'Node', metadata: { name: 'n1' }, status: { capacity: { cpu } } })
    await registerNodes(api.context, [bare('4')])
    await registerNodes(api.context, [bare('16')])
    expect(get('Node', 'n1')['status']).toEqual({ capacity: { cpu: '16' }, allocatable: { cpu: '16' } })
  })

  describe('merges conditions by their type', () => {
    const at = (time: string) => ({ lastHeartbeatTime: time, lastTransitionTime: time })
    const early = '2025-01-01T00:00:00Z'
    const late = '2025-06-01T00:00:00Z'
    const ready = (status: string, time: string, reason = 'AgentReady') => ({
      type: 'Ready',
      status,
      reason,
      ...at(time),
    })
    const network = { type: 'NetworkUnavailable', status: 'False', ...at(early) }
    const telling = (...conditions: readonly object[]) => ({ ...node('n1'), status: { conditions } })

    it.each([
      [
        'a status that is another is so since now',
        ready('False', late, 'Stopped'),
        {
          ...ready('False', late, 'Stopped'),
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
      [
        'the same status is so since it was first told',
        ready('True', late, 'Other'),
        {
          ...ready('True', late, 'Other'),
          lastTransitionTime: early,
        },
      ],
      ['another heartbeat alone is no news', ready('True', late), ready('True', early)],
    ])('%s', async (_, told, expected) => {
      await open()
      await registerNodes(api.context, [telling(ready('True', early))])
      const base = get('Node', 'n1')
      const status = { conditions: [ready('True', early), network] }
      await api.store.commitOne({ type: 'update', base, object: { ...base, status } }, 'test')
      await registerNodes(api.context, [telling(told)])
      expect(get('Node', 'n1')['status']).toMatchObject({ conditions: [expected, network] })
    })

    it('and a machine that was given up is back with its word', async () => {
      await open()
      await registerNodes(api.context, [telling(ready('True', early))])
      const base = get('Node', 'n1')
      const lost = { ...ready('Unknown', early, 'NodeStatusUnknown'), message: 'Kubelet stopped posting node status.' }
      const never = { type: 'PIDPressure', status: 'Unknown', reason: 'NodeStatusNeverUpdated' }
      const status = { conditions: [lost, never] }
      await api.store.commitOne({ type: 'update', base, object: { ...base, status } }, 'test')
      await registerNodes(api.context, [telling(ready('True', early))])
      expect(get('Node', 'n1')['status']).toMatchObject({
        conditions: [{ ...ready('True', early), lastTransitionTime: '2026-01-01T00:00:00Z' }],
      })
      expect(JSON.stringify(get('Node', 'n1')['status'])).not.toContain('stopped posting')
    })
  })

  it('lands beside others who change the same machines', async () => {
    await open()
    const machines = Array.from({ length: 20 }, (_, index) => `n${index}`)
    await registerNodes(
      api.context,
      machines.map((name) => node(name)),
    )
    const [failed] = await Promise.all([
      registerNodes(
        api.context,
        machines.map((name) => node(name, '8')),
      ),
      ...machines.map((name) => api.take(`mutation { cordon(name: "${name}") { name } }`)),
    ])
    expect(failed).toEqual([])
    for (const name of machines) {
      expect(get('Node', name)).toMatchObject({ spec: { unschedulable: true }, status: { capacity: { cpu: '8' } } })
    }
  })
})
