import { describe, expect, it, vi } from 'vitest'
import type { Request, ResponseSink } from '../../src/client/connection.ts'
import { RequestError } from '../../src/client/request-error.ts'
import { type WatchOptions, WatchStream } from '../../src/client/watch-stream.ts'

/** A line on which the test says what comes: each subscription with its `after`, and whether it was ended. */
class ScriptedLine {
  readonly subscriptions: { readonly after: unknown; readonly sink: ResponseSink; isEnded: boolean }[] = []
  isClosed = false

  start({ variables }: Request, sink: ResponseSink): () => void {
    const subscription = { after: variables?.['after'], sink, isEnded: false }
    this.subscriptions.push(subscription)
    sink.started?.()
    return () => {
      subscription.isEnded = true
    }
  }

  async subscription(number: number): Promise<ResponseSink> {
    await vi.waitFor(() => expect(this.subscriptions).toHaveLength(number), { interval: 1 })
    return this.subscriptions[number - 1]?.sink as ResponseSink
  }
}

function open(options: WatchOptions = {}) {
  const line = new ScriptedLine()
  const question = { line, document: async () => 'document', variables: {}, start: async () => undefined }
  const stream = new WatchStream(question, options)
  return { line, stream, first: stream.next() }
}

function tell(sink: ResponseSink, type: string, version: number): void {
  const pod = type === 'BOOKMARK' ? null : { uid: `uid-${version}` }
  sink.response({ data: { podEvents: { type, resourceVersion: String(version), pod } } })
}

const positionOf = async (next: Promise<IteratorResult<{ readonly position: string }>>) => {
  const { value } = (await next) as { readonly value: { readonly position: string } | undefined }
  return value?.position
}

describe('a watch that is interrupted over a line that holds', () => {
  it.each([
    ['SLOW_CONSUMER', (sink: ResponseSink) => sink.error(new RequestError('SLOW_CONSUMER', 'too slow'))],
    ['an end that nobody asked for', (sink: ResponseSink) => sink.complete()],
    [
      'an error in a response',
      (sink: ResponseSink) => sink.response({ errors: [{ message: 'closing', extensions: { code: 'UNAVAILABLE' } }] }),
    ],
  ])('goes on behind what it was told after %s', async (_, interrupt) => {
    const words: string[] = []
    const { line, stream, first } = open({
      onDisconnect: ({ code }) => words.push(code),
      onReconnect: () => words.push('back'),
    })
    const sink = await line.subscription(1)
    tell(sink, 'BOOKMARK', 4)
    tell(sink, 'ADDED', 5)
    interrupt(sink)
    tell(sink, 'ADDED', 6)
    const again = await line.subscription(2)
    tell(again, 'ADDED', 7)
    expect([await positionOf(first), await positionOf(stream.next()), await positionOf(stream.next())]).toEqual([
      '4',
      '5',
      '7',
    ])
    expect(line.subscriptions.map(({ after, isEnded }) => [after, isEnded])).toEqual([
      [undefined, true],
      ['5', false],
    ])
    expect(words).toEqual([expect.stringMatching(/^(?:SLOW_CONSUMER|UNAVAILABLE)$/), 'back'])
    await stream.return()
    expect(line.subscriptions[1]?.isEnded).toBe(true)
  })

  it('ends with an error that stays, after what came before it', async () => {
    const { line, stream, first } = open()
    const sink = await line.subscription(1)
    tell(sink, 'ADDED', 5)
    sink.error(new RequestError('FORBIDDEN', 'no more'))
    expect(await positionOf(first)).toBe('5')
    await expect(stream.next()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('lets the server wait while too much waits for its reader, and then goes on behind it', async () => {
    const { line, stream, first } = open()
    const sink = await line.subscription(1)
    tell(sink, 'BOOKMARK', 1)
    await first
    for (let version = 2; version <= 20_000; version += 1) tell(sink, 'ADDED', version)
    expect(line.subscriptions[0]?.isEnded).toBe(true)
    let last: string | undefined
    for (let count = 0; count < 10_001; count += 1) last = await positionOf(stream.next())
    expect([last, line.subscriptions.length]).toEqual(['10002', 1])
    const next = stream.next()
    const again = await line.subscription(2)
    expect(line.subscriptions[1]?.after).toBe('10002')
    tell(again, 'ADDED', 10_003)
    expect(await positionOf(next)).toBe('10003')
  })
})
