import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeletionRequest, isFinished, type PropagationPolicy, planDeletion } from '../../src/model/deletion.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { ObjectMeta, Resource } from '../../src/model/resource.ts'

const now = Date.parse('2026-01-01T00:00:00.700Z')

interface Fields {
  readonly kind?: string
  readonly metadata?: Partial<ObjectMeta>
  readonly [field: string]: unknown
}

function resource({ kind = 'ReplicaSet', metadata = {}, ...fields }: Fields = {}): Resource {
  const required = { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '2025-01-01T00:00:00Z' }
  return { apiVersion: 'v1', kind, metadata: { ...required, ...metadata }, ...fields }
}

function pod(fields: Fields = {}): Resource {
  return resource({ kind: 'Pod', spec: { nodeName: 'node-1' }, status: { phase: 'Running' }, ...fields })
}

/** What the plan changes, in a word: `delete`, `nothing`, or the metadata that a deletion writes. */
function outcome(subject: Resource, request: Omit<DeletionRequest, 'now'> = {}): unknown {
  const operation = planDeletion(subject, { now, ...request })
  if (operation === null) return 'nothing'
  if (operation.type !== 'update') return operation.type
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers, generation } = operation.object.metadata
  return { deletionTimestamp, deletionGracePeriodSeconds, finalizers, generation }
}

describe('planDeletion of what is not yet being deleted', () => {
  it.each([
    ['an object without finalizers goes', resource(), {}],
    ['it goes whatever grace period is asked for', resource(), { gracePeriodSeconds: 30 }],
    [
      'Background takes the finalizer of another policy away',
      resource({ metadata: { finalizers: ['orphan'] } }),
      { propagationPolicy: 'Background' },
    ],
    ['a pod without a node goes', pod({ spec: {} }), {}],
    [
      'a pod without a node goes whatever grace period is asked for',
      pod({ spec: { nodeName: '' } }),
      { gracePeriodSeconds: 30 },
    ],
    ['a pod that succeeded goes', pod({ status: { phase: 'Succeeded' } }), {}],
    ['a pod that failed goes', pod({ status: { phase: 'Failed' } }), { gracePeriodSeconds: 5 }],
    ['a running pod goes at once when no time is given', pod(), { gracePeriodSeconds: 0 }],
    [
      'a running pod whose own grace period is zero goes',
      pod({ spec: { nodeName: 'n', terminationGracePeriodSeconds: 0 } }),
      {},
    ],
    ['a namespace without finalizers goes', resource({ kind: 'Namespace', spec: { finalizers: [] } }), {}],
  ] as [string, Resource, Omit<DeletionRequest, 'now'>][])('%s', (_, subject, request) => {
    expect(outcome(subject, request)).toBe('delete')
  })

  it.each([
    ['a pod has thirty seconds', pod(), {}, '2026-01-01T00:00:30Z', 30],
    [
      'a pod has the seconds of its spec',
      pod({ spec: { nodeName: 'n', terminationGracePeriodSeconds: 5 } }),
      {},
      '2026-01-01T00:00:05Z',
      5,
    ],
    [
      'the request comes before the spec',
      pod({ spec: { nodeName: 'n', terminationGracePeriodSeconds: 5 } }),
      { gracePeriodSeconds: 60 },
      '2026-01-01T00:01:00Z',
      60,
    ],
    ['less than zero is one', pod(), { gracePeriodSeconds: -1 }, '2026-01-01T00:00:01Z', 1],
    ['a pod that is not heard of has time', pod({ status: { phase: 'Unknown' } }), {}, '2026-01-01T00:00:30Z', 30],
    ['a pod without status has time', pod({ status: undefined }), {}, '2026-01-01T00:00:30Z', 30],
    ['time ends with the year 9999', pod(), { gracePeriodSeconds: 1e18 }, '9999-12-31T23:59:59Z', 1e18],
    [
      'a namespace waits for the finalizers of its spec',
      resource({ kind: 'Namespace', spec: { finalizers: ['kubernetes'] } }),
      {},
      '2026-01-01T00:00:00Z',
      0,
    ],
  ] as [string, Resource, Omit<DeletionRequest, 'now'>, string, number][])(
    '%s',
    (_, subject, request, deletionTimestamp, deletionGracePeriodSeconds) => {
      expect(outcome(subject, request)).toMatchObject({ deletionTimestamp, deletionGracePeriodSeconds })
    },
  )

  it.each([
    ['Foreground waits for dependents', [], 'Foreground', ['foregroundDeletion']],
    ['Orphan waits until dependents are released', [], 'Orphan', ['orphan']],
    ['the other policy goes when Foreground comes', ['orphan', 'a'], 'Foreground', ['a', 'foregroundDeletion']],
    ['the other policy goes when Orphan comes', ['foregroundDeletion', 'a'], 'Orphan', ['a', 'orphan']],
    ['Background keeps the finalizers of others', ['a', 'foregroundDeletion', 'b'], 'Background', ['a', 'b']],
    ['no policy keeps the one that was there', ['orphan'], undefined, ['orphan']],
    ['a policy that is there stays where it is', ['orphan', 'a'], 'Orphan', ['orphan', 'a']],
  ] as [string, string[], PropagationPolicy | undefined, string[]][])(
    '%s',
    (_, before, propagationPolicy, finalizers) => {
      const subject = resource({ metadata: { finalizers: before, generation: 3 } })
      expect(outcome(subject, { propagationPolicy })).toEqual({
        deletionTimestamp: '2026-01-01T00:00:00Z',
        deletionGracePeriodSeconds: 0,
        finalizers,
        generation: 4,
      })
    },
  )

  it('an object that counts no generation does not begin to', () => {
    expect(outcome(resource({ metadata: { finalizers: ['a'] } }))).toMatchObject({ generation: undefined })
  })

  it('the rest of the object is shared with the version before', () => {
    const subject = pod()
    const operation = planDeletion(subject, { now })
    expect(
      operation?.type === 'update' && operation.base === subject && operation.object['spec'] === subject['spec'],
    ).toBe(true)
  })
})

describe('planDeletion of what is being deleted', () => {
  const ending = { deletionTimestamp: '2026-01-01T00:00:20Z', deletionGracePeriodSeconds: 30, generation: 2 }
  const waiting = { deletionTimestamp: '2025-12-31T23:59:00Z', deletionGracePeriodSeconds: 0 }

  it.each([
    ['a request without a period changes nothing', pod({ metadata: ending }), {}],
    ['the same period changes nothing', pod({ metadata: ending }), { gracePeriodSeconds: 30 }],
    ['a longer period changes nothing', pod({ metadata: ending }), { gracePeriodSeconds: 31 }],
    ['nor does a policy, while the period stands', pod({ metadata: ending }), { propagationPolicy: 'Foreground' }],
    ['waiting for finalizers goes on', resource({ metadata: { ...waiting, finalizers: ['a'] } }), {}],
    [
      'waiting for a namespace goes on',
      resource({ kind: 'Namespace', metadata: waiting, spec: { finalizers: ['kubernetes'] } }),
      {},
    ],
  ] as [string, Resource, Omit<DeletionRequest, 'now'>][])('%s', (_, subject, request) => {
    expect(outcome(subject, request)).toBe('nothing')
  })

  it('a shorter period counts from the first request, and the generation stays', () => {
    const subject = pod({ metadata: ending })
    expect(outcome(subject, { gracePeriodSeconds: 5 })).toEqual({
      deletionTimestamp: '2025-12-31T23:59:55Z',
      deletionGracePeriodSeconds: 5,
      finalizers: undefined,
      generation: 2,
    })
  })

  it.each([
    ['no time at all lets the pod go', pod({ metadata: ending }), { gracePeriodSeconds: 0 }],
    ['an object that nothing holds goes', resource({ metadata: waiting }), {}],
    [
      'Background ends the wait for dependents',
      resource({ metadata: { ...waiting, finalizers: ['foregroundDeletion'] } }),
      { propagationPolicy: 'Background' },
    ],
  ] as [string, Resource, Omit<DeletionRequest, 'now'>][])('%s', (_, subject, request) => {
    expect(outcome(subject, request)).toBe('delete')
  })

  it('no time at all does not pass over finalizers', () => {
    const subject = pod({ metadata: { ...ending, finalizers: ['a'] } })
    expect(outcome(subject, { gracePeriodSeconds: 0 })).toMatchObject({
      deletionTimestamp: '2025-12-31T23:59:50Z',
      deletionGracePeriodSeconds: 0,
      finalizers: ['a'],
    })
  })

  it('a deletionTimestamp ahead without a period is brought to now', () => {
    const metadata = { deletionTimestamp: '2026-06-01T00:00:00Z', finalizers: ['a'] }
    expect(outcome(resource({ metadata }))).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
    })
  })
})

describe('isFinished', () => {
  const waiting = { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 }
  it.each([
    ['not while nobody deletes it', resource(), false],
    ['when nothing holds it', resource({ metadata: waiting }), true],
    ['when its last finalizer went', resource({ metadata: { ...waiting, finalizers: [] } }), true],
    ['not while a finalizer is left', resource({ metadata: { ...waiting, finalizers: ['a'] } }), false],
    ['not while its period runs', pod({ metadata: { ...waiting, deletionGracePeriodSeconds: 30 } }), false],
    [
      'not while the spec of a namespace has a finalizer',
      resource({ kind: 'Namespace', metadata: waiting, spec: { finalizers: ['kubernetes'] } }),
      false,
    ],
    ['when the spec of a namespace has none', resource({ kind: 'Namespace', metadata: waiting, spec: {} }), true],
  ])('%s', (_, subject, expected) => {
    expect(isFinished(subject)).toBe(expected)
  })
})

describe('properties', () => {
  const finalizers = fc.uniqueArray(fc.constantFrom('a', 'b', 'orphan', 'foregroundDeletion'))
  const subjects = fc
    .record({
      kind: fc.constantFrom('Pod', 'ReplicaSet', 'Namespace'),
      nodeName: fc.constantFrom('', 'node-1'),
      phase: fc.constantFrom('Pending', 'Running', 'Succeeded'),
      finalizers,
    })
    .map(({ kind, nodeName, phase, finalizers: names }) => {
      return resource({ kind, metadata: { finalizers: names, generation: 1 }, spec: { nodeName }, status: { phase } })
    })
  const requests = fc.record(
    {
      gracePeriodSeconds: fc.integer({ min: -5, max: 100 }),
      propagationPolicy: fc.constantFrom<PropagationPolicy[]>('Foreground', 'Background', 'Orphan'),
    },
    { requiredKeys: [] },
  )

  function apply(operation: Operation | null, before: Resource): Resource | null {
    if (operation === null) return before
    return operation.type === 'update' ? operation.object : null
  }

  it('asking again for the same changes nothing more, unless it ends the object', () => {
    fc.assert(
      fc.property(subjects, requests, (subject, request) => {
        const first = apply(planDeletion(subject, { ...request, now }), subject)
        if (first === null) return
        expect(planDeletion(first, { ...request, now: now + 1000 })).toBeNull()
      }),
    )
  })

  it('further requests never lengthen the time that is left, and never count the generation again', () => {
    fc.assert(
      fc.property(subjects, fc.array(requests, { minLength: 2, maxLength: 6 }), (subject, list) => {
        let current: Resource | null = subject
        for (const request of list) {
          if (current === null) return
          const before: ObjectMeta = current.metadata
          current = apply(planDeletion(current, { ...request, now }), current)
          if (current === null || before.deletionTimestamp === undefined) continue
          const { deletionTimestamp = '', deletionGracePeriodSeconds = 0, generation } = current.metadata
          expect(deletionTimestamp <= before.deletionTimestamp).toBe(true)
          expect(deletionGracePeriodSeconds).toBeLessThanOrEqual(before.deletionGracePeriodSeconds ?? 0)
          expect(generation).toBe(before.generation)
        }
      }),
    )
  })

  it('an object that is left after an update is not finished', () => {
    fc.assert(
      fc.property(subjects, requests, (subject, request) => {
        const left = apply(planDeletion(subject, { ...request, now }), subject)
        if (left !== null) expect(isFinished(left)).toBe(false)
      }),
    )
  })
})
