import { describe, expect, it } from 'vitest'
import { asUser, containerUser } from '../../src/agent/container-user.ts'
import { pod } from './support/pod.ts'

function userOf(ofPod: object, own: object, agentUid: number) {
  const subject = pod('p', { securityContext: ofPod, containers: [{ name: 'main', image: 'i', securityContext: own }] })
  const [container] = subject.spec.containers
  if (container === undefined) throw new Error('a pod has a container')
  return containerUser(subject, container, agentUid)
}

describe('the user of a container', () => {
  it.each([
    ["is the agent's when nothing is asked for", {}, {}, 0, undefined],
    [
      'is that of the container over that of the pod',
      { runAsUser: 1 },
      { runAsUser: 2 },
      0,
      { uid: 2, gid: 0, groups: [] },
    ],
    [
      'has the groups of the pod',
      { runAsUser: 1, runAsGroup: 3, supplementalGroups: [4, 5], fsGroup: 5 },
      {},
      0,
      { uid: 1, gid: 3, groups: [4, 5] },
    ],
    ['may be root', { runAsUser: 0 }, {}, 0, { uid: 0, gid: 0, groups: [] }],
    ["is the agent's own by number", { runAsUser: 7, runAsNonRoot: true }, {}, 7, undefined],
    ['is not root when the agent is not', { runAsNonRoot: true }, {}, 7, undefined],
    ['may be root for a container that says so', { runAsNonRoot: true }, { runAsNonRoot: false }, 0, undefined],
  ])('%s', (_sentence, ofPod, own, agentUid, user) => {
    expect(userOf(ofPod, own, agentUid)).toEqual(user)
  })

  it.each([
    [
      'root by number',
      { runAsNonRoot: true, runAsUser: 0 },
      0,
      'container\'s runAsUser breaks non-root policy (pod: "p_default(uid-p)", container: main)',
    ],
    ['root by default', { runAsNonRoot: true }, 0, 'container has runAsNonRoot and would run as root'],
    ['another user without the rights', { runAsUser: 8 }, 7, 'runAsUser 8 needs an agent that runs as root'],
    ['another group without the rights', { fsGroup: 8 }, 7, 'fsGroup need an agent that runs as root'],
  ])('cannot be %s', (_sentence, ofPod, agentUid, message) => {
    expect(() => userOf(ofPod, {}, agentUid)).toThrow(message)
  })

  it('is given to a program by setpriv', () => {
    expect(asUser({ uid: 1, gid: 2, groups: [] }, '/bin/setpriv').join(' ')).toBe(
      '/bin/setpriv --reuid=1 --regid=2 --clear-groups --',
    )
    expect(asUser({ uid: undefined, gid: undefined, groups: [3, 4] }, '/bin/setpriv').join(' ')).toBe(
      '/bin/setpriv --groups=3,4 --',
    )
  })
})
