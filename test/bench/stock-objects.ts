/** How far the life of a pod has gone. */
export type PodStage = 'created' | 'bound' | 'running'

/** Which pod it is. */
export interface PodPlace {
  readonly name: string
  readonly uid: string
  readonly nodeName?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** A pod as the store holds it: what a plain pod of a controller looks like with its defaults, on the way to Running. */
export function podObject({ name, uid, nodeName = 'sim-00000', labels = { app: 'churn' } }: PodPlace, stage: PodStage) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid, creationTimestamp: startTime, labels },
    spec: { ...plainSpec, ...(stage === 'created' ? {} : { nodeName }) },
    status: stage === 'running' ? runningStatus : { phase: 'Pending', qosClass: 'Burstable' },
  }
}

const startTime = '2026-01-01T00:00:00Z'

const plainSpec = {
  containers: [
    {
      name: 'main',
      image: 'bench',
      imagePullPolicy: 'Always',
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
  ],
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {},
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
  priority: 0,
  tolerations: ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
}

const runningStatus = {
  phase: 'Running',
  qosClass: 'Burstable',
  hostIP: '10.0.0.1',
  hostIPs: [{ ip: '10.0.0.1' }],
  podIP: '100.64.0.1',
  podIPs: [{ ip: '100.64.0.1' }],
  startTime,
  conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: startTime,
  })),
  containerStatuses: [
    {
      name: 'main',
      image: 'bench',
      imageID: '',
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: startTime } },
    },
  ],
}
