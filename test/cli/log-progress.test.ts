import { describe, expect, it } from 'vitest'
import { isFinished, LogProgress } from '../../src/cli/log-progress.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'

const line = (time: string) => ({ time, text: time, partial: false })

function progressOf(run: number, times: readonly string[]): LogProgress {
  const progress = new LogProgress()
  progress.begin(run)
  for (const time of times) progress.isNew(line(time))
  return progress
}

describe('how far a log has been read', () => {
  it('passes over what was read of the last moment, and nothing else', () => {
    const progress = progressOf(0, ['1', '2', '2'])
    progress.resume()
    progress.begin(0)
    expect(['2', '2', '2', '3'].map((time) => progress.isNew(line(time)))).toEqual([false, false, true, true])
  })

  it('passes over older lines, with which a server may begin', () => {
    const progress = progressOf(0, ['1', '2'])
    progress.resume()
    expect(['1', '2', '3'].map((time) => progress.isNew(line(time)))).toEqual([false, false, true])
  })

  it('passes over all of the moment in which a tail begins, of which some were not asked for', () => {
    const progress = new LogProgress({ isTail: true })
    progress.begin(0)
    progress.isNew(line('1'))
    progress.pause(undefined)
    progress.resume()
    expect(['1', '1', '2', '2'].map((time) => progress.isNew(line(time)))).toEqual([false, false, true, true])
  })

  it('goes on where a silent log begins, a tail was empty, or its last line has no end', () => {
    const since = new LogProgress({ sinceTime: '3' })
    since.begin(0)
    since.pause(undefined)
    expect(since.steps(0)).toEqual([{ previous: false, sinceTime: '3' }])
    const empty = new LogProgress({ isTail: true })
    empty.begin(0)
    empty.pause(undefined)
    expect(empty.steps(0)).toEqual([{ previous: false, sinceTime: undefined }])
    const open = new LogProgress({ isTail: true })
    open.begin(0)
    open.pause({ ...line('5'), partial: true })
    expect(open.steps(0)).toEqual([{ previous: false, sinceTime: '5' }])
    open.resume()
    expect(open.isNew(line('5'))).toBe(true)
  })

  it.each([
    ['the same run goes on where it was', 0, false, [{ previous: false, sinceTime: '2' }]],
    ['the same run has ended', 0, true, []],
    ['the next run, after all of this one', 1, true, [{ previous: false }]],
    [
      'the next run, and first the rest of this one',
      1,
      false,
      [{ previous: true, sinceTime: '2' }, { previous: false }],
    ],
    ['a run was missed, which is the previous one', 2, true, [{ previous: true }, { previous: false }]],
    ['more were missed, of which the last is left', 5, false, [{ previous: true }, { previous: false }]],
  ])('%s', (_, run, hasEnded, steps) => {
    const progress = progressOf(0, ['1', '2'])
    if (hasEnded) progress.end()
    expect(progress.steps(run)).toEqual(steps)
  })
})

describe('whether a container runs again', () => {
  const pod = (restartPolicy: string, exitCode: number | undefined, more: object = {}) =>
    ({
      metadata: {},
      spec: { restartPolicy, containers: [{ name: 'c' }] },
      status: {
        containerStatuses: [
          {
            name: 'c',
            restartCount: 0,
            state: exitCode === undefined ? { running: {} } : { terminated: { exitCode } },
          },
        ],
      },
      ...more,
    }) as unknown as Pod

  it.each([
    ['runs', pod('Never', undefined), false],
    ['has failed and never runs again', pod('Never', 1), true],
    ['always runs again', pod('Always', 0), false],
    ['has failed and runs again', pod('OnFailure', 1), false],
    ['has succeeded', pod('OnFailure', 0), true],
    ['is of a pod that ends', pod('Always', 0, { metadata: { deletionTimestamp: 'x' } }), true],
    ['is of a pod that has ended', pod('Always', undefined, { status: { phase: 'Failed' } }), true],
  ])('one that %s', (_, of, finished) => expect(isFinished(of, 'c')).toBe(finished))
})
