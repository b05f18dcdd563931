import { expect, it } from 'vitest'
import { eventLine } from '../../src/demo/event-line.ts'
import type { PodEventView, PodView } from '../../src/demo/pod-view.ts'

const startedAtMs = Date.parse('2026-01-01T00:00:00.000Z')
const plain = { line: () => {}, paint: (_: unknown, text: string) => text }
const pod: PodView = { name: 'web-abcde', uid: 'u1', metadata: {} }
const ready = [{ type: 'Ready', status: 'True' }]
const node = { name: 'local' }
const restarted = { restartCount: 1, lastState: { terminated: { exitCode: 137 } } }
const deleted = { deletionTimestamp: '2026-01-01T00:00:03Z' }
const refused = { restartCount: 0, state: { waiting: { reason: 'StartError', message: 'no such file' } } }

it.each<[string, Partial<PodEventView>, string]>([
  ['a new pod is pending', { type: 'ADDED', pod }, 'ADDED     web-abcde  Pending'],
  ['a bound pod tells its node', { pod: { ...pod, node } }, 'MODIFIED  web-abcde  Pending on local'],
  [
    'a pod that serves is ready',
    { pod: { ...pod, node, status: { phase: 'Running', conditions: ready } } },
    'MODIFIED  web-abcde  Running on local, ready',
  ],
  [
    'a restarted container tells how it had ended',
    { pod: { ...pod, status: { phase: 'Running', conditions: ready, containerStatuses: [restarted] } } },
    'MODIFIED  web-abcde  Running, ready, 1 restart after exit code 137',
  ],
  [
    'a container that cannot start tells why',
    { pod: { ...pod, status: { phase: 'Pending', containerStatuses: [refused] } } },
    'MODIFIED  web-abcde  Pending, StartError: no such file',
  ],
  [
    'a pod that is asked to end is no longer called ready',
    { pod: { ...pod, metadata: deleted, status: { phase: 'Running', conditions: ready } } },
    'MODIFIED  web-abcde  Terminating',
  ],
  ['a deleted pod is gone', { type: 'DELETED', pod }, 'DELETED   web-abcde  gone'],
])('%s', (_, event, expected) => {
  const line = eventLine({ type: 'MODIFIED', at: '2026-01-01T00:00:01.500Z', ...event }, startedAtMs, plain)
  expect(line?.trim()).toBe(`1.50 s  ${expected}`)
})

it('the line ends with who did it', () => {
  const event: PodEventView = { type: 'ADDED', at: '2026-01-01T00:00:00.000Z', actor: 'system:scheduler', pod }
  expect(eventLine(event, startedAtMs, plain)).toMatch(/ {2}scheduler$/)
})

it('a bookmark has no line', () => {
  expect(eventLine({ type: 'BOOKMARK', at: '2026-01-01T00:00:00.000Z' }, startedAtMs, plain)).toBeUndefined()
})
