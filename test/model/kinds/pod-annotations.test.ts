import { expect, it } from 'vitest'
import { judge, judgeChange, type Manifest, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>
type Annotations = Readonly<Record<string, string>>

const tolerations = 'scheduler.alpha.kubernetes.io/tolerations'
const cost = 'controller.kubernetes.io/pod-deletion-cost'
const mirror = 'kubernetes.io/config.mirror'
const seccomp = 'seccomp.security.alpha.kubernetes.io/pod'
const ofContainer = 'container.seccomp.security.alpha.kubernetes.io/main'
const appArmor = 'container.apparmor.security.beta.kubernetes.io/main'

const profiled = (field: string, profile: Fields) => ({ securityContext: { [field]: profile } })
const localhost = (localhostProfile: string) => ({ type: 'Localhost', localhostProfile })

/** The same annotations and spec in a pod and in the template of a ReplicationController. */
function holders(annotations: Annotations, spec: Fields): (readonly [path: string, manifest: Manifest])[] {
  const pod = podManifest(spec, { annotations })
  const template = { metadata: { labels: { app: 'web' }, annotations }, spec: pod['spec'] }
  const controller = { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec: { template } }
  return [
    ['', pod],
    ['spec.template.', controller],
  ]
}

it.each<[string, Annotations, Fields]>([
  ['tolerations', { [tolerations]: '[{"key":"a","operator":"Exists","effect":"NoSchedule"}]' }, {}],
  ['what a pod is worth', { [cost]: '-7' }, {}],
  ['a mirror of a pod that has a node', { [mirror]: 'x' }, { nodeName: 'n' }],
  ['profiles', { [seccomp]: 'docker/default', [ofContainer]: 'localhost/a/b', [appArmor]: 'localhost/c' }, {}],
  [
    'the profile that the field has',
    { [seccomp]: 'runtime/default' },
    profiled('seccompProfile', { type: 'RuntimeDefault' }),
  ],
  ['the file that the field has', { [seccomp]: 'localhost/a' }, profiled('seccompProfile', localhost('a'))],
  ['the confinement of the pod', { [appArmor]: 'unconfined' }, profiled('appArmorProfile', { type: 'Unconfined' })],
])('annotations of a pod may hold %s', (_sentence, annotations, spec) => {
  for (const [, manifest] of holders(annotations, spec)) expect(told(judge(manifest).causes)).toEqual([])
})

it.each<[string, Annotations, Fields, string]>([
  [
    'tolerations that are no JSON',
    { [tolerations]: 'x' },
    {},
    `annotations.${tolerations}: Invalid value: "x": must be JSON`,
  ],
  [
    'tolerations without end',
    { [tolerations]: `${'['.repeat(10_000)}${']'.repeat(10_000)}` },
    {},
    `annotations.${tolerations}: Invalid value: "${'['.repeat(499)}…: must not be nested more than 100 levels deep`,
  ],
  [
    'a toleration that is none',
    { [tolerations]: '[{"key":"a","operator":"Maybe"}]' },
    {},
    `annotations.${tolerations}[0].operator: Unsupported value: "Maybe"`,
  ],
  [
    'a worth that is no number',
    { [cost]: '1.5' },
    {},
    `annotations[${cost}]: Invalid value: "1.5": must be a 32bit integer`,
  ],
  [
    'a mirror of a pod without a node',
    { [mirror]: '' },
    {},
    `annotations[${mirror}]: Invalid value: "": must set spec.nodeName`,
  ],
  ['no profile', { [seccomp]: '' }, {}, `annotations.${seccomp}: Invalid value: "": must be a valid seccomp profile`],
  [
    'a profile elsewhere',
    { [ofContainer]: 'localhost//a' },
    {},
    `annotations.${ofContainer}: Invalid value: "/a": must be a relative`,
  ],
  [
    'a profile above',
    { [seccomp]: 'localhost/../a' },
    {},
    `annotations.${seccomp}: Invalid value: "../a": must not contain '..'`,
  ],
  [
    'a confinement that is none',
    { [appArmor]: 'bad' },
    {},
    `annotations[${appArmor}]: Invalid value: "bad": invalid AppArmor`,
  ],
  [
    'another profile than the field',
    { [seccomp]: 'unconfined' },
    profiled('seccompProfile', { type: 'RuntimeDefault' }),
    'spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match',
  ],
  [
    'another file than the field',
    { [seccomp]: 'localhost/a' },
    profiled('seccompProfile', localhost('b')),
    'spec.securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match',
  ],
  [
    'another confinement than the pod',
    { [appArmor]: 'localhost/a' },
    profiled('appArmorProfile', localhost('b')),
    'spec.containers[0].securityContext.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field',
  ],
])('annotations of a pod cannot hold %s', (_sentence, annotations, spec, fault) => {
  for (const [path, manifest] of holders(annotations, spec)) {
    // Of a template, Kubernetes tells annotations without `metadata`.
    const place = fault.startsWith('annotations') && path === '' ? 'metadata.' : path
    expect(told(judge(manifest).causes).join('\n')).toContain(`${place}${fault}`)
  }
})

it.each([
  [appArmor, 'may not add AppArmor annotations', 'may not remove or update AppArmor annotations'],
  [mirror, 'may not add mirror pod annotation', 'may not remove or update mirror pod annotation'],
])('%s is fixed for life', (key, added, changed) => {
  const withValue = (value?: string) =>
    podManifest({ nodeName: 'n' }, value === undefined ? {} : { annotations: { [key]: value } })
  const faults = (before?: string, after?: string) => told(judgeChange(withValue(before), withValue(after)))
  expect(faults(undefined, 'unconfined')).toEqual([`metadata.annotations[${key}]: Forbidden: ${added}`])
  expect(faults('unconfined', undefined)).toEqual([`metadata.annotations[${key}]: Forbidden: ${changed}`])
  expect(faults('unconfined', 'runtime/default')).toEqual([`metadata.annotations[${key}]: Forbidden: ${changed}`])
  expect(faults('unconfined', 'unconfined')).toEqual([])
})
