import { describe, expect, it } from 'vitest'
import { judge, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

/** The faults of a pod whose container has these fields. */
function faultsOfContainer(container: Fields, spec: Fields = {}): string[] {
  return told(judge(podManifest({ containers: [{ name: 'main', image: 'x', ...container }], ...spec })).causes)
}

function faultsOfSpec(spec: Fields): string[] {
  return told(judge(podManifest(spec)).causes)
}

describe('a container', () => {
  it.each([
    [
      'an image with blanks',
      { image: ' x' },
      ['spec.containers[0].image: Invalid value: " x": must not have leading or trailing whitespace'],
    ],
    ['an empty image', { image: '' }, ['spec.containers[0].image: Required value']],
    [
      'a restart policy of its own',
      { restartPolicy: 'Always' },
      ['spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers'],
    ],
    [
      'a port that is none',
      { ports: [{ containerPort: 70_000 }] },
      ['spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    ],
    [
      'two ports of one name',
      {
        ports: [
          { name: 'a', containerPort: 1 },
          { name: 'a', containerPort: 2 },
        ],
      },
      ['spec.containers[0].ports[1].name: Duplicate value: "a"'],
    ],
    [
      'one host port twice',
      {
        ports: [
          { containerPort: 1, hostPort: 9 },
          { containerPort: 2, hostPort: 9 },
        ],
      },
      ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//9"'],
    ],
    ['a variable without a name', { env: [{ name: '' }] }, ['spec.containers[0].env[0].name: Required value']],
    [
      'a value from nowhere',
      { env: [{ name: 'A', valueFrom: {} }] },
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
      ],
    ],
    [
      'a value and where it comes from',
      { env: [{ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
      ['spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty'],
    ],
    [
      'a field that cannot be told',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }] },
      [
        expect.stringContaining(
          'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase"',
        ),
      ],
    ],
    [
      'a divisor that does not fit',
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } }] },
      [
        'spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m, 1 are supported with the cpu resource',
      ],
    ],
    [
      'a mount of nothing',
      { volumeMounts: [{ name: 'data', mountPath: '/d' }] },
      ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    [
      'more requested than allowed',
      { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } },
      ['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1'],
    ],
    [
      'less than nothing',
      { resources: { requests: { cpu: -1 } } },
      ['spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
    ],
    [
      'a resource that is none',
      { resources: { requests: { gpu: 1 } } },
      [
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      ],
    ],
    [
      'half of a device',
      { resources: { limits: { 'a.b/gpu': '500m' } } },
      [
        'spec.containers[0].resources.limits[a.b/gpu]: Invalid value: "500m": must be an integer',
        'spec.containers[0].resources.requests[a.b/gpu]: Invalid value: "500m": must be an integer',
      ],
    ],
    [
      'a device without a limit',
      { resources: { requests: { 'a.b/gpu': 1 } } },
      ['spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources'],
    ],
    [
      'huge pages alone',
      { resources: { limits: { 'hugepages-2Mi': '4Mi' } } },
      ['spec.containers[0].resources: Forbidden: HugePages require cpu or memory'],
    ],
    [
      'part of a huge page',
      { resources: { limits: { cpu: 1, 'hugepages-2Mi': '3Mi' } } },
      [
        'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
        'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      ],
    ],
    [
      'a probe of nothing',
      { livenessProbe: {} },
      ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
    ],
    [
      'a probe of two things',
      { livenessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } },
      ['spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type'],
    ],
    [
      'a liveness probe that must succeed twice',
      { livenessProbe: { tcpSocket: { port: 'http' }, successThreshold: 2 } },
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      'a longer sleep than there is time',
      { lifecycle: { preStop: { sleep: { seconds: 60 } } } },
      [
        'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)',
      ],
    ],
    [
      'rights of root that may not grow',
      { securityContext: { privileged: true, allowPrivilegeEscalation: false } },
      [expect.stringContaining('cannot set `allowPrivilegeEscalation` to false and `privileged` to true')],
    ],
    [
      'a profile without a name',
      { securityContext: { seccompProfile: { type: 'Localhost' } } },
      [
        'spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
      ],
    ],
    [
      'a user below zero',
      { securityContext: { runAsUser: -1 } },
      ['spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive'],
    ],
    [
      'a Windows user of two domains',
      { securityContext: { windowsOptions: { runAsUserName: 'a\\b\\c' } } },
      [expect.stringContaining('runAsUserName cannot contain more than one backslash')],
    ],
  ])('cannot have %s', (_sentence, container, expected) => {
    expect(faultsOfContainer(container)).toEqual(expected)
  })

  it.each([
    [
      'labels and annotations as variables',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a/b']" } } }] },
    ],
    ['a variable with a dot in its name', { env: [{ name: 'a.b-c/d', value: '1' }] }],
    ['a preStop that takes all the time', { lifecycle: { preStop: { sleep: { seconds: 30 } } } }],
    [
      'one host port for two protocols',
      {
        ports: [
          { containerPort: 53, hostPort: 53 },
          { containerPort: 53, hostPort: 53, protocol: 'UDP' },
        ],
      },
    ],
    [
      'equal requests and limits of a device',
      { resources: { limits: { 'a.b/gpu': 2 }, requests: { 'a.b/gpu': '2' } } },
    ],
  ])('can have %s', (_sentence, container) => {
    expect(faultsOfContainer(container)).toEqual([])
  })

  it('mounts volumes of the pod, each at a path of its own', () => {
    const volumeMounts = [
      { name: 'data', mountPath: '/d', subPath: 'a/../b' },
      { name: 'data', mountPath: '/d', subPath: 'a', subPathExpr: '$(A)' },
      { name: 'data', mountPath: '/e', mountPropagation: 'Bidirectional', recursiveReadOnly: 'Enabled' },
    ]
    expect(faultsOfContainer({ volumeMounts }, { volumes: [{ name: 'data', emptyDir: {} }] })).toEqual([
      `spec.containers[0].volumeMounts[0].subPath: Invalid value: "a/../b": must not contain '..'`,
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/d": must be unique',
      'spec.containers[0].volumeMounts[1].subPathExpr: Invalid value: "$(A)": subPathExpr and subPath are mutually exclusive',
      'spec.containers[0].volumeMounts[2].mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
      'spec.containers[0].volumeMounts[2].recursiveReadOnly: Forbidden: may only be specified when readOnly is true',
      'spec.containers[0].volumeMounts[2].recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified',
    ])
  })
})

describe('containers of different sorts', () => {
  it('have different names', () => {
    const spec = { initContainers: [{ name: 'main', image: 'x' }] }
    expect(faultsOfSpec(spec)).toEqual(['spec.initContainers[0].name: Duplicate value: "main"'])
  })

  it('have no probes when they run first, unless they keep running', () => {
    const init = { name: 'init', image: 'x', readinessProbe: { exec: { command: ['a'] } } }
    expect(faultsOfSpec({ initContainers: [init] })).toEqual([
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ])
    expect(faultsOfSpec({ initContainers: [{ ...init, restartPolicy: 'Always' }] })).toEqual([])
    expect(faultsOfSpec({ initContainers: [{ name: 'init', image: 'x', restartPolicy: 'Never' }] })).toEqual([
      'spec.initContainers[0].restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ])
  })

  it('are not there to look into a pod that is just created', () => {
    const ephemeralContainers = [
      { name: 'debug', image: 'x', targetContainerName: 'other', ports: [{ containerPort: 1 }] },
    ]
    expect(faultsOfSpec({ ephemeralContainers })).toEqual([
      'spec.ephemeralContainers[0].targetContainerName: Not found: "other"',
      'spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ])
  })
})

describe('a volume', () => {
  it.each([
    [
      'two sources',
      { emptyDir: {}, hostPath: { path: '/x' } },
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'a step back on the host',
      { hostPath: { path: '/a/../b' } },
      [`spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'`],
    ],
    [
      'an unknown check of the host',
      { hostPath: { path: '/a', type: 'Folder' } },
      [expect.stringContaining('spec.volumes[0].hostPath.type: Unsupported value: "Folder"')],
    ],
    [
      'no name of a claim',
      { persistentVolumeClaim: { claimName: '' } },
      ['spec.volumes[0].persistentVolumeClaim.claimName: Required value'],
    ],
    [
      'an impossible mode',
      { secret: { secretName: 's', defaultMode: 512 } },
      [
        'spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive',
      ],
    ],
    [
      'a file outside',
      { configMap: { name: 'c', items: [{ key: 'a', path: '/etc/x' }] } },
      ['spec.volumes[0].configMap.items[0].path: Invalid value: "/etc/x": must be a relative path'],
    ],
    [
      'one file from two sources',
      {
        projected: {
          sources: [
            { secret: { name: 's', items: [{ key: 'k', path: 'f' }] } },
            { configMap: { name: 'c', items: [{ key: 'k', path: 'f' }] } },
          ],
        },
      },
      ['spec.volumes[0].projected: Invalid value: "f": conflicting duplicate paths'],
    ],
    [
      'a token for five minutes',
      { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 300 } }] } },
      [
        'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 300: may not specify a duration less than 10 minutes',
        'spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set',
      ],
    ],
    [
      'a claim of nothing',
      { ephemeral: { volumeClaimTemplate: { spec: {} } } },
      [
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required',
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
      ],
    ],
    [
      'a relative path on a server',
      { nfs: { server: 's', path: 'x' } },
      ['spec.volumes[0].nfs.path: Invalid value: "x": must be an absolute path'],
    ],
    [
      'a target that is none',
      { iscsi: { targetPortal: 'p', iqn: 'x', lun: 0 } },
      ['spec.volumes[0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa'],
    ],
    [
      'nothing of a gateway',
      { scaleIO: { gateway: '', system: 's' } },
      ['spec.volumes[0].scaleIO.gateway: Required value', 'spec.volumes[0].scaleIO.volumeName: Required value'],
    ],
    [
      'a partition that is none',
      { gcePersistentDisk: { pdName: 'd', partition: 256 } },
      ['spec.volumes[0].gcePersistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive'],
    ],
  ])('cannot have %s', (_sentence, source, expected) => {
    expect(faultsOfSpec({ volumes: [{ name: 'v', ...source }] })).toEqual(expected)
  })

  it('has a name of its own', () => {
    expect(faultsOfSpec({ volumes: [{ name: 'v' }, { name: 'v' }] })).toEqual([
      'spec.volumes[1].name: Duplicate value: "v"',
    ])
  })
})

describe('the spec of a pod', () => {
  const term = (requirement: Fields) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [requirement] }] },
      },
    },
  })
  const expression =
    'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0]'
  const near = (podAffinityTerm: Fields) => ({
    affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm }] } },
  })
  const nearPath = 'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]'

  it.each([
    ['no containers', { containers: [] }, ['spec.containers: Required value']],
    [
      'a deadline of nothing',
      { activeDeadlineSeconds: 0 },
      ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
    ],
    [
      'a host name with dots',
      { hostname: 'a.b' },
      [expect.stringContaining('spec.hostname: Invalid value: "a.b": a lowercase RFC 1123 label')],
    ],
    [
      'an alias of no address',
      { hostAliases: [{ ip: 'here', hostnames: ['A'] }] },
      [expect.stringContaining('spec.hostAliases[0].ip'), expect.stringContaining('spec.hostAliases[0].hostnames[0]')],
    ],
    [
      'no name servers of its own',
      { dnsPolicy: 'None' },
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'four name servers',
      { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
      [expect.stringContaining('must not have more than 3 nameservers')],
    ],
    [
      'a toleration of a value of every key',
      { tolerations: [{ operator: 'Equal', value: 'x' }] },
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ],
    ],
    [
      'a while for a taint that evicts nobody',
      { tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 1 }] },
      [
        'spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      ],
    ],
    [
      'a toleration of any value x',
      { tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] },
      ['spec.tolerations[0].operator: Invalid value: "x": value must be empty when `operator` is \'Exists\''],
    ],
    [
      'a condition without values',
      term({ key: 'a', operator: 'In' }),
      [`${expression}.values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`],
    ],
    [
      'a comparison with two values',
      term({ key: 'a', operator: 'Gt', values: ['1', '2'] }),
      [`${expression}.values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`],
    ],
    [
      'nearness by no label',
      near({ topologyKey: '', mismatchLabelKeys: ['a'] }),
      [
        `${nearPath}.weight: Invalid value: 101: must be in the range 1-100`,
        `${nearPath}.podAffinityTerm.mismatchLabelKeys: Forbidden: must not be specified when labelSelector is not set`,
        `${nearPath}.podAffinityTerm.topologyKey: Required value: can not be empty`,
        `${nearPath}.podAffinityTerm.topologyKey: Invalid value: "": name part must be non-empty`,
        expect.stringContaining(
          `${nearPath}.podAffinityTerm.topologyKey: Invalid value: "": name part must consist of`,
        ),
      ],
    ],
    [
      'an even spread of less than one',
      {
        topologySpreadConstraints: [
          { maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 },
        ],
      },
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
        'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
      ],
    ],
    [
      'one gate twice',
      { schedulingGates: [{ name: 'a' }, { name: 'a' }] },
      ['spec.schedulingGates[1]: Duplicate value: "a"'],
    ],
    [
      'a node behind a gate',
      { nodeName: 'n', schedulingGates: [{ name: 'a' }] },
      ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
    ],
    [
      'users of its own on the network of the node',
      { hostUsers: false, hostNetwork: true },
      ['spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false'],
    ],
    [
      'parameters of the network of the node',
      { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
      [
        'spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when \'hostNetwork\' is true',
      ],
    ],
    [
      'settings of Linux on Windows',
      { os: { name: 'windows' }, hostPID: true, securityContext: { fsGroup: 1 } },
      [
        'spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
        'spec.hostPID: Forbidden: cannot be set for a windows pod',
      ],
    ],
    [
      'a claim that nobody named',
      { containers: [{ name: 'main', image: 'x', resources: { claims: [{ name: 'gpu' }] } }] },
      [
        'spec.containers[0].resources.claims[0]: Not found: "gpu": must be one of the names in pod.spec.resourceClaims which is empty',
      ],
    ],
    [
      'less as a whole than in parts',
      {
        resources: { requests: { cpu: '1' } },
        containers: [{ name: 'main', image: 'x', resources: { requests: { cpu: '2' } } }],
      },
      [
        'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
      ],
    ],
  ])('cannot have %s', (_sentence, spec, expected) => {
    expect(faultsOfSpec(spec)).toEqual(expected)
  })

  it.each([
    [
      'a preference for a value that no label can have',
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['not a value'] }] } },
            ],
          },
        },
      },
    ],
    ['a search domain with an underscore and the root', { dnsConfig: { searches: ['_x.example.com.', '.'] } }],
    ['a toleration of everything', { tolerations: [{ operator: 'Exists' }] }],
    [
      'host processes on Windows',
      { os: { name: 'windows' }, hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } },
    ],
  ])('can have %s', (_sentence, spec) => {
    expect(faultsOfSpec(spec)).toEqual([])
  })

  it.each([
    [
      'a mirror of no node',
      { 'kubernetes.io/config.mirror': 'x' },
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
      ],
    ],
    [
      'a cost that is no number',
      { 'controller.kubernetes.io/pod-deletion-cost': '+1' },
      [
        'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer',
      ],
    ],
    [
      'a profile for a container that is not there',
      { 'container.apparmor.security.beta.kubernetes.io/other': 'unconfined' },
      [expect.stringContaining('Invalid value: "other": container not found')],
    ],
  ])('cannot have the annotation of %s', (_sentence, annotations, expected) => {
    expect(told(judge(podManifest({}, { annotations })).causes)).toEqual(expected)
  })
})
