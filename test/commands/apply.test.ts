import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

async function open(): Promise<Api> {
  api = await openApi(stores)
  return api
}

afterEach(() => api.close())

const document = `mutation ($manifests: String!, $namespace: String, $dryRun: Boolean) {
  apply(manifests: $manifests, namespace: $namespace, dryRun: $dryRun) {
    dryRun applied { action resource { kind name namespace } } resources { name }
  }
}`

interface Applied {
  readonly apply: {
    readonly applied: readonly { readonly action: string; readonly resource: Readonly<Record<string, string>> }[]
  }
}

async function apply(manifests: string, more: object = {}): Promise<string[]> {
  const { apply: result } = await api.take<Applied>(document, { manifests, ...more })
  return result.applied.map(
    ({ action, resource: { kind, namespace, name } }) => `${action} ${kind} ${namespace ?? ''}/${name}`,
  )
}

const refusal = (manifests: string) => api.refusal(document, { manifests })
const fieldsOf = async (manifests: string) => (await refusal(manifests)).extensions.causes?.map(({ field }) => field)
const get = (kind: string, name: string, namespace = 'default') => api.store.replica.get({ kind, namespace, name })
const pod = (name: string, metadata = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}${metadata}}\nspec: {containers: [{name: main, image: main}]}\n`
const controller = (replicas: number, more = '') =>
  `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: web}\nspec:\n  replicas: ${replicas}${more}\n  selector: {app: web}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: main, image: main}]}\n`
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`

describe('apply', () => {
  it('makes all objects of the text, in one transaction, and the second time nothing', async () => {
    await open()
    const text = [pod('a'), controller(2), namespace('extra')].join('---\n')
    expect(await apply(text)).toEqual([
      'CREATED Pod default/a',
      'CREATED ReplicationController default/web',
      'CREATED Namespace /extra',
    ])
    const before = api.store.replica.revision
    expect(await apply(text)).toEqual([
      'UNCHANGED Pod default/a',
      'UNCHANGED ReplicationController default/web',
      'UNCHANGED Namespace /extra',
    ])
    expect(api.store.replica.revision).toBe(before)
  })

  it('makes a machine with what it has, as create does, and leaves that to the machine from then on', async () => {
    await open()
    const node = (name: string, cpu: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { capacity: { cpu } } })
    const create = 'mutation ($manifests: String!) { create(manifests: $manifests) { dryRun } }'
    await api.take(create, { manifests: node('created', '32') })
    expect(await apply(node('applied', '32'))).toEqual(['CREATED Node /applied'])
    const made = get('Node', 'applied', '')
    expect(made?.['status']).toMatchObject({ capacity: { cpu: '32' } })
    expect(made?.['status']).toEqual(get('Node', 'created', '')?.['status'])
    expect(made?.['spec']).toEqual(get('Node', 'created', '')?.['spec'])
    expect(await apply(node('applied', '64'))).toEqual(['UNCHANGED Node /applied'])
    expect(get('Node', 'applied', '')).toBe(made)
  })

  it('changes nothing when only the order of the keys has changed', async () => {
    await open()
    await apply(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {x: "1", y: "2"}}\nspec: {containers: [{name: m, image: i}]}',
    )
    expect(
      await apply(
        'kind: Pod\napiVersion: v1\nspec: {containers: [{image: i, name: m}]}\nmetadata: {labels: {y: "2", x: "1"}, name: a}',
      ),
    ).toEqual(['UNCHANGED Pod default/a'])
  })

  it('reads JSON and lists', async () => {
    await open()
    const items = ['a', 'b'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { containers: [{ name: 'm', image: 'i' }] },
    }))
    expect(await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toEqual([
      'CREATED Pod default/a',
      'CREATED Pod default/b',
    ])
  })

  it('puts objects that name no namespace into the one that is asked for, and cluster-wide ones into none', async () => {
    await open()
    await apply(namespace('team'))
    expect(
      await apply([pod('a'), pod('b', ', namespace: default'), namespace('other')].join('---\n'), {
        namespace: 'team',
      }),
    ).toEqual(['CREATED Pod team/a', 'CREATED Pod default/b', 'CREATED Namespace /other'])
  })

  it.each([
    ['before', [namespace('new'), pod('a', ', namespace: new')]],
    ['after', [pod('a', ', namespace: new'), namespace('new')]],
  ])('takes a namespace that the text makes %s what is in it', async (_, parts) => {
    await open()
    await apply(parts.join('---\n'))
    const [made, inside] = [get('Namespace', 'new', ''), get('Pod', 'a', 'new')]
    expect(Number(made?.metadata.resourceVersion)).toBeLessThan(Number(inside?.metadata.resourceVersion))
  })

  it('tells the same with dryRun, and writes nothing', async () => {
    await open()
    await apply(controller(1))
    const before = api.store.replica.revision
    expect(
      await apply([namespace('new'), pod('a', ', namespace: new'), controller(2)].join('---\n'), { dryRun: true }),
    ).toEqual(['CREATED Namespace /new', 'CREATED Pod new/a', 'CONFIGURED ReplicationController default/web'])
    expect(api.store.replica.revision).toBe(before)
  })

  it('removes what was applied and is said no more, and leaves what others have set', async () => {
    await open()
    await apply(pod('a', ', labels: {mine: "1", old: "1"}'))
    const live = get('Pod', 'a') as Resource
    const labels = { ...live.metadata.labels, theirs: '1' }
    await api.store.commitOne(
      { type: 'update', base: live, object: { ...live, metadata: { ...live.metadata, labels } } },
      'bob',
    )
    expect(await apply(pod('a', ', labels: {mine: "2"}'))).toEqual(['CONFIGURED Pod default/a'])
    expect(get('Pod', 'a')?.metadata.labels).toEqual({ mine: '2', theirs: '1' })
  })

  it('leaves a number of replicas that it does not name', async () => {
    await open()
    await apply(controller(2))
    const unsaid = controller(2).replace('  replicas: 2\n', '')
    await apply(controller(2).replace('replicas: 2', 'replicas: 5'))
    await api.take('mutation { scale(kind: "rc", name: "web", replicas: 7) { name } }')
    await apply(controller(7))
    const scaled = get('ReplicationController', 'web') as Resource
    const { ['kubectl.kubernetes.io/last-applied-configuration']: _, ...annotations } =
      scaled.metadata.annotations ?? {}
    await api.store.commitOne(
      { type: 'update', base: scaled, object: { ...scaled, metadata: { ...scaled.metadata, annotations } } },
      'bob',
    )
    await apply(unsaid)
    expect(get('ReplicationController', 'web')).toMatchObject({ spec: { replicas: 7 } })
  })

  it('removes an object that only its last applied finalizer held', async () => {
    await open()
    await apply(pod('a', ', finalizers: [example.com/hold]'))
    await api.take('mutation { deletePod(name: "a") { name } }')
    expect(await apply(pod('a'))).toEqual(['CONFIGURED Pod default/a'])
    expect(get('Pod', 'a')).toBeUndefined()
  })

  it('keeps events beside the log, and finds them again', async () => {
    await open()
    const event =
      'apiVersion: v1\nkind: Event\nmetadata: {name: e, namespace: new}\ninvolvedObject: {kind: Pod, name: a, namespace: new}\nreason: Tried\ncount: 2\n'
    const text = [event, namespace('new')].join('---\n')
    expect((await apply(text))[0]).toBe('CREATED Event new/e')
    expect((await apply(text))[0]).toBe('UNCHANGED Event new/e')
    expect((await apply(text.replace('Tried', 'Failed')))[0]).toBe('CONFIGURED Event new/e')
    const { event: found } = await api.take<{ event: unknown }>(
      '{ event(namespace: "new", name: "e") { reason count } }',
    )
    expect(found).toEqual({ reason: 'Failed', count: 2 })
    expect(api.store.replica.count('Event')).toBe(0)
  })

  it('lands beside others that make the same objects at once', async () => {
    await open()
    const text = [pod('a'), controller(1)].join('---\n')
    const results = await Promise.all(Array.from({ length: 8 }, () => apply(text)))
    expect(results.flat().filter((line) => line.startsWith('CREATED'))).toHaveLength(2)
  })
})

describe('apply refuses', () => {
  it.each([
    ['no text', '', ['manifests']],
    ['only comments', '# nothing\n---\n', ['manifests']],
    ['a fault in one of several objects', `${pod('a')}---\n${controller(-1)}`, ['manifests[1].spec.replicas']],
    [
      'faults in several objects',
      `${pod('A_')}---\n${controller(-1)}`,
      ['manifests[0].metadata.name', 'manifests[1].spec.replicas'],
    ],
    ['a kind that there is not', 'apiVersion: v1\nkind: Pood\nmetadata: {name: a}', ['manifests[0].kind']],
    [
      'an apiVersion that the kind is not served as',
      'apiVersion: v1\nkind: ReplicaSet\nmetadata: {name: a}',
      ['manifests[0].apiVersion'],
    ],
    [
      'a field that there is not',
      pod('a').replace('image: main', 'imagee: main'),
      ['manifests[0].spec.containers[0].imagee', 'manifests[0].spec.containers[0].image'],
    ],
    ['the same object twice', `${pod('a')}---\n${pod('a')}`, ['manifests[1]']],
    ['no name', pod('a').replace('name: a', 'labels: {}'), ['manifests[0].metadata.name']],
    ['a prefix instead of a name', pod('a').replace('name: a', 'generateName: a-'), ['manifests[0].metadata.name']],
    ['a number as a name', pod('3'), ['manifests[0].metadata.name']],
    [
      'a list as metadata',
      'apiVersion: v1\nkind: Pod\nmetadata: []\nspec: {containers: []}',
      ['manifests[0].metadata', 'manifests[0].spec.containers'],
    ],
    [
      'all that is wrong beside what cannot be read',
      pod('A_B').replace(
        'containers: [',
        `restartPolicy: Never, tolerations: [{ operator: 5, key: k }], topologySpreadConstraints: [{ maxSkew: 0, topologyKey: k }], containers: [{ name: a, image: "" },
          { name: b, image: i, ports: [{ containerPort: "80", protocol: X }], volumeMounts: [{ name: none, mountPath: /a }] }, `,
      ),
      [
        'manifests[0].metadata.name',
        'manifests[0].spec.tolerations[0].operator',
        'manifests[0].spec.topologySpreadConstraints[0].whenUnsatisfiable',
        'manifests[0].spec.topologySpreadConstraints[0].maxSkew',
        'manifests[0].spec.containers[0].image',
        'manifests[0].spec.containers[1].ports[0].containerPort',
        'manifests[0].spec.containers[1].ports[0].protocol',
        'manifests[0].spec.containers[1].volumeMounts[0].name',
      ],
    ],
    ['a text as annotations', pod('a', ', annotations: abc'), ['manifests[0].metadata.annotations']],
    [
      'a namespace that is not there, in one of several',
      `${pod('a', ', namespace: nowhere')}---\n${pod('b')}`,
      ['manifests[0]'],
    ],
    ['a label that is no text', pod('a', ', labels: {country: no}'), ['manifests[0].metadata.labels[country]']],
    ['malformed YAML', `${pod('a')}---\na: [`, ['manifests[1]']],
  ])('%s, and writes nothing', async (_, text, fields) => {
    await open()
    const before = api.store.replica.revision
    expect(await fieldsOf(text)).toEqual(expect.arrayContaining(fields))
    expect(api.store.replica.revision).toBe(before)
  })

  it.each([
    ['a kind that is nearly right', 'apiVersion: v1\nkind: Pood\nmetadata: {name: a}', 'did you mean "Pod"?'],
    ['the apiVersion', 'apiVersion: v1\nkind: ReplicaSet\nmetadata: {name: a}', 'ReplicaSet is served as "apps/v1"'],
    ['the place', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a', 'line 3, column'],
  ])('and says what would be right: %s', async (_, text, words) => {
    await open()
    expect((await refusal(text)).message).toContain(words)
  })

  it('a resourceVersion that is not current, once and for all', async () => {
    await open()
    await apply(pod('a'))
    expect((await refusal(pod('a', ', resourceVersion: "1"'))).extensions.code).toBe('CONFLICT')
  })
})

const manifestsFile = '../shared/conformance/06-manifests.jsonl'
const served = new Set(['Pod', 'ReplicationController', 'Namespace', 'ReplicaSet apps/v1'])

describe.skipIf(!existsSync(manifestsFile))(`manifests of others (${manifestsFile})`, () => {
  it('that can be applied are unchanged when applied again', async () => {
    await open()
    const changed: string[] = []
    let applied = 0
    for (const line of readFileSync(manifestsFile, 'utf8').split('\n')) {
      if (line === '') continue
      const { manifest, object } = JSON.parse(line) as { manifest?: Resource; object?: Resource }
      const one = manifest ?? object
      if (one === undefined || !(served.has(one.kind) || served.has(`${one.kind} ${one.apiVersion}`))) continue
      const placed = {
        ...one,
        metadata: { ...one.metadata, namespace: one.kind === 'Namespace' ? undefined : 'default' },
      }
      const answer = await api.ask<Applied>(document, { manifests: JSON.stringify(placed) })
      if (answer.errors !== undefined) continue
      applied += 1
      const [again] = await apply(JSON.stringify(placed))
      if (again?.startsWith('UNCHANGED') !== true) changed.push(`${again}`)
    }
    expect(changed).toEqual([])
    expect(applied).toBeGreaterThan(100)
  })
})
