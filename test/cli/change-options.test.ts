import { describe, expect, it } from 'vitest'
import { type DeletionFlags, deletionOf } from '../../src/cli/delete-options.ts'
import { parseDuration } from '../../src/cli/duration.ts'
import { podManifest } from '../../src/cli/run-pod.ts'
import { parseAwaited } from '../../src/cli/wait-condition.ts'
import type { Resource } from '../../src/model/resource.ts'

describe('times', () => {
  it.each([
    ['0', 0],
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['-1s', -1_000],
  ])('%s', (text, ms) => expect(parseDuration(text, '--timeout')).toBe(ms))

  it.each(['', '5', 's', '1x', '1s 2s'])('"%s" is none', (text) => {
    expect(() => parseDuration(text, '--timeout')).toThrow('--timeout must be a time such as')
  })
})

describe('how objects are deleted', () => {
  const flags: DeletionFlags = { cascade: 'background', gracePeriod: -1 }
  it.each<[string, Partial<DeletionFlags>, object]>([
    ['as the object says', {}, { propagationPolicy: 'Background', gracePeriodSeconds: undefined }],
    ['in its time', { gracePeriod: 7 }, { propagationPolicy: 'Background', gracePeriodSeconds: 7 }],
    ['with a second where 0 is not forced', { gracePeriod: 0 }, { gracePeriodSeconds: 1 }],
    ['at once where it is', { gracePeriod: 0, force: true }, { gracePeriodSeconds: 0 }],
    ['at once by force alone', { force: true }, { gracePeriodSeconds: 0 }],
    ['now', { now: true }, { gracePeriodSeconds: 1 }],
    ['dependents stay', { cascade: 'orphan' }, { propagationPolicy: 'Orphan' }],
    ['dependents first', { cascade: 'foreground' }, { propagationPolicy: 'Foreground' }],
    ['an old word for it', { cascade: 'false' }, { propagationPolicy: 'Orphan' }],
    ['the flag alone', { cascade: true }, { propagationPolicy: 'Background' }],
  ])('%s', (_, given, expected) => expect(deletionOf({ ...flags, ...given })).toMatchObject(expected))

  it.each<[Partial<DeletionFlags>, string]>([
    [{ now: true, gracePeriod: 3 }, '--now and --grace-period cannot be specified together'],
    [{ force: true, gracePeriod: 3 }, '--force and --grace-period greater than 0 cannot be specified together'],
    [{ force: true, now: true }, '--force and --now cannot be specified together'],
    [{ cascade: 'toString' }, 'invalid cascade value (toString)'],
  ])('%j is refused', (given, message) => expect(() => deletionOf({ ...flags, ...given })).toThrow(message))
})

describe('what wait waits for', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', generation: 2 },
    spec: { containers: [{ name: 'a' }, { name: 'b' }] },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Old', status: 'True', observedGeneration: 1 },
      ],
    },
  } as unknown as Resource

  it.each([
    ['condition=Ready', true],
    ['condition=ready=TRUE', true],
    ['condition=Ready=False', false],
    ['condition=Old', false],
    ['condition=Other', false],
    ['jsonpath={.status.phase}=Running', true],
    ['jsonpath=.status.phase=Running', true],
    ['jsonpath={.status.phase}=Pending', false],
    ['jsonpath={.status.podIP}', false],
    ['jsonpath={.status.phase}', true],
    ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=True', true],
    ['jsonpath={.spec.containers[7].name}=a', false],
  ])('%s', (text, isMet) => {
    const awaited = parseAwaited(text)
    expect(awaited.kind === 'state' && awaited.isMet(pod)).toBe(isMet)
  })

  it.each([undefined, '', 'ready', 'condition=', 'jsonpath={.a', 'jsonpath={.a}='])('%s is nothing', (text) => {
    expect(() => parseAwaited(text)).toThrow(/condition|jsonpath/)
  })

  it('compares one value only, and no object', () => {
    const isMet = (text: string) => {
      const awaited = parseAwaited(text)
      return awaited.kind === 'state' && awaited.isMet(pod)
    }
    expect(() => isMet('jsonpath={.spec.containers[*].name}=a')).toThrow('matches more than one value')
    expect(() => isMet('jsonpath={.spec}=a')).toThrow('leads to an object or a list')
  })
})

describe('the pod of run', () => {
  const flags = { annotations: [], env: [], restart: 'Always', image: 'busybox' }

  it('has one container of its name', () => {
    expect(podManifest('web', ['-v'], { ...flags, env: ['A=b=c', 'E='], port: '80', labels: 'a=b,c=d' })).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', labels: { a: 'b', c: 'd' } },
      spec: {
        restartPolicy: 'Always',
        containers: [
          {
            name: 'web',
            image: 'busybox',
            args: ['-v'],
            env: [
              { name: 'A', value: 'b=c' },
              { name: 'E', value: '' },
            ],
            ports: [{ containerPort: 80 }],
          },
        ],
      },
    })
    expect(podManifest('web', ['sh'], { ...flags, command: true })).toMatchObject({
      metadata: { labels: { run: 'web' } },
      spec: { containers: [{ command: ['sh'] }] },
    })
  })

  it.each([
    [{ image: '' }, '--image is required'],
    [{ env: ['a'] }, '--env must be KEY=VALUE, not "a"'],
    [{ port: '0' }, '--port must be a number from 1 to 65535, not "0"'],
    [{ restart: 'foo' }, 'invalid restart policy: foo'],
  ])('%j is refused', (given, message) => {
    expect(() => podManifest('web', [], { ...flags, ...given })).toThrow(message)
  })
})
