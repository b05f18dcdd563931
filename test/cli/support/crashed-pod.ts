import type { Pod } from '../../../src/model/kinds/pod.ts'
import { objectNamed } from '../../support/objects.ts'

/** A pod that runs after a crash. */
export const crashedPod = objectNamed<Pod>('Pod', 'web-1', {
  metadata: {
    labels: { app: 'web', tier: 'fe' },
    annotations: { note: 'two\nlines' },
    ownerReferences: [
      { apiVersion: 'v1', kind: 'ReplicationController', name: 'web', uid: 'uid-web', controller: true },
    ],
  },
  spec: {
    nodeName: 'one',
    priority: 0,
    nodeSelector: { disk: 'ssd' },
    tolerations: [
      { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { key: 'b', operator: 'Equal', value: 'c', effect: 'NoSchedule' },
    ],
    initContainers: [{ name: 'prepare', image: 'busybox', args: ['-x'] }],
    containers: [
      {
        name: 'main',
        image: 'nginx:1',
        command: ['sh', '-c', 'echo one\necho two'],
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        resources: { limits: { memory: '64Mi', cpu: '1' }, requests: { cpu: '100m' } },
        env: [
          { name: 'PLAIN', value: 'text' },
          { name: 'POD_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
          { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'one', optional: true } } },
        ],
        envFrom: [{ prefix: 'P_', configMapRef: { name: 'settings' } }],
        volumeMounts: [
          { name: 'data', mountPath: '/data', readOnly: true },
          { name: 'data', mountPath: '/cache', subPath: 'x' },
        ],
        readinessProbe: {
          httpGet: { scheme: 'HTTP', host: '', port: 80, path: '/ready' },
          initialDelaySeconds: 5,
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
      },
    ],
    volumes: [
      { name: 'data', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'host', hostPath: { path: '/var', type: '' } },
    ],
  },
  status: {
    phase: 'Running',
    hostIP: '10.0.0.1',
    podIP: '10.1.0.2',
    podIPs: [{ ip: '10.1.0.2' }],
    startTime: '2026-01-01T00:00:01Z',
    qosClass: 'Burstable',
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'PodScheduled', status: 'True' },
    ],
    containerStatuses: [
      {
        name: 'main',
        image: 'nginx:1',
        imageID: '',
        containerID: 'process://7',
        ready: true,
        restartCount: 1,
        state: { running: { startedAt: '2026-01-01T00:01:00Z' } },
        lastState: {
          terminated: {
            exitCode: 3,
            reason: 'Error',
            message: 'it broke\nhere\n',
            startedAt: '2026-01-01T00:00:01Z',
            finishedAt: '2026-01-01T00:00:59Z',
          },
        },
      },
    ],
  },
})
