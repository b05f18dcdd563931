import { describe, expect, it } from 'vitest'
import { podSpec } from '../../../src/model/kinds/pod/pod-spec.ts'
import { judgeChange, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

/** Another value for every field of a pod's spec, and what the first container may have another value of. */
const changes: Readonly<Record<string, unknown>> = {
  initContainers: [{ name: 'first', image: 'i' }],
  containers: [{ name: 'other', image: 'nginx:1' }],
  ephemeralContainers: [{ name: 'debug', image: 'busybox' }],
  volumes: [{ name: 'v', emptyDir: {} }],
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 7,
  nodeName: 'n',
  nodeSelector: { disk: 'ssd' },
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
  tolerations: [{ operator: 'Exists' }],
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
  schedulerName: 'mine',
  schedulingGates: [{ name: 'gate' }],
  schedulingGroup: { podGroupName: 'g' },
  priorityClassName: 'high',
  priority: 7,
  preemptionPolicy: 'Never',
  overhead: { cpu: '1' },
  resourceClaims: [{ name: 'gpu', resourceClaimName: 'g' }],
  resources: { limits: { cpu: '1' } },
  activeDeadlineSeconds: 7,
  serviceAccountName: 'mine',
  serviceAccount: 'mine',
  automountServiceAccountToken: false,
  imagePullSecrets: [{ name: 's' }],
  securityContext: { runAsUser: 7 },
  runtimeClassName: 'gvisor',
  os: { name: 'linux' },
  dnsPolicy: 'Default',
  dnsConfig: { searches: ['a'] },
  hostname: 'h',
  subdomain: 's',
  setHostnameAsFQDN: true,
  hostnameOverride: 'h',
  hostAliases: [{ ip: '1.1.1.1', hostnames: ['h'] }],
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  hostUsers: false,
  shareProcessNamespace: true,
  enableServiceLinks: false,
  readinessGates: [{ conditionType: 'c' }],
  workloadRef: { name: 'w', podGroup: 'g' },
}

/** What a writer may change: tolerations may be added, and a deadline be set. */
const changeable = new Set(['tolerations', 'activeDeadlineSeconds'])
const fields = Object.keys(podSpec.shape)

describe('the spec of a pod', () => {
  it('has another value for each field', () => {
    expect(fields.filter((field) => !(field in changes))).toEqual([])
  })

  it.each(fields.filter((field) => !changeable.has(field)))('cannot be changed in %s', (field) => {
    const faults = told(judgeChange(podManifest(), podManifest({ [field]: changes[field] })))
    expect(faults.join('\n')).toMatch(/Forbidden: (pod updates may not|only deletion is allowed)/)
  })

  it.each(fields.filter((field) => changeable.has(field)))('can be changed in %s', (field) => {
    expect(told(judgeChange(podManifest(), podManifest({ [field]: changes[field] })))).toEqual([])
  })
})

describe('a container of a pod', () => {
  const around = { volumes: [{ name: 'v', emptyDir: {} }] }
  const withContainer = (list: string, container: Fields) =>
    podManifest({ ...around, initContainers: [{ name: 'first', image: 'i' }], [list]: [container] })

  it.each(['containers', 'initContainers'])('can be given another image in %s', (list) => {
    const withImage = (image: string) => withContainer(list, { name: 'one', image, imagePullPolicy: 'Never' })
    expect(told(judgeChange(withImage('a'), withImage('b')))).toEqual([])
    expect(told(judgeChange(withImage('a'), withImage('')))).toEqual([`spec.${list}[0].image: Required value`])
    expect(told(judgeChange(withImage('a'), withImage(' b')))).toEqual([
      `spec.${list}[0].image: Invalid value: " b": must not have leading or trailing whitespace`,
    ])
  })

  it.each(
    ['containers', 'initContainers'].flatMap((list) =>
      Object.entries({
        command: ['a'],
        args: ['a'],
        workingDir: '/a',
        ports: [{ containerPort: 1 }],
        env: [{ name: 'A', value: 'a' }],
        envFrom: [{ configMapRef: { name: 'a' } }],
        resources: { limits: { cpu: '1' } },
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
        terminationMessagePath: '/a',
        terminationMessagePolicy: 'FallbackToLogsOnError',
        imagePullPolicy: 'Never',
        securityContext: { privileged: true },
        stdin: true,
        stdinOnce: true,
        tty: true,
      }).map(([field, value]) => [list, field, value] as const),
    ),
  )('cannot be changed in %s: %s', (list, field, value) => {
    const before = withContainer(list, { name: 'one', image: 'a:1' })
    const after = withContainer(list, { name: 'one', image: 'a:1', [field]: value })
    expect(told(judgeChange(before, after)).join('\n')).toContain(`changed: \`spec.${list}\``)
  })
})
