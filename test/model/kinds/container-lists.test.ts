import { expect, it } from 'vitest'
import { judge, type Manifest, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

const lists = ['containers', 'initContainers'] as const
const labels = { app: 'web' }

/** A container in a list of a pod, of a ReplicationController and of a ReplicaSet, with the path of its spec. */
function holders(list: (typeof lists)[number], container: Fields): (readonly [path: string, manifest: Manifest])[] {
  const one = { name: 'one', image: 'x', ...container }
  const others = list === 'containers' ? {} : { containers: [{ name: 'main', image: 'x' }] }
  const pod = podManifest({ ...others, [list]: [one], volumes: [{ name: 'v', emptyDir: {} }] })
  const template = { metadata: { labels }, spec: pod['spec'] }
  const metadata = { name: 'web' }
  return [
    ['spec', pod],
    ['spec.template.spec', { apiVersion: 'v1', kind: 'ReplicationController', metadata, spec: { template } }],
    [
      'spec.template.spec',
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { selector: { matchLabels: labels }, template } },
    ],
  ]
}

/** One fault of each field of a container, with its field and how it begins. */
const faults: readonly (readonly [container: Fields, field: string, fault: string])[] = [
  [{ name: '' }, 'name', 'Required value'],
  [{ name: 'A' }, 'name', 'Invalid value: "A"'],
  [{ name: 'a.b' }, 'name', 'Invalid value: "a.b"'],
  [{ name: 'a'.repeat(64) }, 'name', 'Invalid value'],
  [{ image: '' }, 'image', 'Required value'],
  [{ ports: [{}] }, 'ports[0].containerPort', 'Required value'],
  [{ ports: [{ containerPort: 0 }] }, 'ports[0].containerPort', 'Required value'],
  [{ ports: [{ containerPort: 65_536 }] }, 'ports[0].containerPort', 'Invalid value: 65536'],
  [{ ports: [{ containerPort: 1, hostPort: -1 }] }, 'ports[0].hostPort', 'Invalid value: -1'],
  [{ ports: [{ containerPort: 1, protocol: 'ICMP' }] }, 'ports[0].protocol', 'Unsupported value: "ICMP"'],
  [{ ports: [{ containerPort: 1, protocol: 'tcp' }] }, 'ports[0].protocol', 'Unsupported value: "tcp"'],
  [{ ports: [{ containerPort: 1, name: 'a--b' }] }, 'ports[0].name', 'Invalid value: "a--b"'],
  [{ ports: [{ containerPort: 1, name: '123' }] }, 'ports[0].name', 'Invalid value: "123"'],
  [{ env: [{ value: 'a' }] }, 'env[0].name', 'Required value'],
  [{ env: [{ name: 'a=b' }] }, 'env[0].name', 'Invalid value: "a=b"'],
  [{ env: [{ name: 'A', valueFrom: { fieldRef: {} } }] }, 'env[0].valueFrom.fieldRef.fieldPath', 'Required value'],
  [
    { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] },
    'env[0].valueFrom.fieldRef.fieldPath',
    'Unsupported value: "metadata.labels"',
  ],
  [
    { env: [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } } }] },
    'env[0].valueFrom.fieldRef.fieldPath',
    'Invalid value: "metadata.name": error converting fieldPath',
  ],
  [
    { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] },
    'env[0].valueFrom.fieldRef',
    'Invalid value: "a b"',
  ],
  [
    { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] },
    'env[0].valueFrom.resourceFieldRef.resource',
    'Unsupported value: "limits.gpu"',
  ],
  [
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a b' } } }] },
    'env[0].valueFrom.secretKeyRef.key',
    'Invalid value: "a b"',
  ],
  [
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'A', key: 'a' } } }] },
    'env[0].valueFrom.configMapKeyRef.name',
    'Invalid value: "A"',
  ],
  [{ envFrom: [{ prefix: 'a=', secretRef: { name: 's' } }] }, 'envFrom[0].prefix', 'Invalid value: "a="'],
  [{ envFrom: [{ configMapRef: {} }] }, 'envFrom[0].configMapRef.name', 'Required value'],
  [{ envFrom: [{}] }, 'envFrom', 'Invalid value: "": must specify one of'],
  [{ volumeMounts: [{ name: 'v', mountPath: '' }] }, 'volumeMounts[0].mountPath', 'Required value'],
  [{ volumeMounts: [{ name: 'w', mountPath: '/w' }] }, 'volumeMounts[0].name', 'Not found: "w"'],
  [{ volumeMounts: [{ name: 'v', mountPath: '/v', subPath: '/a' }] }, 'volumeMounts[0].subPath', 'Invalid value: "/a"'],
  [{ volumeDevices: [{ name: 'v', devicePath: '/v' }] }, 'volumeDevices[0].name', 'Invalid value: "v": can only use'],
  [{ imagePullPolicy: 'Sometimes' }, 'imagePullPolicy', 'Unsupported value: "Sometimes"'],
  [{ terminationMessagePolicy: 'Log' }, 'terminationMessagePolicy', 'Unsupported value: "Log"'],
  [{ resources: { limits: { cpu: '-1' } } }, 'resources.limits[cpu]', 'Invalid value: "-1"'],
  [{ resources: { limits: { storage: '1' } } }, 'resources.limits[storage]', 'Invalid value: "storage"'],
  [{ resources: { requests: { 'a/b/c': '1' } } }, 'resources.requests[a/b/c]', 'Invalid value: "a/b/c"'],
  [{ resources: { requests: { 'a.b/gpu': '1' } } }, 'resources.limits', 'Required value'],
  [
    { resources: { requests: { 'a.b/gpu': '1' }, limits: { 'a.b/gpu': '2' } } },
    'resources.requests',
    'Invalid value: "1": must be equal to a.b/gpu limit of 2',
  ],
  [{ resources: { limits: { 'hugepages-2Mi': '3Mi', cpu: '1' } } }, 'resources.limits[hugepages-2Mi]', 'Invalid value'],
  [{ securityContext: { runAsUser: -1 } }, 'securityContext.runAsUser', 'Invalid value: -1'],
  [{ securityContext: { runAsGroup: 2 ** 31 } }, 'securityContext.runAsGroup', 'Invalid value: 2147483648'],
  [{ securityContext: { procMount: 'Some' } }, 'securityContext.procMount', 'Unsupported value: "Some"'],
  [
    { securityContext: { allowPrivilegeEscalation: false, privileged: true } },
    'securityContext',
    'Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}',
  ],
  [
    { securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } } },
    'securityContext',
    'Invalid value: {',
  ],
]

it.each(
  lists.flatMap((list) =>
    faults.map(
      ([container, field, fault]) => [list, JSON.stringify(container).slice(0, 90), field, fault, container] as const,
    ),
  ),
)('%s with %s are refused at %s', (list, _shown, field, fault, container) => {
  for (const [path, manifest] of holders(list, container)) {
    expect(told(judge(manifest).causes).join('\n')).toContain(`${path}.${list}[0].${field}: ${fault}`)
  }
})

const probes: readonly (readonly [probe: Fields, field: string, fault: string])[] = [
  [{}, '', 'Required value: must specify a handler type'],
  [{ exec: {} }, '.exec.command', 'Required value'],
  [
    { exec: { command: ['a'] }, tcpSocket: { port: 1 } },
    '.tcpSocket',
    'Forbidden: may not specify more than 1 handler',
  ],
  [{ tcpSocket: { port: 0 } }, '.tcpSocket.port', 'Invalid value: 0'],
  [{ tcpSocket: { port: '' } }, '.tcpSocket.port', 'Invalid value: ""'],
  [{ httpGet: { port: 65_536 } }, '.httpGet.port', 'Invalid value: 65536'],
  [{ httpGet: { port: 'a_b' } }, '.httpGet.port', 'Invalid value: "a_b"'],
  [{ httpGet: { port: 80, scheme: 'FTP' } }, '.httpGet.scheme', 'Unsupported value: "FTP"'],
  [
    { httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: '' }] } },
    '.httpGet.httpHeaders',
    'Invalid value: "a b"',
  ],
  [{ grpc: { port: -1 } }, '.grpc.port', 'Invalid value: -1'],
]
const counts = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']

it.each(['livenessProbe', 'readinessProbe', 'startupProbe'])('a faulty %s is refused', (name) => {
  for (const [probe, field, fault] of probes) {
    for (const [path, manifest] of holders('containers', { [name]: probe })) {
      expect(told(judge(manifest).causes).join('\n')).toContain(`${path}.containers[0].${name}${field}: ${fault}`)
    }
  }
  for (const count of counts) {
    const [[, manifest] = ['', podManifest()]] = holders('containers', { [name]: { grpc: { port: 1 }, [count]: -1 } })
    expect(told(judge(manifest).causes).join('\n')).toContain(`${name}.${count}: Invalid value: -1`)
  }
})

it.each(['postStart', 'preStop'])('a faulty %s is refused', (name) => {
  for (const [handler, field, fault] of probes.filter(([probe]) => !('grpc' in probe))) {
    for (const [path, manifest] of holders('containers', { lifecycle: { [name]: handler } })) {
      expect(told(judge(manifest).causes).join('\n')).toContain(
        `${path}.containers[0].lifecycle.${name}${field}: ${fault}`,
      )
    }
  }
})

it('what only containers that keep running have is refused for those that run first', () => {
  const probe = { exec: { command: ['a'] } }
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
    const container = { [field]: field === 'lifecycle' ? { preStop: probe } : probe }
    for (const [path, manifest] of holders('initContainers', container)) {
      expect(told(judge(manifest).causes).join('\n')).toContain(`${path}.initContainers[0].${field}: Forbidden`)
    }
  }
})
