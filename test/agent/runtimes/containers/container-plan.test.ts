import { describe, expect, it } from 'vitest'
import {
  type ContainerRole,
  type ContainerSituation,
  planContainers,
} from '../../../../src/agent/runtimes/containers/container-plan.ts'
import { isRestarted } from '../../../../src/agent/runtimes/containers/restart-policy.ts'
import type { Container } from '../../../../src/model/kinds/pod/container.ts'

const now = 1_000_000
const roles: Record<string, ContainerRole> = { i: 'step', s: 'sidecar', m: 'main' }

type State = 'fresh' | 'starting' | 'running' | 'refused' | 'done' | 'failed' | 'failed again'

function one(name: string, state: State, policy: string): ContainerSituation {
  const role = roles[name[0] ?? ''] ?? 'main'
  const ended = state === 'done' || state.startsWith('failed')
  const exitCode = state === 'done' || !ended ? 0 : 1
  return {
    name,
    role,
    state: ended ? 'terminated' : (state as ContainerSituation['state']),
    exitCode,
    isRestarted: isRestarted({ container: { name } as Container, role, exitCode }, policy),
    finishedAt: ended || state === 'refused' ? now : 0,
    backOff: state === 'failed again' ? { delayMs: 10_000, restartedAt: now - 1 } : undefined,
  }
}

function planOf(policy: string, states: Record<string, State>) {
  const situations = Object.entries(states).map(([name, state]) => one(name, state, policy))
  const { start, isOver, backingOff, wakeAt } = planContainers(situations, now)
  return {
    ...(start.length > 0 && { start }),
    ...(isOver && { isOver }),
    ...(backingOff.length > 0 && { backingOff }),
    ...(wakeAt !== undefined && { wakeAfter: wakeAt - now }),
  }
}

/** Names begin with i (init container), s (sidecar) or m (main container). */
const table: [string, string, Record<string, State>, ReturnType<typeof planOf>][] = [
  ['starts all containers at once', 'Always', { m1: 'fresh', m2: 'fresh' }, { start: ['m1', 'm2'] }],
  ['starts the first init container alone', 'Always', { i1: 'fresh', i2: 'fresh', m: 'fresh' }, { start: ['i1'] }],
  ['waits for an init container', 'Always', { i1: 'running', i2: 'fresh', m: 'fresh' }, {}],
  [
    'starts the next init container after the first',
    'Always',
    { i1: 'done', i2: 'fresh', m: 'fresh' },
    { start: ['i2'] },
  ],
  ['starts the others after all init containers', 'Never', { i1: 'done', i2: 'done', m: 'fresh' }, { start: ['m'] }],
  ['tries a failed init container again', 'Always', { i: 'failed', m: 'fresh' }, { start: ['i'] }],
  ['gives up after a failed init container', 'Never', { i: 'failed', m: 'fresh' }, { isOver: true }],
  ['does not run init containers again beside the others', 'Always', { i: 'failed', m: 'running' }, {}],
  [
    'starts what follows a sidecar once that runs',
    'Always',
    { s: 'running', i: 'fresh', m: 'fresh' },
    { start: ['i'] },
  ],
  ['waits for a sidecar to start', 'Always', { s: 'starting', m: 'fresh' }, {}],
  ['restarts a sidecar beside the others', 'Never', { s: 'failed', m: 'running' }, { start: ['s'] }],
  ['is over for sidecars after the others', 'Never', { s: 'running', m: 'done' }, { isOver: true }],
  [
    'is over for sidecars when an init container has failed',
    'Never',
    { s: 'running', i: 'failed', m: 'fresh' },
    { isOver: true },
  ],
  ['restarts what succeeded', 'Always', { m: 'done' }, { start: ['m'] }],
  ['leaves what succeeded', 'OnFailure', { m1: 'done', m2: 'running' }, {}],
  ['restarts what failed', 'OnFailure', { m1: 'failed', m2: 'running' }, { start: ['m1'] }],
  ['leaves what failed', 'Never', { m1: 'failed', m2: 'running' }, {}],
  ['waits before a further restart', 'Always', { m: 'failed again' }, { backingOff: ['m'], wakeAfter: 10_000 }],
  [
    'tries what could not be started again after a minute',
    'Always',
    { m1: 'refused', m2: 'running' },
    { wakeAfter: 60_000 },
  ],
]

describe('the plan for the containers of a pod', () => {
  it.each(table)('%s (restartPolicy %s)', (_sentence, policy, states, plan) => {
    expect(planOf(policy, states)).toEqual(plan)
  })
})
