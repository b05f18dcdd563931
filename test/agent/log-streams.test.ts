import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogStreams } from '../../src/agent/log-streams.ts'
import { Timers } from '../../src/agent/timers.ts'
import { Refusal } from '../../src/model/errors.ts'
import type { LogRequest } from '../../src/model/log-request.ts'
import { FakeDoor } from './support/fake-door.ts'
import { ManualClock, settle } from './support/manual-clock.ts'
import { pod } from './support/pod.ts'

let door: FakeDoor
let clock: ManualClock
let timers: Timers
let warnings: unknown[]
let asked: { request: LogRequest; signal: AbortSignal; pieces: number }[]
let streams: LogStreams
/** What the runtime's logs consist of. */
let script: (request: LogRequest) => readonly string[]

beforeEach(() => {
  door = new FakeDoor()
  clock = new ManualClock()
  timers = new Timers(clock, () => undefined)
  warnings = []
  asked = []
  script = () => ['one', 'two']
  const runtime = {
    async *readLog(request: LogRequest, signal: AbortSignal) {
      const one = { request, signal, pieces: 0 }
      asked.push(one)
      for (const text of script(request)) {
        one.pieces += 1
        yield text
      }
    },
  }
  const log = { info: () => undefined, warn: (...told: unknown[]) => void warnings.push(told) }
  streams = new LogStreams({ door, runtime, nodeNames: ['node-1'], timers, log, random: () => 0.5 })
  void streams.run()
})
afterEach(() => {
  streams.close()
  door.close()
  timers.close()
})

function request(id: string, more: Partial<LogRequest> = {}): LogRequest {
  return { id, pod: pod('web'), container: 'main', restartCount: 0, follow: false, ...more }
}

const sent = () => door.logPieces.map(({ id, nodeName, text, done, error }) => [id, nodeName, text, done, error?.code])

describe('the logs that an agent is asked for', () => {
  it('are read and sent to their end', async () => {
    door.askForLogs({ requests: [request('a')], cancelled: [] })
    await settle()
    expect(sent()).toEqual([
      ['a', 'node-1', 'one', false, undefined],
      ['a', 'node-1', 'two', false, undefined],
      ['a', 'node-1', '', true, undefined],
    ])
  })

  it('begin with a word that the agent is there when they are followed', async () => {
    door.askForLogs({ requests: [request('a', { follow: true })], cancelled: [] })
    await settle()
    expect(sent()[0]).toEqual(['a', 'node-1', '', false, undefined])
  })

  it('are read no further when the reader wants no more', async () => {
    door.wantsMoreLogs = false
    door.askForLogs({ requests: [request('a')], cancelled: [] })
    await settle()
    expect(sent()).toHaveLength(1)
    expect(asked[0]?.pieces).toBe(1)
  })

  it('end when the reader leaves, and with the connection', async () => {
    const never = new Promise<boolean>(() => undefined)
    door.openLogChannel = () => ({ send: () => never, close: () => undefined })
    door.askForLogs({ requests: [request('a'), request('b')], cancelled: [] })
    await settle()
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, false])
    door.askForLogs({ requests: [], cancelled: ['a', 'unknown'] })
    await settle()
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
    door.disconnect()
    await settle()
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true])
  })

  it('are served again when the control plane is back', async () => {
    door.disconnect()
    await settle()
    door.reconnect()
    await clock.advance(60_000)
    door.askForLogs({ requests: [request('a')], cancelled: [] })
    await settle()
    expect(sent()).toHaveLength(3)
  })

  it('are refused as the runtime refuses them; what nobody expected is told the operator, too', async () => {
    script = ({ id }) => {
      throw id === 'a' ? new Refusal('NOT_FOUND', 'there is no log') : new Error('the disk is broken')
    }
    door.askForLogs({ requests: [request('a'), request('b')], cancelled: [] })
    await settle()
    expect(door.logPieces.map(({ id, done, error }) => [id, done, error])).toEqual([
      ['a', true, { code: 'NOT_FOUND', message: 'there is no log' }],
      ['b', true, { code: 'UNAVAILABLE', message: 'the disk is broken' }],
    ])
    expect(warnings).toEqual([['a log could not be read or sent', { error: 'the disk is broken' }]])
  })
})
