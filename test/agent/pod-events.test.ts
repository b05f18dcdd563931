import { describe, expect, it } from 'vitest'
import { eventsBetween, stoppingEvents } from '../../src/agent/pod-events.ts'
import type { PodStatus } from '../../src/model/kinds/pod/pod-status.ts'
import { pod } from './support/pod.ts'

interface Container {
  readonly state?: object
  readonly lastState?: object
  readonly restartCount?: number
}

const running = { running: { startedAt: '2026-01-01T00:00:00Z' } }
const ended = (reason = 'Error', message?: string) => ({ terminated: { exitCode: 1, reason, message } })
/** A run that has begun has an ID. */
const ran = (id: string) => ({ terminated: { exitCode: 3, reason: 'Error', containerID: id } })
const waiting = (reason: string, message?: string) => ({ waiting: { reason, message } })

function status(containers: Readonly<Record<string, Container>>, more: object = {}): PodStatus {
  const containerStatuses = Object.entries(containers).map(([name, { restartCount = 0, ...rest }]) => ({
    name,
    image: '',
    imageID: '',
    ready: false,
    restartCount,
    ...rest,
  }))
  return { phase: 'Running', containerStatuses, ...more }
}

const web = pod('web')
const tell = (before: PodStatus | undefined, after: PodStatus) =>
  eventsBetween(web, before, after).map(({ type, reason, message }) => `${type} ${reason}: ${message}`)

const created = (name: string) => [
  `Normal Created: Created container: ${name}`,
  `Normal Started: Started container ${name}`,
]
const backOff = 'Warning BackOff: Back-off restarting failed container a in pod web_default(uid-web)'
const noProgram = 'exec: "x": not found'

describe('a step from one status of a pod to the next', () => {
  it.each<[string, PodStatus | undefined, PodStatus, string[]]>([
    [
      'a start',
      status({ a: { state: waiting('ContainerCreating') } }),
      status({ a: { state: running } }),
      created('a'),
    ],
    ['the first status of all', undefined, status({ a: { state: running } }), created('a')],
    ['a container that goes on', status({ a: { state: running } }), status({ a: { state: running } }), []],
    ['an end', status({ a: { state: running } }), status({ a: { state: ended() } }), []],
    [
      'a restart',
      status({ a: { state: ended() } }),
      status({ a: { state: running, lastState: ended(), restartCount: 1 } }),
      created('a'),
    ],
    [
      'a restart of which the end before was not seen',
      status({ a: { state: running } }),
      status({ a: { state: running, lastState: ended(), restartCount: 1 } }),
      created('a'),
    ],
    [
      'a postStart hook that has failed',
      status({ a: { state: running } }),
      status({ a: { state: ended('PostStartHookError') } }),
      ['Warning FailedPostStartHook: PostStartHook failed'],
    ],
    [
      'a postStart hook that has failed, and the restart for it',
      status({ a: { state: running } }),
      status({ a: { state: running, lastState: ended('PostStartHookError'), restartCount: 1 } }),
      ['Warning FailedPostStartHook: PostStartHook failed', ...created('a')],
    ],
    [
      'a back-off for a postStart hook, of which was told',
      status({ a: { state: ended('PostStartHookError') } }),
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ended('PostStartHookError') } }),
      [backOff],
    ],
    [
      'a run that was over before it was looked at',
      status({ a: { state: waiting('ContainerCreating') } }),
      status({ a: { state: ran('1') } }),
      created('a'),
    ],
    [
      'a restart that was over before it was looked at',
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ran('1'), restartCount: 1 } }),
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 20s'), lastState: ran('2'), restartCount: 2 } }),
      [...created('a'), backOff],
    ],
    [
      'a back-off',
      status({ a: { state: ended() } }),
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ended() } }),
      [backOff],
    ],
    [
      'a back-off that goes on',
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s') } }),
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s') } }),
      [],
    ],
    [
      'a start that failed, and the back-off that follows at once',
      status({ a: { state: waiting('ContainerCreating') } }),
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ended('StartError', noProgram) } }),
      [`Warning Failed: Error: ${noProgram}`, backOff],
    ],
    [
      'a start that is tried again after it failed',
      status({ a: { state: waiting('CrashLoopBackOff', 'back-off 10s'), lastState: ended('StartError', noProgram) } }),
      status({
        a: { state: waiting('ContainerCreating'), lastState: ended('StartError', noProgram), restartCount: 1 },
      }),
      [],
    ],
    [
      'a start that has failed again',
      status({
        a: { state: waiting('ContainerCreating'), lastState: ended('StartError', noProgram), restartCount: 1 },
      }),
      status({
        a: { state: ended('StartError', noProgram), lastState: ended('StartError', noProgram), restartCount: 1 },
      }),
      [`Warning Failed: Error: ${noProgram}`],
    ],
    [
      'a manifest that cannot be followed',
      status({ a: { state: waiting('ContainerCreating') } }),
      status({ a: { state: waiting('CreateContainerConfigError', 'secret "s" not found') } }),
      ['Warning Failed: Error: secret "s" not found'],
    ],
    [
      'a sandbox that cannot be made, of which all containers wait',
      undefined,
      status({
        a: { state: waiting('CreatePodSandboxError', 'no') },
        b: { state: waiting('CreatePodSandboxError', 'no') },
      }),
      ['Warning FailedCreatePodSandBox: Failed to create pod sandbox: no'],
    ],
    [
      'a volume that cannot be mounted',
      status({ a: { state: waiting('ContainerCreating') } }),
      status({ a: { state: waiting('ContainerCreating', 'MountVolume.SetUp failed for volume "v"') } }),
      ['Warning FailedMount: MountVolume.SetUp failed for volume "v"'],
    ],
    [
      'a deadline that has passed',
      status({ a: { state: running } }),
      status({ a: { state: running } }, { reason: 'DeadlineExceeded', message: 'too long' }),
      ['Normal DeadlineExceeded: too long', 'Normal Killing: Stopping container a'],
    ],
    [
      'an eviction',
      status({ a: { state: ended() } }),
      status({ a: { state: ended() } }, { reason: 'Evicted', message: 'too much' }),
      ['Warning Evicted: too much'],
    ],
    ['a start of nothing', undefined, status({ a: { state: waiting('ContainerCreating') } }), []],
  ])('tells of %s', (_, before, after, events) => {
    expect(tell(before, after)).toEqual(events)
    expect(tell(after, after)).toEqual([])
  })

  it('tells of init containers, too', () => {
    const initContainerStatuses = status({ setup: { state: running } }).containerStatuses
    expect(tell(undefined, { phase: 'Pending', initContainerStatuses })).toEqual(created('setup'))
  })
})

describe('a pod that is being stopped', () => {
  it('has an event for each container that runs', () => {
    const events = stoppingEvents(status({ a: { state: running }, b: { state: ended() }, c: { state: running } }))
    expect(events.map(({ reason, message }) => `${reason}: ${message}`)).toEqual([
      'Killing: Stopping container a',
      'Killing: Stopping container c',
    ])
    expect(stoppingEvents(undefined)).toEqual([])
  })
})
