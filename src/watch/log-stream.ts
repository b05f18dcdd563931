import { Refusal } from '../model/errors.ts'
import type { LogRequest } from '../model/log-request.ts'

/** A piece of a log, from the agent: lines in the CRI's format. */
export interface LogPiece {
  readonly text: string
  /** It is the last one. */
  readonly done: boolean
  /** Why there will be no more; nothing of the piece is read. */
  readonly error?: Refusal | undefined
}

/** What a log stream works with. */
export interface LogStreamOptions {
  readonly request: LogRequest
  /** Milliseconds that the reader waits for an agent that owes it a piece. */
  readonly answerMsMax: number
  /** Called once, when no more of it will be taken; `agentKnows`: by the agent's own word. */
  readonly onEnd: (agentKnows: boolean) => void
}

interface Offer {
  readonly text: string
  readonly taken: (goOn: boolean) => void
}

interface Reader {
  readonly give: (result: IteratorResult<string, void>) => void
  readonly fail: (error: unknown) => void
}

/**
 * One log on its way from an agent to its reader, a piece at a time: the agent hears that it may send the next one only
 * when the reader has taken the last, so that a slow reader stops the agent's reading and nothing piles up here.
 */
export class LogStream implements AsyncGenerator<string, void, void> {
  readonly request: LogRequest
  private readonly options: LogStreamOptions
  private offer: Offer | undefined
  private reader: Reader | undefined
  private state: 'open' | 'done' | 'failed' | 'left' = 'open'
  private refusal: Refusal | undefined
  private timer: NodeJS.Timeout | undefined
  private pickedUp = false

  constructor(options: LogStreamOptions) {
    this.options = options
    this.request = options.request
  }

  /** Whether no agent has answered yet. */
  get isUnanswered(): boolean {
    return !this.pickedUp
  }

  /** Takes a piece over. Resolves when the reader has it, with whether it wants more. Throws CONFLICT for one piece too many. */
  send({ text, done, error }: LogPiece): Promise<boolean> {
    if (this.state !== 'open') return Promise.resolve(false)
    if (this.offer !== undefined) {
      throw new Refusal('CONFLICT', 'the piece before this one has not been taken yet: send one at a time')
    }
    this.pickedUp = true
    if (error !== undefined) {
      this.refusal = error
      this.end('failed', true)
      return Promise.resolve(false)
    }
    const { reader } = this
    const taken = text === '' || reader !== undefined ? undefined : this.waitUntilTaken(text)
    if (text !== '' && reader !== undefined) this.give(reader, text)
    // A piece without a line says that the agent is there.
    else if (reader !== undefined) this.await()
    if (done) this.end('done', true)
    return taken ?? Promise.resolve(!done)
  }

  /** Ends the stream with an error, once what was sent before has been taken. */
  fail(error: Refusal): void {
    if (this.state !== 'open') return
    this.refusal = error
    this.end('failed', false)
  }

  next(): Promise<IteratorResult<string, void>> {
    const { offer } = this
    if (offer !== undefined) {
      this.offer = undefined
      offer.taken(this.state === 'open')
      return Promise.resolve({ done: false, value: offer.text })
    }
    const { refusal } = this
    if (refusal !== undefined) {
      this.refusal = undefined
      return Promise.reject(refusal)
    }
    if (this.state !== 'open') return Promise.resolve({ done: true, value: undefined })
    return new Promise((give, fail) => {
      this.reader = { give, fail }
      this.await()
    })
  }

  /** The reader has gone. */
  return(): Promise<IteratorResult<string, void>> {
    this.offer?.taken(false)
    this.offer = undefined
    this.end('left', false)
    return Promise.resolve({ done: true, value: undefined })
  }

  async throw(error: unknown): Promise<IteratorResult<string, void>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private waitUntilTaken(text: string): Promise<boolean> {
    return new Promise((taken) => {
      this.offer = { text, taken }
    })
  }

  private give(reader: Reader, text: string): void {
    this.reader = undefined
    clearTimeout(this.timer)
    reader.give({ done: false, value: text })
  }

  /** From now on the reader waits; not for ever where the agent has something to say. */
  private await(): void {
    clearTimeout(this.timer)
    if (this.pickedUp && this.request.follow) return
    const { answerMsMax } = this.options
    this.timer = setTimeout(() => {
      const node = this.request.pod.spec.nodeName ?? ''
      const what = `it has sent nothing of the log of pod "${this.request.pod.metadata.name}" for ${answerMsMax / 1_000} s`
      this.fail(new Refusal('UNAVAILABLE', `node "${node}" does not answer: ${what}`))
    }, answerMsMax)
  }

  private end(state: 'done' | 'failed' | 'left', agentKnows: boolean): void {
    const { reader } = this
    const wasOpen = this.state === 'open'
    this.state = state
    this.reader = undefined
    clearTimeout(this.timer)
    if (wasOpen) this.options.onEnd(agentKnows)
    const { refusal } = this
    if (refusal === undefined) reader?.give({ done: true, value: undefined })
    else if (state === 'left') this.refusal = undefined
    else if (reader !== undefined) {
      this.refusal = undefined
      reader.fail(refusal)
    }
  }
}
