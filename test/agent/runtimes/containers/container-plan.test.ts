import { describe, expect, it } from 'vitest'
import {
  type ContainerRole,
  type ContainerSituation,
  planContainers,
} from '../../../../src/agent/runtimes/containers/container-plan.ts'

const now = 1_000_000

type State = 'fresh' | 'starting' | 'running' | 'refused' | 'done' | 'failed' | 'failed again'

function one(name: string, role: ContainerRole, state: State): ContainerSituation {
  const ended = state === 'done' || state.startsWith('failed')
  return {
    name,
    role,
    state: ended ? 'terminated' : (state as ContainerSituation['state']),
    exitCode: state === 'done' || !ended ? 0 : 1,
    finishedAt: ended ? now : 0,
    backOff: state === 'failed again' ? { delayMs: 10_000, restartedAt: now - 1 } : undefined,
  }
}

const roles: Record<string, ContainerRole> = { i: 'step', s: 'sidecar', m: 'main' }

function planOf(policy: string, states: Record<string, State>) {
  const situations = Object.entries(states).map(([name, state]) => one(name, roles[name[0] ?? ''] ?? 'main', state))
  const { start, stop, backingOff, wakeAt } = planContainers(policy, situations, now)
  return {
    ...(start.length > 0 && { start }),
    ...(stop.length > 0 && { stop }),
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
  ['gives up after a failed init container', 'Never', { i: 'failed', m: 'fresh' }, {}],
  ['does not run init containers again beside the others', 'Always', { i: 'failed', m: 'running' }, {}],
  [
    'starts what follows a sidecar once that runs',
    'Always',
    { s: 'running', i: 'fresh', m: 'fresh' },
    { start: ['i'] },
  ],
  ['waits for a sidecar to start', 'Always', { s: 'starting', m: 'fresh' }, {}],
  ['restarts a sidecar beside the others', 'Never', { s: 'failed', m: 'running' }, { start: ['s'] }],
  ['stops sidecars after the others', 'Never', { s: 'running', m: 'done' }, { stop: ['s'] }],
  [
    'stops sidecars when an init container has failed',
    'Never',
    { s: 'running', i: 'failed', m: 'fresh' },
    { stop: ['s'] },
  ],
  ['restarts what succeeded', 'Always', { m: 'done' }, { start: ['m'] }],
  ['leaves what succeeded', 'OnFailure', { m1: 'done', m2: 'running' }, {}],
  ['restarts what failed', 'OnFailure', { m1: 'failed', m2: 'running' }, { start: ['m1'] }],
  ['leaves what failed', 'Never', { m1: 'failed', m2: 'running' }, {}],
  ['waits before a further restart', 'Always', { m: 'failed again' }, { backingOff: ['m'], wakeAfter: 10_000 }],
  ['leaves what cannot be started', 'Always', { m1: 'refused', m2: 'running' }, {}],
]

describe('the plan for the containers of a pod', () => {
  it.each(table)('%s (restartPolicy %s)', (_sentence, policy, states, plan) => {
    expect(planOf(policy, states)).toEqual(plan)
  })
})
