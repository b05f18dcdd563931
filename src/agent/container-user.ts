import type { Container } from '../model/kinds/pod/container.ts'
import type { Pod } from '../model/kinds/pod.ts'

/** As whom a container's program runs, where that is not as the agent does. */
export interface ContainerUser {
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly groups: readonly number[]
}

/**
 * As whom a container shall run, by its own security context over the pod's; undefined: as the agent does. `agentUid` is
 * the agent's, which stands in for the user of an image. Throws the kubelet's sentence when `runAsNonRoot` would be broken,
 * and one sentence for what only an agent that runs as root can do.
 */
export function containerUser(pod: Pod, container: Container, agentUid: number): ContainerUser | undefined {
  const { securityContext: ofPod } = pod.spec
  const own = container.securityContext
  const uid = own?.runAsUser ?? ofPod?.runAsUser
  const gid = own?.runAsGroup ?? ofPod?.runAsGroup
  const groups = [...(ofPod?.supplementalGroups ?? []), ...(ofPod?.fsGroup === undefined ? [] : [ofPod.fsGroup])]
  if ((own?.runAsNonRoot ?? ofPod?.runAsNonRoot) === true) refuseRoot(pod, container, uid, agentUid)
  if (agentUid === 0) {
    if (uid === undefined && gid === undefined && groups.length === 0) return undefined
    // A user has no groups of the machine's own that nobody asked for, as in an image that knows no users.
    return { uid, gid: gid ?? (uid === undefined ? undefined : 0), groups: [...new Set(groups)] }
  }
  if (uid !== undefined && uid !== agentUid) {
    throw new Error(`runAsUser ${uid} needs an agent that runs as root; this one runs as user ${agentUid}`)
  }
  if (gid !== undefined || groups.length > 0) {
    throw new Error('runAsGroup, supplementalGroups and fsGroup need an agent that runs as root')
  }
  return undefined
}

/** The command that runs another one as a user; `setpriv` is the path of setpriv(1) of util-linux. */
export function asUser({ uid, gid, groups }: ContainerUser, setpriv: string): string[] {
  return [
    setpriv,
    ...(uid === undefined ? [] : [`--reuid=${uid}`]),
    ...(gid === undefined ? [] : [`--regid=${gid}`]),
    groups.length === 0 ? '--clear-groups' : `--groups=${groups.join(',')}`,
    '--',
  ]
}

/** Kubelet `verifyRunAsNonRoot`. */
function refuseRoot(pod: Pod, container: Container, uid: number | undefined, agentUid: number): void {
  const { name, namespace = 'default', uid: podUid } = pod.metadata
  const which = `(pod: "${name}_${namespace}(${podUid})", container: ${container.name})`
  if (uid === 0) throw new Error(`container's runAsUser breaks non-root policy ${which}`)
  if (uid === undefined && agentUid === 0) {
    throw new Error(`container has runAsNonRoot and would run as root, as the agent does; set runAsUser ${which}`)
  }
}
