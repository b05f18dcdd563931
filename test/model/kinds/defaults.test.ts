import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pullPolicyOf } from '../../../src/model/kinds/pod/image.ts'
import { qosClassOf } from '../../../src/model/kinds/pod/qos-class.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { admitPodSpec, givenTolerationSeconds } from '../../../src/model/kinds/pod-admission.ts'
import { definitionOf } from '../../../src/model/kinds.ts'
import { describeConformance } from '../../support/conformance.ts'
import { judge, podWith } from './judge.ts'

describe('the defaults of a pod', () => {
  it('fill in what the writer left out', () => {
    expect(podWith().spec).toEqual({
      containers: [
        {
          name: 'main',
          image: 'nginx:1',
          imagePullPolicy: 'IfNotPresent',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      securityContext: {},
      enableServiceLinks: true,
    })
  })

  it.each([
    [
      'probes are tried every 10 seconds, for one second each',
      { livenessProbe: { httpGet: { port: 80 }, periodSeconds: 0 } },
      {
        livenessProbe: {
          httpGet: { path: '/', port: 80, scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
      },
    ],
    [
      'a gRPC probe asks about no service',
      { livenessProbe: { grpc: { port: 1 } } },
      { livenessProbe: { grpc: { port: 1, service: '' } } },
    ],
    ['ports are for TCP', { ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 80, protocol: 'TCP' }] }],
    [
      'requests are as the limits, where they are not given',
      { resources: { limits: { cpu: 1, memory: '1Gi' }, requests: { cpu: '0.5' } } },
      { resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } } },
    ],
    [
      'amounts are rounded up to thousandths',
      { resources: { requests: { cpu: '100u' } } },
      { resources: { requests: { cpu: '1m' } } },
    ],
    [
      'fields are of version v1',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
      { env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }] },
    ],
  ])('%s', (_sentence, container, expected) => {
    const { spec } = podWith({ containers: [{ name: 'main', image: 'x', ...container }] })
    expect(spec.containers[0]).toMatchObject(expected)
  })

  it.each([
    ['a volume without a source is an empty folder', {}, { emptyDir: {} }],
    ['files of a Secret can be read by all', { secret: { secretName: 's' } }, { secret: { defaultMode: 420 } }],
    ['a path of the host is not checked', { hostPath: { path: '/x' } }, { hostPath: { type: '' } }],
    [
      'a token is valid for an hour',
      { projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
      { projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3600 } }] } },
    ],
    ['an image is pulled as for containers', { image: { reference: 'x:latest' } }, { image: { pullPolicy: 'Always' } }],
    [
      'an Azure disk is shared and cached',
      { azureDisk: { diskName: 'd', diskURI: 'https://x' } },
      { azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared' } },
    ],
    [
      'a claim is for files',
      { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
      { ephemeral: { volumeClaimTemplate: { spec: { volumeMode: 'Filesystem' } } } },
    ],
  ])('%s', (_sentence, source, expected) => {
    expect(podWith({ volumes: [{ name: 'v', ...source }] }).spec.volumes?.[0]).toMatchObject(expected)
  })

  it('make the ports of the host those of the containers, with hostNetwork', () => {
    const containers = [
      { name: 'main', image: 'x', ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] },
    ]
    const { spec } = podWith({ hostNetwork: true, containers })
    expect(spec.containers[0]?.ports?.map((port) => port.hostPort)).toEqual([80, 81])
    expect(podWith({ containers }).spec.containers[0]?.ports?.[0]?.hostPort).toBeUndefined()
  })

  it('keep both names of the service account the same', () => {
    expect(podWith({ serviceAccount: 'robot' }).spec).toMatchObject({
      serviceAccount: 'robot',
      serviceAccountName: 'robot',
    })
  })

  it('take amounts of the pod as a whole from its limits, but what the containers request from them', () => {
    const containers = [{ name: 'main', image: 'x', resources: { requests: { cpu: '100m' } } }]
    const { spec } = podWith({ containers, resources: { limits: { cpu: '1', memory: '1Gi' } } })
    expect(spec.resources).toEqual({ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '1Gi' } })
  })

  it('change nothing the second time, and share what they do not change', () => {
    const { applyDefaults } = definitionOf('Pod')
    const pod = podWith({ volumes: [{ name: 'v' }], initContainers: [{ name: 'init', image: 'y' }] })
    expect(applyDefaults?.(pod)).toBe(pod)
    const { enableServiceLinks: _, ...spec } = pod.spec
    const again = applyDefaults?.({ ...pod, spec }) as Pod
    expect(again.spec.containers).toBe(pod.spec.containers)
    expect(again.metadata).toBe(pod.metadata)
  })
})

describe('pullPolicyOf', () => {
  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.25', 'IfNotPresent'],
    ['registry.example.com:5000/team/nginx', 'Always'],
    ['registry.example.com:5000/team/nginx:1', 'IfNotPresent'],
    ['[::1]:5000/nginx', 'Always'],
    [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
    [`nginx:latest@sha256:${'a'.repeat(64)}`, 'Always'],
    ['<no image>', 'IfNotPresent'],
    ['', 'IfNotPresent'],
  ])('of %s is %s', (image, policy) => {
    expect(pullPolicyOf(image)).toBe(policy)
  })
})

describe('admitPodSpec', () => {
  it('adds five minutes on machines that are not ready or unreachable, and a priority', () => {
    expect(admitPodSpec(podWith().spec)).toMatchObject({
      tolerations: ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
        key,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
    })
  })

  it.each([
    ['keeps a priority that is given', { priority: 7 }, 7],
    ['knows the classes of the system', { priorityClassName: 'system-node-critical' }, 2_000_001_000],
  ])('%s', (_sentence, spec, priority) => {
    expect(admitPodSpec(podWith(spec).spec).priority).toBe(priority)
  })

  it('adds as long as the settings say, and a pod that was given other times keeps them', () => {
    const { spec } = podWith()
    const admitted = admitPodSpec(spec, { notReady: 10, unreachable: 0 })
    expect(admitted.tolerations?.map(({ tolerationSeconds }) => tolerationSeconds)).toEqual([10, 0])
    expect(givenTolerationSeconds(admitted)).toEqual({ notReady: 10, unreachable: 0 })
    expect(admitPodSpec(spec, givenTolerationSeconds(admitted)).tolerations).toEqual(admitted.tolerations)
    expect(givenTolerationSeconds(spec)).toEqual({ notReady: 300, unreachable: 300 })
  })

  it('gives the pods of one template one spec, and leaves a spec that has all as it is', () => {
    const { spec } = podWith()
    const admitted = admitPodSpec(spec)
    expect(admitPodSpec(spec)).toBe(admitted)
    expect(admitPodSpec(admitted)).toBe(admitted)
  })
})

describe('the defaults of other kinds', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'x' }] } }

  it('give a ReplicationController the labels of its template, and one replica', () => {
    const { object } = judge({
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'web' },
      spec: { template },
    })
    expect(object).toMatchObject({
      metadata: { labels: { app: 'web' } },
      spec: { replicas: 1, selector: { app: 'web' } },
    })
  })

  it('do not give a template what only pods get', () => {
    const { object } = judge({
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'web' },
      spec: { template },
    })
    const { spec } = (object as unknown as { spec: { template: { spec: object } } }).spec.template
    expect(spec).not.toHaveProperty('enableServiceLinks')
    expect(spec).toMatchObject({ restartPolicy: 'Always', containers: [{ imagePullPolicy: 'Always' }] })
  })

  it('give a namespace its name as a label, and the finalizer that empties it', () => {
    const { object } = judge({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } })
    expect(object).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'team' } },
      spec: { finalizers: ['kubernetes'] },
    })
  })

  it('do not give the finalizer back to a namespace that is being deleted', () => {
    const metadata = { name: 'team', deletionTimestamp: '2026-01-01T00:00:00Z' }
    const { object } = judge({ apiVersion: 'v1', kind: 'Namespace', metadata })
    expect(object).not.toHaveProperty('spec')
  })

  it('let pods use all that a machine has', () => {
    const { object } = judge({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      status: { capacity: { cpu: 2 } },
    })
    expect(object).toMatchObject({ status: { capacity: { cpu: '2' }, allocatable: { cpu: '2' } } })
  })
})

describe('qosClassOf', () => {
  const both = { cpu: '1', memory: '1Gi' }

  it.each([
    ['BestEffort, when nothing is asked for', [{}], 'BestEffort'],
    ['Guaranteed, when all have limits for cpu and memory', [{ limits: both }, { limits: both }], 'Guaranteed'],
    ['Burstable, when one has none', [{ limits: both }, {}], 'Burstable'],
    [
      'Burstable, when requests are below limits',
      [{ limits: both, requests: { cpu: '500m', memory: '1Gi' } }],
      'Burstable',
    ],
    [
      'Guaranteed, when both are the same in other words',
      [{ limits: both, requests: { cpu: '1000m', memory: '1024Mi' } }],
      'Guaranteed',
    ],
    ['BestEffort, when only storage is asked for', [{ requests: { 'ephemeral-storage': '1Gi' } }], 'BestEffort'],
    ['BestEffort, when nothing is asked for in so many words', [{ requests: { cpu: 0 } }], 'BestEffort'],
  ])('is %s', (_sentence, resources, expected) => {
    const containers = resources.map((one, index) => ({ name: `c${index}`, image: 'x', resources: one }))
    expect(qosClassOf(podWith({ containers }).spec)).toBe(expected)
  })

  it('does not depend on the order of the containers', () => {
    const resources = fc.constantFrom({}, { limits: both }, { requests: { cpu: '1' } })
    fc.assert(
      fc.property(fc.array(resources, { minLength: 1, maxLength: 4 }), (list) => {
        const spec = (order: readonly object[]) =>
          podWith({ containers: order.map((one, index) => ({ name: `c${index}`, image: 'x', resources: one })) }).spec
        return qosClassOf(spec(list)) === qosClassOf(spec(list.toReversed()))
      }),
    )
  })
})

interface ImageRow {
  readonly Input: string
  readonly Tag: string
}

describeConformance<{ tables: { readonly imageRefParse: readonly ImageRow[] } }>(
  '05n-kubectl-semantics.json',
  ({ tables }) => {
    it.each(tables.imageRefParse)('the image $Input is always pulled when its tag, "$Tag", moves', ({ Input, Tag }) => {
      const { spec } = podWith({ containers: [{ name: 'main', image: Input }] })
      expect(spec.containers[0]?.imagePullPolicy).toBe(Tag === 'latest' ? 'Always' : 'IfNotPresent')
    })
  },
)

interface DefaultFacts {
  readonly defaults: {
    readonly pod: Readonly<Record<string, string | number | boolean>>
    readonly probe: Readonly<Record<string, number>>
  }
}

describeConformance<DefaultFacts>('10-facts.json', ({ defaults }) => {
  const probed = { name: 'main', image: 'x', readinessProbe: { exec: { command: ['a'] } } }
  const { spec } = podWith({ containers: [probed] })

  // How images are pulled depends on their tags, see above.
  it.each(Object.entries(defaults.pod).filter(([field]) => field !== 'imagePullPolicy'))('%s is %s', (field, value) => {
    expect({ ...spec.containers[0], ...spec }).toHaveProperty(field, value)
  })

  it.each(Object.entries(defaults.probe))('%s of a probe is %s', (field, value) => {
    expect({ initialDelaySeconds: 0, ...spec.containers[0]?.readinessProbe }).toHaveProperty(field, value)
  })
})
