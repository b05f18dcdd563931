import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../src/model/errors.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { type LogOptions, planLogRequest } from '../../src/model/log-request.ts'
import { pod } from '../agent/support/pod.ts'

const now = Date.parse('2026-01-01T01:00:00Z')
const running = { running: {} }
const ended = { terminated: { exitCode: 1 } }
const waiting = (reason?: string) => ({ waiting: reason === undefined ? {} : { reason } })

/** A pod whose container `main` was restarted twice. */
function podIn(state: object | undefined, lastState: object = {}, spec: object = {}): Pod {
  const status = { name: 'main', image: '', imageID: '', ready: true, restartCount: 2, state, lastState }
  return pod('web', { ...spec }, { status: { phase: 'Running', containerStatuses: [status] } })
}

function refusalOf(of: Pod, options: LogOptions): Refusal {
  try {
    planLogRequest(of, options, now)
  } catch (error) {
    return error as Refusal
  }
  throw new Error('it was not refused')
}

describe('a request for logs', () => {
  it.each<[string, Pod, LogOptions, number]>([
    ['the present run', podIn(running), {}, 2],
    ['a run that has ended', podIn(ended), {}, 2],
    ['the last run while the next one is awaited', podIn(waiting('CrashLoopBackOff'), ended), {}, 2],
    ['the last run while the next one is being started', podIn(waiting('ContainerCreating'), ended), {}, 1],
    ['the last run while the next one cannot be', podIn(waiting('CreateContainerConfigError'), ended), {}, 1],
    ['the run before the present one', podIn(running, ended), { previous: true }, 1],
    ['the run before one that has ended', podIn(ended, ended), { previous: true }, 1],
    ['the run that ended last as the previous one', podIn(waiting('CrashLoopBackOff'), ended), { previous: true }, 2],
  ])('means %s', (_, of, options, restartCount) => {
    expect(planLogRequest(of, options, now)).toMatchObject({ container: 'main', restartCount, follow: false })
  })

  it('takes seconds ago as a time, and leaves out what is not given', () => {
    expect(planLogRequest(podIn(running), { sinceSeconds: 60, follow: true }, now)).toEqual({
      pod: podIn(running),
      container: 'main',
      restartCount: 2,
      follow: true,
      sinceTime: '2026-01-01T00:59:00.000Z',
    })
  })

  const two = {
    containers: [
      { name: 'a', image: 'a' },
      { name: 'b', image: 'b' },
    ],
  }
  const withInit = { ...two, initContainers: [{ name: 'i', image: 'i' }] }
  it.each<[string, Pod, LogOptions, string, string]>([
    [
      'no name among several',
      pod('web', two),
      {},
      'INVALID',
      'a container name must be specified for pod web, choose one of: [a b]',
    ],
    [
      'no name among several and init containers',
      pod('web', withInit),
      { container: '' },
      'INVALID',
      'a container name must be specified for pod web, choose one of: [a b] or one of the init containers: [i]',
    ],
    ['a name that there is not', podIn(running), { container: 'x' }, 'INVALID', 'container x is not valid for pod web'],
    [
      'a pod that is not bound',
      pod('web', { nodeName: undefined }),
      {},
      'UNAVAILABLE',
      'pod "web" is not bound to a node yet: it has no logs',
    ],
    ['a pod of which nothing is told', pod('web'), {}, 'UNAVAILABLE', 'container "main" in pod "web" is not available'],
    [
      'a container that is being made',
      podIn(waiting('ContainerCreating')),
      {},
      'UNAVAILABLE',
      'container "main" in pod "web" is waiting to start: ContainerCreating',
    ],
    [
      'an image that cannot be pulled',
      podIn(waiting('ErrImagePull')),
      {},
      'UNAVAILABLE',
      'container "main" in pod "web" is waiting to start: image can\'t be pulled',
    ],
    [
      'an image that cannot be pulled again and again',
      podIn(waiting('ImagePullBackOff')),
      {},
      'UNAVAILABLE',
      'container "main" in pod "web" is waiting to start: trying and failing to pull image',
    ],
    [
      'a state that nobody knows',
      podIn(undefined),
      {},
      'UNAVAILABLE',
      'container "main" in pod "web" is waiting to start: no logs yet',
    ],
    [
      'a run before the first',
      podIn(running),
      { previous: true },
      'NOT_FOUND',
      'previous terminated container "main" in pod "web" not found',
    ],
  ])('is refused for %s', (_, of, options, code, message) => {
    expect(refusalOf(of, options)).toMatchObject({ code, message })
  })

  it.each<[LogOptions, string, string]>([
    [{ tailLines: -1 }, 'tailLines', 'Invalid value: -1: must be greater than or equal to 0'],
    [{ limitBytes: 0 }, 'limitBytes', 'Invalid value: 0: must be greater than 0'],
    [{ limitBytes: 9_000_000 }, 'limitBytes', 'Invalid value: 9000000: must be less than or equal to 8388608'],
    [{ sinceSeconds: 0 }, 'sinceSeconds', 'Invalid value: 0: must be greater than 0'],
    [
      { sinceSeconds: 1, sinceTime: '2026-01-01T00:00:00Z' },
      'sinceSeconds',
      'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('is refused for %o', (options, field, message) => {
    const refusal = refusalOf(podIn(running), options)
    expect(refusal.code).toBe('INVALID')
    expect(refusal.causes).toMatchObject([{ field, message }])
  })

  it('tells all faults at once', () => {
    expect(refusalOf(podIn(running), { tailLines: -1, sinceSeconds: -1, limitBytes: -1 }).causes).toHaveLength(3)
  })
})
