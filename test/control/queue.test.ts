import { expect, it, vi } from 'vitest'
import { backOffMs, type QueueOptions, type Verdict, WorkQueue } from '../../src/control/queue.ts'
import { FakeClock } from '../support/fake-clock.ts'

function setUp(options: Partial<QueueOptions> = {}) {
  const clock = new FakeClock()
  const runs: string[] = []
  const onFault = vi.fn()
  const run = async (key: string): Promise<Verdict> => {
    runs.push(key)
    return { type: 'done' }
  }
  const queue = new WorkQueue({ run, onFault, clock, random: () => 0.5, ...options })
  return { clock, queue, runs, onFault }
}

/** A pass that a test lets end. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

it('a key that is added many times before it runs waits once', async () => {
  const { queue, runs } = setUp()
  for (const key of ['a', 'b', 'a', 'a', 'b']) queue.add(key)
  await queue.idle()
  expect(runs).toEqual(['a', 'b'])
})

it.each([86_400_000, -86_400_000])(
  'a key that rests, and one that backs off, wait no longer when the clock is set by %i ms',
  async (jump) => {
    const verdicts: Verdict[] = [{ type: 'done', restMs: 1_000 }, { type: 'failed' }]
    const ran: string[] = []
    const { queue, clock } = setUp({
      run: async (key) => {
        ran.push(key)
        return verdicts.shift() ?? { type: 'done' }
      },
    })
    queue.add('rests')
    queue.add('fails')
    await queue.idle()
    clock.jump(jump)
    queue.add('rests')
    clock.advance(999)
    await queue.idle()
    expect(ran).toEqual(['rests', 'fails', 'fails'])
    clock.advance(1)
    await queue.idle()
    expect(ran).toEqual(['rests', 'fails', 'fails', 'rests'])
  },
)

it('no code of a key runs within add', () => {
  const { queue, runs } = setUp()
  queue.add('a')
  expect(runs).toEqual([])
})

it('a key that is added while it runs, even by its own first statement, runs once more and never twice at once', async () => {
  let running = 0
  let most = 0
  let passes = 0
  const { queue } = setUp({
    concurrency: 4,
    run: async () => {
      running += 1
      passes += 1
      most = Math.max(most, running)
      if (passes === 1) for (let times = 0; times < 5; times += 1) queue.add('a')
      await Promise.resolve()
      running -= 1
      return { type: 'done' }
    },
  })
  queue.add('a')
  await queue.idle()
  expect({ passes, most }).toEqual({ passes: 2, most: 1 })
})

it('different keys run at the same time, up to the concurrency', async () => {
  const { opened, open } = gate()
  const started: string[] = []
  const { queue } = setUp({
    concurrency: 2,
    run: async (key) => {
      started.push(key)
      await opened
      return { type: 'done' }
    },
  })
  for (const key of ['a', 'b', 'c']) queue.add(key)
  await vi.waitFor(() => expect(started).toEqual(['a', 'b']))
  open()
  await queue.idle()
  expect(started).toEqual(['a', 'b', 'c'])
})

it.each([
  { failures: 1, random: 0.5, delayMs: 5 },
  { failures: 2, random: 0.5, delayMs: 10 },
  { failures: 8, random: 0.5, delayMs: 640 },
  { failures: 1, random: 0, delayMs: 3.75 },
  { failures: 1, random: 1, delayMs: 6.25 },
  { failures: 18, random: 0.5, delayMs: 655_360 },
  { failures: 19, random: 0.5, delayMs: 1_000_000 },
  { failures: 5_000, random: 1, delayMs: 1_000_000 },
])(
  'the try after $failures failures in a row, with chance $random, waits $delayMs ms',
  ({ failures, random, delayMs }) => {
    expect(backOffMs(failures, () => random)).toBe(delayMs)
  },
)

it('a key that fails is tried after 5, 10 and 20 ms, and begins anew once it has succeeded', async () => {
  const at: number[] = []
  const verdicts: Verdict['type'][] = ['failed', 'failed', 'failed', 'done', 'failed', 'done']
  const { clock, queue } = setUp({
    run: async () => {
      at.push(clock.now() - start)
      return verdicts.shift() === 'failed' ? { type: 'failed' } : { type: 'done' }
    },
  })
  const start = clock.now()
  queue.add('a')
  for (let ms = 0; ms < 40; ms += 1) {
    await queue.idle()
    clock.advance(1)
  }
  queue.add('a')
  await queue.idle()
  clock.advance(5)
  await queue.idle()
  expect(at).toEqual([0, 5, 15, 35, 40, 45])
})

it('what a pass throws is told, and counts as a failure', async () => {
  const metrics = { depth: vi.fn(), retried: vi.fn() }
  const { clock, queue, onFault } = setUp({
    metrics,
    run: vi
      .fn()
      .mockRejectedValueOnce(new Error('broken'))
      .mockResolvedValue({ type: 'done' } satisfies Verdict),
  })
  queue.add('a')
  await queue.idle()
  expect(onFault).toHaveBeenCalledWith('a', new Error('broken'))
  expect(metrics.retried).toHaveBeenCalledTimes(1)
  expect(clock.pending).toBe(1)
})

it('of several wishes for a later pass the earliest counts, and an earlier pass fulfils them all', async () => {
  const { clock, queue, runs } = setUp()
  queue.after('a', 100)
  queue.after('a', 50)
  queue.after('a', 70)
  clock.advance(49)
  await queue.idle()
  expect(runs).toEqual([])
  clock.advance(1)
  await queue.idle()
  expect(runs).toEqual(['a'])
  queue.after('a', 100)
  queue.add('a')
  await queue.idle()
  expect(clock.pending).toBe(0)
  expect(runs).toEqual(['a', 'a'])
})

it('a costly pass is followed by a rest, in which the key waits but others do not', async () => {
  const ran: string[] = []
  const { clock, queue } = setUp({
    run: async (key) => {
      ran.push(key)
      return key === 'costly' ? { type: 'done', restMs: 90 } : { type: 'done' }
    },
  })
  queue.add('costly')
  await queue.idle()
  queue.add('costly')
  queue.add('cheap')
  await queue.idle()
  expect(ran).toEqual(['costly', 'cheap'])
  clock.advance(90)
  await queue.idle()
  expect(ran).toEqual(['costly', 'cheap', 'costly'])
  clock.advance(90)
  expect(clock.pending).toBe(0)
})

it('a clock that is set back or forward neither lengthens a rest nor a delay', async () => {
  const { queue, clock, runs } = setUp()
  queue.after('later', 50)
  clock.jump(-3_600_000)
  queue.after('sooner', 20)
  clock.jump(7_200_000)
  clock.advance(20)
  await queue.idle()
  expect(runs).toEqual(['sooner'])
  clock.advance(30)
  await queue.idle()
  expect(runs).toEqual(['sooner', 'later'])
})

it('a pass that asks for another at once gets it, without a rest', async () => {
  const verdicts: Verdict[] = [{ type: 'again', afterMs: 0, restMs: 90 }, { type: 'done' }]
  const run = vi.fn(async () => verdicts.shift() ?? ({ type: 'done' } as const))
  const { queue } = setUp({ run })
  queue.add('a')
  await queue.idle()
  expect(run).toHaveBeenCalledTimes(2)
})

it('after close no pass starts and no timer is left, and close waits for the pass that runs', async () => {
  const { opened, open } = gate()
  let ended = false
  const started: string[] = []
  const { clock, queue } = setUp({
    run: async (key) => {
      started.push(key)
      await opened
      ended = true
      return { type: 'failed' }
    },
  })
  queue.after('later', 10)
  queue.add('a')
  queue.add('b')
  await vi.waitFor(() => expect(started).toEqual(['a']))
  const closed = queue.close()
  open()
  await closed
  queue.add('c')
  clock.advance(1_000)
  await queue.idle()
  expect({ started, ended, pending: clock.pending }).toEqual({ started: ['a'], ended: true, pending: 0 })
})

it('the metrics are told how many keys wait', async () => {
  const depths: number[] = []
  const { queue } = setUp({ metrics: { depth: (count) => depths.push(count), retried: () => {} } })
  queue.add('a')
  queue.add('b')
  await queue.idle()
  expect(depths).toEqual([1, 2, 1, 0])
})
