import type { Pod } from '../model/kinds/pod.ts'

/**
 * When a pod has been active for as long as it may, in milliseconds since 1970 (kubelet active_deadline.go); undefined when
 * it may be for ever, and when it has not begun. `startTime` is RFC 3339.
 */
export function activeDeadline(pod: Pod, startTime: string | undefined): number | undefined {
  const { activeDeadlineSeconds } = pod.spec
  if (activeDeadlineSeconds === undefined || startTime === undefined) return undefined
  return Date.parse(startTime) + activeDeadlineSeconds * 1000
}
