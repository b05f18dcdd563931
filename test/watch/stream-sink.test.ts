import { describe, expect, it } from 'vitest'
import type { Frame } from '../../src/watch/question.ts'
import { StreamSink } from '../../src/watch/stream-sink.ts'

function frames(...texts: string[]): Frame[] {
  return texts.map((text, index) => ({ revision: index + 1, text, bytes: Buffer.from(text) }))
}

function sinkAndResults() {
  const stop = new AbortController()
  const sink = new StreamSink(stop)
  return { stop, sink, results: sink.results() }
}

async function next(results: AsyncGenerator<{ stringify: () => string }, void, void>): Promise<string> {
  const { done, value } = await results.next()
  return done === true ? 'done' : (value?.stringify() ?? 'nothing')
}

describe('a stream of results', () => {
  it('gives what was written in its order, whoever comes first', async () => {
    const { sink, results } = sinkAndResults()
    sink.write(frames('a', 'b'))
    expect([await next(results), await next(results)]).toEqual(['a', 'b'])
    const pulled = next(results)
    sink.write(frames('c'))
    expect(await pulled).toBe('c')
  })

  it('gives each of several who pull at once one result', async () => {
    const { sink, results } = sinkAndResults()
    const pulled = [next(results), next(results), next(results)]
    sink.write(frames('a', 'b'))
    sink.end()
    expect(await Promise.all(pulled)).toEqual(['a', 'b', 'done'])
  })

  it('reads its data from its text where somebody asks', async () => {
    const { sink, results } = sinkAndResults()
    sink.write(frames('{"data":{"a":1}}'))
    expect((await results.next()).value).toMatchObject({ data: { a: 1 } })
  })

  it('ends after what waits, with a last result if there is one', async () => {
    const { sink, results } = sinkAndResults()
    sink.write(frames('a'))
    sink.end('refusal')
    sink.write(frames('late'))
    expect([await next(results), await next(results), await next(results)]).toEqual(['a', 'refusal', 'done'])
  })

  it('is congested while its reader is behind, and says when it is no longer', async () => {
    const { sink, results } = sinkAndResults()
    sink.write(frames(...Array.from({ length: 64 }, (_, index) => String(index))))
    expect(sink.congested).toBe(true)
    const ready = sink.ready().then(() => 'ready')
    await next(results)
    expect(sink.congested).toBe(false)
    expect(await ready).toBe('ready')
    await sink.ready()
  })

  it('whose reader returns stops its source and frees who waits for it', async () => {
    const { stop, sink, results } = sinkAndResults()
    sink.write(frames(...Array.from({ length: 70 }, () => 'x')))
    const ready = sink.ready()
    await results.return()
    await ready
    expect(stop.signal.aborted).toBe(true)
    expect(await next(results)).toBe('done')
  })

  it('whose reader is stopped while it waits ends', async () => {
    const { stop, results } = sinkAndResults()
    const pulled = next(results)
    stop.abort()
    expect(await pulled).toBe('done')
  })
})
