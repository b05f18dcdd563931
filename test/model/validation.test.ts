import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitionOf } from '../../src/model/kinds.ts'
import { parseObject, parseStatus, validateUpdate } from '../../src/model/validation.ts'
import { judge, podManifest, podWith, told } from './kinds/judge.ts'

const pod = definitionOf('Pod')

describe('parseObject', () => {
  it.each([
    ['a missing field', { containers: [{ name: 'main' }] }, ['spec.containers[0].image: Required value']],
    [
      'an unknown field, and what was meant',
      { containers: [{ name: 'main', image: 'x', imagee: 'y' }] },
      ['spec.containers[0].imagee: unknown field "imagee", did you mean "image"?'],
    ],
    ['an unknown field that is like no other', { zzzzzzzz: 1 }, ['spec.zzzzzzzz: unknown field "zzzzzzzz"']],
    ['a wrong type', { hostNetwork: 'yes' }, ['spec.hostNetwork: Invalid value: "yes": must be of type boolean']],
    [
      'a text for a number',
      { containers: [{ name: 'main', image: 'x', ports: [{ containerPort: '80' }] }] },
      ['spec.containers[0].ports[0].containerPort: Invalid value: "80": must be of type integer'],
    ],
    [
      'a fraction for a whole number',
      { terminationGracePeriodSeconds: 1.5 },
      ['spec.terminationGracePeriodSeconds: Invalid value: 1.5: must be of type integer'],
    ],
    [
      'a number that is too big',
      { priority: 2 ** 31 },
      ['spec.priority: Invalid value: 2147483648: must be between -2147483648 and 2147483647, inclusive'],
    ],
    [
      'a value outside of a closed set',
      { restartPolicy: 'Sometimes' },
      ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"'],
    ],
    [
      'a value of a map, by its key',
      { nodeSelector: { disk: 5 } },
      ['spec.nodeSelector[disk]: Invalid value: 5: must be of type string'],
    ],
    [
      'a text that is no quantity',
      { containers: [{ name: 'main', image: 'x', resources: { limits: { cpu: '1K' } } }] },
      [
        `spec.containers[0].resources.limits[cpu]: Invalid value: "1K": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
      ],
    ],
    [
      'an object that is a text',
      { securityContext: 'root' },
      ['spec.securityContext: Invalid value: "root": must be of type object'],
    ],
    [
      'all of them at once',
      { containers: [{ name: 'main', imag: 'x' }], hostIPC: 1, dnsPolicy: 'no' },
      [
        'spec.containers[0].image: Required value',
        'spec.dnsPolicy: Unsupported value: "no": supported values: "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"',
        'spec.hostIPC: Invalid value: 1: must be of type boolean',
        'spec.containers[0].imag: unknown field "imag", did you mean "image"?',
      ],
    ],
  ])('tells %s', (_sentence, spec, expected) => {
    expect(told(parseObject(pod, podManifest(spec)).causes)).toEqual(expected)
  })

  it('tells what is missing in a missing object, not the object', () => {
    expect(told(parseObject(pod, { metadata: { name: 'web' } }).causes)).toEqual(['spec.containers: Required value'])
    const { causes } = parseObject(definitionOf('ReplicaSet'), { metadata: { name: 'web' }, spec: { selector: {} } })
    expect(told(causes)).toEqual(['spec.template.spec.containers: Required value'])
  })

  it('tells all of several choices that are missing', () => {
    const { causes } = parseObject(definitionOf('Node'), { spec: { taints: [{ key: 'a' }, { key: 'b' }] } })
    expect(told(causes)).toEqual(['spec.taints[0].effect: Required value', 'spec.taints[1].effect: Required value'])
  })

  it('lets the other faults be found along with those of shape', () => {
    const { causes } = judge(podManifest({ containers: [{ name: 'Main!' }], nodeSelector: { a: 'not a value' } }))
    expect(told(causes).map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
      'spec.containers[0].image',
      'spec.containers[0].name',
      'spec.containers[0].image',
      'spec.nodeSelector',
    ])
  })

  it.each([
    ['null means absent', { volumes: null, restartPolicy: null }],
    ['an empty text in a closed set means absent', { restartPolicy: '', dnsPolicy: '' }],
  ])('%s', (_sentence, spec) => {
    const { object, causes } = parseObject(pod, podManifest(spec))
    expect(causes).toEqual([])
    expect(object?.['spec']).toEqual(podWithoutPodDefaults().spec)
  })

  it.each([
    ['null means absent', { volumes: null, stdin: null, tty: null, env: null, ports: null, resources: null }, {}],
    ['an empty text in a closed set means absent', { imagePullPolicy: '', terminationMessagePolicy: '' }, {}],
    ['null means empty in a list', { args: [null, null, null] }, { args: ['', '', ''] }],
  ])('%s, however often', (_sentence, given, meant) => {
    const named = (fields: object) =>
      podManifest({ containers: Array.from({ length: 600 }, (_, at) => ({ name: `a${at}`, image: 'a', ...fields })) })
    const { object, causes } = parseObject(pod, named(given))
    expect(causes).toEqual([])
    expect(object?.['spec']).toEqual(parseObject(pod, named(meant)).object?.['spec'])
  })

  it('looks into a thousand faults, and counts those that it would tell', () => {
    const bad = Array.from({ length: 1_500 }, () => ({ name: 1, image: 'a', imagePullPolicy: '', stdin: null }))
    for (const containers of [bad, Array.from(bad, () => null)]) {
      const { object, causes } = parseObject(pod, podManifest({ containers }))
      expect(object).toBeUndefined()
      expect(causes).toHaveLength(1_001)
      const count = containers === bad ? 1_500 : 3_000
      expect(told(causes)[0]).toBe(`: Too many: ${count} faults, of which the first 1000 have been looked into`)
    }
  })

  it('tells that there are too many faults where they cannot be counted', () => {
    const args = Array.from({ length: 150_000 }, () => 1)
    const { object, causes } = parseObject(pod, podManifest({ containers: [{ name: 'a', image: 'a', args }] }))
    expect(object).toBeUndefined()
    expect(told(causes)).toEqual([': Too many: more faults than can be looked into'])
  })

  it('passes over what another server wrote into the metadata', () => {
    const manifest = podManifest(
      {},
      { creationTimestamp: null, managedFields: [{ manager: 'kubectl' }], selfLink: '/x' },
    )
    const { object, causes } = parseObject(pod, manifest)
    expect(causes).toEqual([])
    expect(object?.metadata).toEqual({ name: 'web' })
  })

  it('drops a status unseen, whatever it is', () => {
    const { object, causes } = parseObject(pod, { ...podManifest(), status: { nonsense: 1 } })
    expect(causes).toEqual([])
    expect(object).not.toHaveProperty('status')
  })

  it('checks a status where it is kept', () => {
    const { causes } = parseObject(pod, { ...podManifest(), status: { phase: 'Lost' } }, { keepsStatus: true })
    expect(told(causes)).toEqual([
      'status.phase: Unsupported value: "Lost": supported values: "Failed", "Pending", "Running", "Succeeded", "Unknown"',
    ])
  })

  it.each([
    [
      'another version',
      { ...podManifest(), apiVersion: 'v2' },
      ['apiVersion: Unsupported value: "v2": supported values: "v1"'],
    ],
    ['another kind', { ...podManifest(), kind: 'Node' }, ['kind: Unsupported value: "Node": supported values: "Pod"']],
    ['a list', [], [': Invalid value: []: must be of type object']],
  ])('refuses %s', (_sentence, input, expected) => {
    expect(told(parseObject(pod, input).causes)).toEqual(expected)
  })

  it('is not led astray by keys that JavaScript treats in a special way', () => {
    const input = JSON.parse(
      '{"metadata":{"name":"web","__proto__":{"x":1}},"spec":{"containers":[{"name":"a","image":"b"}],"constructor":1}}',
    ) as unknown
    expect(told(parseObject(pod, input).causes).toSorted()).toEqual([
      'metadata.__proto__: unknown field "__proto__"',
      'spec.constructor: unknown field "constructor"',
    ])
  })

  it('leaves the input as it was', () => {
    const manifest = podManifest({ containers: [{ name: 'main', bad: 1 }], volumes: null })
    const before = structuredClone(manifest)
    parseObject(pod, manifest)
    expect(manifest).toEqual(before)
  })

  it('judges whatever it is given, and finds nothing wrong in what it took', () => {
    const fields = fc.constantFrom(
      'metadata',
      'spec',
      'containers',
      'name',
      'image',
      'ports',
      'restartPolicy',
      'labels',
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, '', 'a', 0, -1.5, 80, true),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fields, tie('tree'), { maxKeys: 5 }),
      ),
    }))
    fc.assert(
      fc.property(tree, (input) => {
        const { object, causes } = parseObject(pod, input)
        expect(object !== undefined || causes.length > 0).toBe(true)
        if (object !== undefined && causes.length === 0) expect(parseObject(pod, object)).toEqual({ object, causes })
      }),
      { numRuns: 500 },
    )
  })
})

describe('parseStatus', () => {
  it('takes a status of the right shape', () => {
    expect(parseStatus(pod, { phase: 'Running' })).toEqual({ status: { phase: 'Running' }, causes: [] })
  })

  it('tells the faults of another one', () => {
    expect(told(parseStatus(pod, { containerStatuses: [{ name: 'a', ready: 'yes' }] }).causes)).toEqual([
      'status.containerStatuses[0].ready: Invalid value: "yes": must be of type boolean',
      'status.containerStatuses[0].restartCount: Required value',
      'status.containerStatuses[0].image: Required value',
      'status.containerStatuses[0].imageID: Required value',
    ])
  })
})

describe('metadata', () => {
  it.each([
    ['a missing name', { name: '' }, ['metadata.name: Required value: name or generateName is required']],
    [
      'a name with capitals',
      { name: 'Web' },
      [expect.stringContaining('metadata.name: Invalid value: "Web": a lowercase RFC 1123 subdomain')],
    ],
    [
      'a namespace that is none',
      { namespace: 'A' },
      [expect.stringContaining('metadata.namespace: Invalid value: "A"')],
    ],
    [
      'a label that is none',
      { labels: { 'a b': 'c d' } },
      [
        expect.stringContaining('metadata.labels: Invalid value: "a b"'),
        expect.stringContaining('metadata.labels: Invalid value: "c d"'),
      ],
    ],
    [
      'too many annotations',
      { annotations: { a: 'x'.repeat(262_144) } },
      ['metadata.annotations: Too long: may not be more than 262144 bytes'],
    ],
    [
      'a finalizer without a prefix',
      { finalizers: ['mine'] },
      [
        'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'two managing owners',
      {
        ownerReferences: ['a', 'b'].map((name) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          name,
          uid: name,
          controller: true,
        })),
      },
      [
        expect.stringContaining(
          'Only one reference can have Controller set to true. Found "true" in references for a and b',
        ),
      ],
    ],
    [
      'an owner without a name',
      { ownerReferences: [{ apiVersion: 'apps/', kind: 'Pod', name: '', uid: 'u' }] },
      [
        'metadata.ownerReferences[0].apiVersion: Invalid value: "apps/": version must not be empty',
        'metadata.ownerReferences[0].name: Invalid value: "": must not be empty',
      ],
    ],
  ])('tells %s', (_sentence, metadata, expected) => {
    expect(told(judge(podManifest({}, metadata)).causes)).toEqual(expected)
  })

  it('takes capitals in keys of annotations, a prefix that ends with a hyphen, and the standard finalizers', () => {
    const metadata = {
      annotations: { 'Example.com/A': '' },
      generateName: 'web-',
      finalizers: ['orphan', 'example.com/mine'],
    }
    expect(judge(podManifest({}, metadata)).causes).toEqual([])
  })

  it('does not let a cluster-wide object have a namespace', () => {
    const { causes } = judge({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', namespace: 'b' } })
    expect(told(causes)).toEqual(['metadata.namespace: Forbidden: not allowed on this type'])
  })

  it.each([
    ['the name', { name: 'other' }, 'metadata.name: Invalid value: "other": field is immutable'],
    ['the uid', { uid: '2' }, 'metadata.uid: Invalid value: "2": field is immutable'],
    [
      'when it will be gone',
      { deletionTimestamp: '2026-01-02T00:00:00Z' },
      'metadata.deletionTimestamp: Invalid value: "2026-01-02T00:00:00Z": field is immutable; may only be changed via deletion',
    ],
    ['the generation, downwards', { generation: 1 }, 'metadata.generation: Invalid value: 1: must not be decremented'],
  ])('%s cannot be changed', (_sentence, change, fault) => {
    const previous = podWith({}, { uid: '1', generation: 2 })
    const next = { ...previous, metadata: { ...previous.metadata, ...change } }
    expect(told(validateUpdate(pod, next, previous))).toEqual([fault])
  })

  it('gets no new finalizers while it is being deleted', () => {
    const previous = podWith({}, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a.b/c'] })
    const next = { ...previous, metadata: { ...previous.metadata, finalizers: ['a.b/c', 'a.b/d'] } }
    expect(told(validateUpdate(pod, next, previous))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ["a.b/d"]',
    ])
  })
})

function podWithoutPodDefaults(): { readonly spec: unknown } {
  return { spec: parseObject(pod, podManifest()).object?.['spec'] }
}
