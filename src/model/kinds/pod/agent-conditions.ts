/**
 * The pod conditions that node agents set; all others are somebody else's, such as those of readiness gates
 * (kubelet `PodConditionByKubelet` and `PodConditionSharedByKubelet`, pkg/kubelet/types/pod_status.go).
 */
export const agentConditionTypes: ReadonlySet<string> = new Set([
  'PodScheduled',
  'Ready',
  'Initialized',
  'ContainersReady',
  'PodReadyToStartContainers',
  'PodResizePending',
  'PodResizeInProgress',
  'DisruptionTarget',
])
