import { backOff } from '../client/back-off.ts'
import { Refusal } from '../model/errors.ts'
import type { LogRequest } from '../model/log-request.ts'
import type { Door, LogChannel, LogPiece, LogRequests } from './door.ts'
import { type Log, messageOf } from './log.ts'
import type { Runtime } from './runtimes/runtime.ts'
import type { Timers } from './timers.ts'

/** What log streams work with. */
export interface LogStreamsOptions {
  readonly door: Pick<Door, 'logRequests' | 'openLogChannel'>
  readonly runtime: Pick<Runtime, 'readLog'>
  readonly nodeNames: readonly string[]
  readonly timers: Timers
  readonly log: Log
  readonly random: () => number
}

/**
 * Reads the logs of pods for those who ask the control plane for them. Of each log one piece is under way at a time, and the
 * next one is read when the reader has taken it.
 */
export class LogStreams {
  readonly #options: LogStreamsOptions
  /** What ends a stream early, by the identity of its request. */
  readonly #open = new Map<string, AbortController>()
  #channel: LogChannel | undefined
  #closed = false

  constructor(options: LogStreamsOptions) {
    this.#options = options
  }

  /** Serves requests for ever; while the control plane is away it waits for it. */
  async run(): Promise<void> {
    const { door, nodeNames, timers, log, random } = this.#options
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        for await (const requests of door.logRequests(nodeNames)) {
          if (this.#closed) return
          this.#take(requests)
          attempt = 0
        }
      } catch (error) {
        if (this.#closed) return
        // That the control plane is away is told by those who wait for assignments.
        if (codeOf(error) !== 'UNAVAILABLE') log.warn('no logs can be asked for', { error: messageOf(error) })
      }
      this.#endAll()
      await timers.sleep(backOff(attempt, random()))
    }
  }

  close(): void {
    this.#closed = true
    this.#endAll()
  }

  #take({ requests, cancelled }: LogRequests): void {
    for (const id of cancelled) this.#open.get(id)?.abort()
    for (const request of requests) {
      const stop = new AbortController()
      this.#open.set(request.id, stop)
      this.#channel ??= this.#options.door.openLogChannel()
      void this.#serve(request, this.#channel, stop.signal).finally(() => this.#ended(request.id))
    }
  }

  /** Never rejects. */
  async #serve(request: LogRequest, channel: LogChannel, signal: AbortSignal): Promise<void> {
    const { id, pod, follow } = request
    const send = (piece: Pick<LogPiece, 'text' | 'done' | 'error'>): Promise<boolean> =>
      channel.send({ id, nodeName: pod.spec.nodeName ?? '', ...piece })
    try {
      // Says that the agent is there: it may be long until a line comes.
      if (follow && !(await send({ text: '', done: false }))) return
      for await (const text of this.#options.runtime.readLog(request, signal)) {
        if (signal.aborted || !(await send({ text, done: false }))) return
      }
      if (!signal.aborted) await send({ text: '', done: true })
    } catch (error) {
      if (signal.aborted) return
      await this.#tell(error, (fault) => send({ text: '', done: true, error: fault }))
    }
  }

  /** Tells the reader why it gets no more. When that cannot be told, either, the reader hears that the agent is not there. */
  async #tell(error: unknown, send: (fault: NonNullable<LogPiece['error']>) => Promise<boolean>): Promise<void> {
    const { log } = this.#options
    if (!(error instanceof Refusal)) log.warn('a log could not be read or sent', { error: messageOf(error) })
    const code = error instanceof Refusal ? error.code : 'UNAVAILABLE'
    try {
      await send({ code, message: messageOf(error) })
    } catch (failure) {
      log.warn('the reader of a log could not be told why it gets no more', { error: messageOf(failure) })
    }
  }

  #ended(id: string): void {
    this.#open.delete(id)
    if (this.#open.size > 0) return
    this.#channel?.close()
    this.#channel = undefined
  }

  #endAll(): void {
    for (const stop of this.#open.values()) stop.abort()
    this.#open.clear()
    this.#channel?.close()
    this.#channel = undefined
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
