import { timestamp } from '../model/timestamp.ts'
import type { PressureMemory, PressureType } from './node-pressure.ts'

/** A condition of a node (Kubernetes `v1.NodeCondition`) as its agent tells it. */
export interface NodeCondition {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
  readonly lastHeartbeatTime: string
  readonly lastTransitionTime: string
}

/** Reason and message of a pressure that there is, and of one that there is not, in the kubelet's words. */
const pressures: Readonly<Record<PressureType, { readonly yes: Told; readonly no: Told }>> = {
  MemoryPressure: {
    yes: { reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' },
    no: { reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  },
  DiskPressure: {
    yes: { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' },
    no: { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  },
  PIDPressure: {
    yes: { reason: 'KubeletHasInsufficientPID', message: 'kubelet has insufficient PID available' },
    no: { reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  },
}

interface Told {
  readonly reason: string
  readonly message: string
}

/**
 * The conditions of a node whose agent is there to tell them. A condition keeps the time of its last transition for as long as
 * its status stays what it was in `previous`.
 */
export function nodeConditions(
  pressure: PressureMemory,
  previous: readonly NodeCondition[],
  now: number,
): readonly NodeCondition[] {
  const at = timestamp(now)
  const condition = (type: string, isTrue: boolean, told: Told): NodeCondition => {
    const status = isTrue ? 'True' : 'False'
    const before = previous.find((one) => one.type === type && one.status === status)
    const lastTransitionTime = before?.lastTransitionTime ?? at
    return { type, status, ...told, lastHeartbeatTime: at, lastTransitionTime }
  }
  const of = (type: PressureType): NodeCondition => {
    const isShort = pressure[type] !== undefined
    return condition(type, isShort, pressures[type][isShort ? 'yes' : 'no'])
  }
  return [
    of('MemoryPressure'),
    of('DiskPressure'),
    of('PIDPressure'),
    condition('Ready', true, { reason: 'KubeletReady', message: 'kubelet is posting ready status' }),
  ]
}
