import { expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { isNewsForAgent } from '../../src/watch/assignment-news.ts'
import { objectNamed } from '../support/objects.ts'

const before = objectNamed<Resource>('Pod', 'a', {
  metadata: { labels: { v: '1' } },
  spec: { nodeName: 'n1', containers: [{ name: 'm' }] },
  status: { phase: 'Pending', conditions: [{ type: 'example.com/gate', status: 'False' }] },
})
const gate = { type: 'example.com/gate', status: 'False' }
const metadata = (part: object) => ({ ...before, metadata: { ...before.metadata, ...part } })
const status = (part: object) => ({ ...before, status: { phase: 'Pending', conditions: [gate], ...part } })

it.each([
  ['nothing but its version', metadata({ resourceVersion: '2' }), false],
  ['a label', metadata({ labels: { v: '2' } }), true],
  ['an annotation', metadata({ annotations: { a: 'b' } }), true],
  ['a deletion', metadata({ deletionTimestamp: '2026-01-01T00:00:00Z' }), true],
  ['a shorter grace period', metadata({ deletionGracePeriodSeconds: 1 }), true],
  ['its spec', { ...before, spec: { nodeName: 'n1', containers: [{ name: 'm', image: 'new' }] } }, true],
  ['a phase that the agent itself told', status({ phase: 'Running' }), false],
  ['conditions that the agent itself sets', status({ conditions: [{ type: 'Ready', status: 'True' }, gate] }), false],
  ['a condition that somebody else sets', status({ conditions: [{ ...gate, status: 'True' }] }), true],
  ['containers that have started', status({ containerStatuses: [{ name: 'm', ready: true }] }), false],
  ['that it has ended', status({ phase: 'Failed' }), true],
])('a change of %s is news for the agent or not', (_, after, isNews) => {
  expect(isNewsForAgent(after, before, 'system:node:n1')).toBe(isNews)
})

it.each([
  ['conditions that the agent sets', status({ conditions: [{ type: 'Ready', status: 'False' }, gate] }), true],
  ['its phase', status({ phase: 'Running' }), false],
])('a change of %s by somebody else is news for the agent or not', (_, after, isNews) => {
  expect(isNewsForAgent(after, before, 'system:controller:node-controller')).toBe(isNews)
})
