import { randomUUID } from 'node:crypto'
import { Refusal } from '../model/errors.ts'
import type { LogRequest } from '../model/log-request.ts'
import { endable } from './endable.ts'
import { type LogPiece, LogStream } from './log-stream.ts'

/** What a node agent has to do for those who read logs: begin, and stop. */
export interface LogRequests {
  readonly requests: readonly LogRequest[]
  /** Identities of requests whose reader has gone. */
  readonly cancelled: readonly string[]
}

/** Settings of a relay. */
export interface LogRelayOptions {
  /** Logs that may be read at the same time. */
  readonly streamsMax: number
  /** Milliseconds that a reader waits for an agent that owes it a piece; default 10,000. */
  readonly answerMsMax?: number
}

/** A piece as an agent sends it. */
export interface SentPiece extends LogPiece {
  readonly id: string
  /** The node that the agent speaks for. */
  readonly nodeName: string
}

interface Listener {
  readonly requests: Map<string, LogRequest>
  readonly cancelled: Set<string>
  wake: () => void
  gone: boolean
}

/**
 * Brings logs from node agents to their readers. An agent may be behind a gateway that lets nobody in, so it is asked over
 * a subscription that it has opened, and hands the log over by mutations. Costs one subscription per agent when nobody
 * reads; a piece or two per reader otherwise.
 */
export class LogRelay {
  private readonly options: LogRelayOptions
  private readonly streams = new Map<string, LogStream>()
  /** Which agent was asked for a stream. */
  private readonly asked = new Map<LogStream, Listener>()
  /** Who listens for a node; of several, as after a connection was lost unnoticed, the last one. */
  private readonly byNode = new Map<string, Set<Listener>>()
  private readonly listeners = new Set<Listener>()
  private closed = false

  constructor(options: LogRelayOptions) {
    this.options = options
  }

  /** Logs that are being read. */
  get streamCount(): number {
    return this.streams.size
  }

  /** The log that is asked for, in pieces. Throws TOO_MANY_REQUESTS; the stream rejects with UNAVAILABLE when the node is silent. */
  open(wanted: Omit<LogRequest, 'id'>, signal?: AbortSignal): LogStream {
    const { streamsMax, answerMsMax = 10_000 } = this.options
    if (this.closed) throw new Refusal('UNAVAILABLE', 'the server is closing')
    if (this.streams.size >= streamsMax) {
      const message = `the server has ${this.streams.size} logs open, the limit is ${streamsMax}; end some of them first`
      throw new Refusal('TOO_MANY_REQUESTS', message)
    }
    const request = { ...wanted, id: randomUUID() }
    const leave = () => void stream.return()
    const stream: LogStream = new LogStream({
      request,
      answerMsMax,
      onEnd: (agentKnows) => {
        signal?.removeEventListener('abort', leave)
        this.ended(stream, agentKnows)
      },
    })
    this.streams.set(request.id, stream)
    this.ask(stream)
    if (signal?.aborted === true) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    return stream
  }

  /**
   * Takes a piece from the agent of a node. Resolves when the reader has taken it, with whether it wants more; false also
   * for a log that nobody reads any more. Throws FORBIDDEN for the log of a pod of another node.
   */
  send({ id, nodeName, ...piece }: SentPiece): Promise<boolean> {
    const stream = this.streams.get(id)
    if (stream === undefined) return Promise.resolve(false)
    const own = nodeOf(stream)
    if (own === nodeName) return stream.send(piece)
    throw new Refusal(
      'FORBIDDEN',
      `the log is of a pod on node "${own}": the agent of node "${nodeName}" may not send it`,
    )
  }

  /** What the agent of some nodes has to do, until the iterator is returned or `signal` aborts. */
  listen(nodeNames: readonly string[], signal?: AbortSignal): AsyncGenerator<LogRequests> {
    const listener: Listener = {
      requests: new Map(),
      cancelled: new Set(),
      wake: () => undefined,
      gone: this.closed,
    }
    this.join(nodeNames, listener)
    return endable(this.batches(listener), () => this.leave(nodeNames, listener), signal)
  }

  /** Ends all streams with UNAVAILABLE, and lets the agents go. */
  close(): void {
    this.closed = true
    for (const stream of this.streams.values()) stream.fail(new Refusal('UNAVAILABLE', 'the server is closing'))
    for (const listener of this.listeners) {
      listener.gone = true
      listener.wake()
    }
  }

  private async *batches(listener: Listener): AsyncGenerator<LogRequests> {
    while (!listener.gone) {
      if (listener.requests.size + listener.cancelled.size === 0) {
        await new Promise<void>((resolve) => {
          listener.wake = resolve
        })
        continue
      }
      const batch = { requests: [...listener.requests.values()], cancelled: [...listener.cancelled] }
      listener.requests.clear()
      listener.cancelled.clear()
      yield batch
    }
  }

  private join(nodeNames: readonly string[], listener: Listener): void {
    this.listeners.add(listener)
    for (const name of nodeNames) {
      const known = this.byNode.get(name)
      if (known === undefined) this.byNode.set(name, new Set([listener]))
      else known.add(listener)
    }
    for (const stream of this.streams.values()) if (stream.isUnanswered) this.ask(stream)
  }

  private leave(nodeNames: readonly string[], listener: Listener): void {
    if (!this.listeners.delete(listener)) return
    listener.gone = true
    listener.wake()
    for (const name of nodeNames) {
      const known = this.byNode.get(name)
      known?.delete(listener)
      if (known?.size === 0) this.byNode.delete(name)
    }
    for (const [stream, asked] of this.asked) if (asked === listener) this.lost(stream)
  }

  /** The agent that was asked has gone. What it has not begun another one may do, when it comes in time. */
  private lost(stream: LogStream): void {
    this.asked.delete(stream)
    if (stream.isUnanswered) {
      this.ask(stream)
      return
    }
    const why = 'the connection of its agent was lost'
    stream.fail(new Refusal('UNAVAILABLE', `node "${nodeOf(stream)}" does not answer any more: ${why}`))
  }

  /** Hands the request to the agent of its node, if there is one now. */
  private ask(stream: LogStream): void {
    const listener = [...(this.byNode.get(nodeOf(stream)) ?? [])].at(-1)
    if (listener === undefined || this.asked.has(stream)) return
    this.asked.set(stream, listener)
    listener.requests.set(stream.request.id, stream.request)
    listener.wake()
  }

  private ended(stream: LogStream, agentKnows: boolean): void {
    const { id } = stream.request
    const listener = this.asked.get(stream)
    this.streams.delete(id)
    this.asked.delete(stream)
    // What the agent has not been told yet it need not stop.
    if (listener === undefined || listener.requests.delete(id) || agentKnows) return
    listener.cancelled.add(id)
    listener.wake()
  }
}

function nodeOf({ request }: LogStream): string {
  return request.pod.spec.nodeName ?? ''
}
