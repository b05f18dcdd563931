import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '../../src/model/errors.ts'
import type { LogRequest } from '../../src/model/log-request.ts'
import { LogRelay, type LogRequests } from '../../src/watch/log-relay.ts'
import { pod } from '../agent/support/pod.ts'

let relay: LogRelay
beforeEach(() => {
  vi.useFakeTimers()
  relay = new LogRelay({ streamsMax: 2, answerMsMax: 10_000 })
})
afterEach(() => {
  relay.close()
  vi.useRealTimers()
})

const asIs = (error: unknown) => error

const wanted = (more: Partial<LogRequest> = {}) => ({
  pod: pod('web'),
  container: 'main',
  restartCount: 0,
  follow: true,
  ...more,
})

/** An agent of some nodes, that takes what it is asked for. */
function agentOf(...nodeNames: string[]) {
  const batches = relay.listen(nodeNames)
  return {
    next: async (): Promise<LogRequests | undefined> => {
      const batch = await batches.next()
      return batch.done === true ? undefined : batch.value
    },
    leave: () => batches.return(undefined),
  }
}

const piece = (id: string, text: string, more: object = {}) => ({ id, nodeName: 'node-1', text, done: false, ...more })

/** Whether a promise has been settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  const settle = () => {
    settled = true
  }
  promise.then(settle, settle)
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  return settled
}

describe('a log', () => {
  it('is asked of the agent of its node, and handed over piece by piece as it is read', async () => {
    const others = agentOf('node-2')
    const agent = agentOf('node-1', 'node-3')
    const notAsked = others.next()
    const stream = relay.open(wanted({ tailLines: 3 }))
    const { requests, cancelled } = (await agent.next()) ?? {}
    expect(requests).toMatchObject([{ container: 'main', restartCount: 0, follow: true, tailLines: 3 }])
    expect(cancelled).toEqual([])
    const { id } = stream.request
    const first = relay.send(piece(id, 'one'))
    expect(await isSettled(first)).toBe(false)
    expect(await stream.next()).toEqual({ done: false, value: 'one' })
    expect(await first).toBe(true)
    const next = stream.next()
    expect(await relay.send(piece(id, 'two'))).toBe(true)
    expect(await next).toEqual({ done: false, value: 'two' })
    const last = relay.send(piece(id, 'three', { done: true }))
    expect(relay.streamCount).toBe(0)
    expect(await stream.next()).toEqual({ done: false, value: 'three' })
    expect(await last).toBe(false)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(await isSettled(notAsked)).toBe(false)
  })

  it('is taken one piece at a time', async () => {
    const { request } = relay.open(wanted())
    void relay.send(piece(request.id, 'one'))
    expect(() => relay.send(piece(request.id, 'two'))).toThrow('send one at a time')
  })

  it('is taken from nobody but the agent of its node', async () => {
    const { request } = relay.open(wanted())
    const send = () => relay.send({ ...piece(request.id, 'forged'), nodeName: 'node-2' })
    expect(send).toThrow('the log is of a pod on node "node-1": the agent of node "node-2" may not send it')
    expect(await relay.send(piece('made-up', 'forged'))).toBe(false)
  })

  it('ends at the agent when its reader leaves', async () => {
    const agent = agentOf('node-1')
    const stream = relay.open(wanted())
    const { id } = stream.request
    await agent.next()
    const sent = relay.send(piece(id, 'one'))
    const cancelled = agent.next()
    await stream.return()
    expect(await cancelled).toEqual({ requests: [], cancelled: [id] })
    expect(await sent).toBe(false)
    expect(await relay.send(piece(id, 'two'))).toBe(false)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('ends for a reader that leaves while it waits, by itself or by its signal', async () => {
    const left = new AbortController()
    const streams = [relay.open(wanted()), relay.open(wanted(), left.signal)]
    const waiting = streams.map((stream) => stream.next())
    await streams[0]?.return()
    left.abort()
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
    expect(relay.streamCount).toBe(0)
    expect(await relay.open(wanted(), left.signal).next()).toEqual({ done: true, value: undefined })
  })

  it('is never asked for when its reader has left before', async () => {
    const agent = agentOf('node-1')
    await relay.open(wanted()).return()
    const stream = relay.open(wanted())
    expect((await agent.next())?.requests.map(({ id }) => id)).toEqual([stream.request.id])
  })

  it('is waited for by those who come before the agent', async () => {
    const stream = relay.open(wanted())
    const next = stream.next()
    vi.advanceTimersByTime(9_000)
    const agent = agentOf('node-1')
    const id = (await agent.next())?.requests[0]?.id ?? ''
    void relay.send(piece(id, 'one'))
    expect(await next).toEqual({ done: false, value: 'one' })
  })

  it('is asked of the next agent when the first has gone without a word', async () => {
    const first = agentOf('node-1')
    const stream = relay.open(wanted())
    const second = agentOf('node-1')
    await first.next()
    await first.leave()
    expect((await second.next())?.requests.map(({ id }) => id)).toEqual([stream.request.id])
  })

  it('is refused when the agent is silent', async () => {
    agentOf('node-1')
    const answer = relay.open(wanted()).next().catch(asIs)
    vi.advanceTimersByTime(10_000)
    expect(await answer).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'node "node-1" does not answer: it has sent nothing of the log of pod "web" for 10 s',
    })
    expect(relay.streamCount).toBe(0)
  })

  it('may be silent for long while it is followed, but not while all of it is there', async () => {
    const followed = relay.open(wanted())
    const whole = relay.open(wanted({ follow: false }))
    const [next, all] = [followed.next(), whole.next().catch(asIs)]
    for (const { request } of [followed, whole]) expect(await relay.send(piece(request.id, ''))).toBe(true)
    vi.advanceTimersByTime(3_600_000)
    expect(await all).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await isSettled(next)).toBe(false)
  })

  it('ends with what the agent says of it, after what was sent before', async () => {
    const stream = relay.open(wanted())
    const { id } = stream.request
    const next = stream.next()
    void relay.send(piece(id, 'one'))
    await next
    const error = new Refusal('NOT_FOUND', 'it is gone')
    expect(await relay.send(piece(id, '', { done: true, error }))).toBe(false)
    await expect(stream.next()).rejects.toBe(error)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('ends when the connection of its agent is lost, after what was sent before', async () => {
    const agent = agentOf('node-1')
    const stream = relay.open(wanted())
    await agent.next()
    void relay.send(piece(stream.request.id, 'one'))
    await agent.leave()
    expect((await stream.next()).value).toBe('one')
    await expect(stream.next()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'node "node-1" does not answer any more: the connection of its agent was lost',
    })
  })

  it('is one of so many at most', async () => {
    const streams = [relay.open(wanted()), relay.open(wanted())]
    expect(() => relay.open(wanted())).toThrow('the server has 2 logs open, the limit is 2; end some of them first')
    await streams[0]?.return()
    expect(() => relay.open(wanted())).not.toThrow()
  })

  it('ends with the server', async () => {
    const agent = agentOf('node-1')
    const request = agent.next()
    const next = relay.open(wanted()).next()
    await request
    const over = agent.next()
    relay.close()
    await expect(next).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'the server is closing' })
    expect(await over).toBeUndefined()
    expect(() => relay.open(wanted())).toThrow('the server is closing')
  })
})
