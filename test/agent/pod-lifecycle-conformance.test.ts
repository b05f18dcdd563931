import { expect, it } from 'vitest'
import { activeDeadline } from '../../src/agent/pod-deadline.ts'
import {
  containerStatusOf,
  recordsOf,
  refuse,
  situationsOf,
} from '../../src/agent/runtimes/containers/container-record.ts'
import { commandOf, environmentOf } from '../../src/agent/runtimes/containers/environment.ts'
import type { Container } from '../../src/model/kinds/pod/container.ts'
import type { ContainerState } from '../../src/model/kinds/pod/container-status.ts'
import { qosClassOf } from '../../src/model/kinds/pod/qos-class.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { describeConformance } from '../support/conformance.ts'
import { pod } from './support/pod.ts'

interface Data {
  readonly data: Readonly<Record<string, string>>
}
interface EnvRow {
  readonly name: string
  readonly container: Container
  readonly configMap?: Data
  readonly secret?: Data
  readonly expectedError: boolean
  readonly expectedEnvs?: readonly { readonly Name: string; readonly Value: string }[]
}
type States = Readonly<Record<string, ContainerState>>
interface StatusRow {
  readonly restartPolicy: string
  readonly expectedState: States
  readonly expectedLastTerminationState: States
  readonly expectedInitState?: States
  readonly expectedInitLastTerminationState?: States
}
interface Tables {
  readonly env: readonly EnvRow[]
  readonly expandCommandArgs: readonly { readonly name: string; readonly container: Container }[]
  readonly qos: readonly { readonly pod: Pod; readonly expected: string }[]
  readonly activeDeadline: readonly { readonly pod: Pod; readonly expected: boolean }[]
  readonly statusByRestartPolicy: readonly StatusRow[]
}

const read = ['env', 'expandCommandArgs', 'qos', 'activeDeadline', 'statusByRestartPolicy']
/** Read beside what they are about. */
const readElsewhere = [
  'podPhaseRestartAlways',
  'podPhaseRestartNever',
  'podPhaseRestartOnFailure',
  'readyCondition',
  'initializedCondition',
  'truncateHostname',
  'hostsFile',
]
const unread: Readonly<Record<string, string>> = {
  shouldRestart: 'its rows have names and nothing to expect; the rule is in the table of restart-policy.test.ts',
  endpointsEligible: 'there are no Services yet',
  packSubsets: 'there are no Services yet',
  probeHTTPHeaders: 'there are no probes yet',
  probeResult: 'there are no probes yet',
  podEvictionPriority: 'nodes do not evict for lack of memory or disk yet',
  claimPods: 'its managers have no templates; test/control/replication.test.ts has the rules',
  daemonSetNodeShouldRun: 'there are no DaemonSets yet',
  daemonKillFailedPods: 'there are no DaemonSets yet',
}
/** Services are not told in variables yet. */
const isOfService = (name: string): boolean => /_SERVICE_(HOST|PORT)$|_PORT(_\d+_TCP.*)?$|^SERVICE_VAR_TEST$/.test(name)

describeConformance<{ readonly tables: Tables }>('05k-pod-lifecycle.json', ({ tables }) => {
  it('every table is read, or there is a reason why not', () => {
    const known = new Set([...read, ...readElsewhere, ...Object.keys(unread)])
    expect(Object.keys(tables).filter((name) => !known.has(name))).toEqual([])
  })
  for (const [name, reason] of Object.entries(unread)) it.skip(`${name}: ${reason}`)

  it.each(tables.env)('env: $name', ({ container, configMap, secret, expectedError, expectedEnvs = [] }) => {
    const subject = pod(
      'dapi-test-pod-name',
      { nodeName: 'node-name', serviceAccountName: 'special' },
      { metadata: { namespace: 'downward-api' } },
    )
    const decoded: Record<string, string> = {}
    for (const [key, value] of Object.entries(secret?.data ?? {})) {
      decoded[key] = Buffer.from(value, 'base64').toString()
    }
    const make = () =>
      environmentOf(container, {
        pod: subject,
        podIP: '1.2.3.4',
        hostIP: '127.0.0.1',
        allocatable: {},
        configMap: () => configMap?.data,
        secret: () => (secret === undefined ? undefined : decoded),
      })
    if (expectedError) {
      expect(make).toThrow('not found')
      return
    }
    const variables = Object.fromEntries([...make()].filter(([name]) => !isOfService(name)))
    const expected = expectedEnvs
      .map(({ Name, Value }) => [Name, Value] as const)
      .filter(([name]) => !isOfService(name))
    // Today a name may be any printable ASCII but `=`, which lets the keys through that were skipped then.
    const skippedThen = secret === undefined ? {} : { '1234': 'abc', '1z': 'abc' }
    expect(variables).toEqual({ ...Object.fromEntries(expected), ...skippedThen })
  })

  it.each(tables.expandCommandArgs)('expandCommandArgs: $name', ({ container }) => {
    expect(commandOf(container, new Map())).toEqual([])
  })

  it.each(tables.qos)('qos: $pod.metadata.name is $expected', ({ pod: { spec }, expected }) => {
    expect(qosClassOf(spec)).toBe(expected)
  })

  it.each(tables.activeDeadline)('activeDeadline: $pod.metadata.name', ({ pod: subject, expected }) => {
    const deadline = activeDeadline(subject, subject.status?.startTime)
    // Upstream looks a minute after the start.
    const now = Date.parse(subject.status?.startTime ?? '2026-01-01T00:00:00Z') + 60_000
    expect(deadline !== undefined && now >= deadline).toBe(expected)
  })

  it.each(tables.statusByRestartPolicy)('statusByRestartPolicy: $restartPolicy', (row) => {
    expect(statusesBy(row.restartPolicy, 'containers')).toEqual(
      codesOf(row.expectedState, row.expectedLastTerminationState),
    )
    if (row.expectedInitState === undefined) return
    const init = codesOf(row.expectedInitState, row.expectedInitLastTerminationState ?? {})
    expect(statusesBy(row.restartPolicy, 'initContainers')).toEqual(init)
  })
})

/** What is told of a container that has succeeded after an exit with 2 and one that has failed after an exit with 3, when what is started again cannot be. */
function statusesBy(restartPolicy: string, list: 'containers' | 'initContainers') {
  const exits = { succeed: [0, 2], failed: [1, 3] } as const
  const containers = Object.keys(exits).map((name) => ({ name, image: 'i' }))
  const statuses = Object.entries(exits).map(([name, [exitCode, before]]) => ({
    name,
    state: { terminated: { exitCode } },
    lastState: { terminated: { exitCode: before } },
  }))
  const field = list === 'containers' ? 'containerStatuses' : 'initContainerStatuses'
  const subject = pod('p', { restartPolicy, [list]: containers }, { status: { [field]: statuses } })
  const records = recordsOf(subject, 0).filter(({ container }) => container.name !== 'main')
  const situations = situationsOf(records, restartPolicy, 0)
  for (const [index, record] of records.entries()) {
    if (situations[index]?.isRestarted) refuse(record, { reason: 'test-error', message: '' }, 0)
  }
  const told = records.map((record) => containerStatusOf(record, false))
  const byName = (part: 'state' | 'lastState'): States =>
    Object.fromEntries(told.map((one) => [one.name, one[part] ?? {}]))
  return codesOf(byName('state'), byName('lastState'))
}

function codesOf(state: States, lastState: States) {
  const codeOf = (one: ContainerState | undefined) => one?.waiting?.reason ?? one?.terminated?.exitCode
  return Object.fromEntries(
    Object.keys(state).map((name) => [name, [codeOf(state[name]), codeOf(lastState[name])]] as const),
  )
}
