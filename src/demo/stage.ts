import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type Client, connect } from '../client/client.ts'
import { ControlPlane } from './control-plane.ts'
import { eventLine } from './event-line.ts'
import type { PodView } from './pod-view.ts'
import { PodWatch } from './pod-watch.ts'
import type { ProcessRow } from './process-table.ts'
import type { Screen } from './screen.ts'
import { askServer, type WebAnswer } from './web-server.ts'

export interface StageOptions {
  readonly screen: Screen
  /** A folder that is the demonstration's own; gone in the end. */
  readonly folder: string
  readonly environment?: NodeJS.ProcessEnv | undefined
  /** Told with a sentence when the control plane ends without having been asked to. */
  readonly onDeath: (sentence: string) => void
  /** When the demonstration began, in milliseconds since 1970; events are shown relative to it. */
  readonly startedAtMs: number
}

/** Name of the one machine of the cluster. */
export const nodeName = 'local'

const pollMs = 20

/** What the steps share: a cluster of their own, a client of it, and its pods as the stream of events tells of them. */
export class Stage {
  readonly #options: StageOptions
  #opening: Promise<ControlPlane> | undefined
  #plane: ControlPlane | undefined
  #client: Client | undefined
  #watch: PodWatch | undefined

  constructor(options: StageOptions) {
    this.#options = options
  }

  /** Starts the control plane and returns a client, without waiting for the first answer. */
  async open(): Promise<Client> {
    const { folder, environment, onDeath } = this.#options
    this.#opening = ControlPlane.start({ dataFolder: folder, nodeName, environment, onDeath })
    this.#plane = await this.#opening
    this.#client = connect({ url: this.#plane.url, webSocketImpl: WebSocket })
    return this.#client
  }

  /** Where the cluster's GraphQL endpoint is. */
  get url(): string {
    return this.#opened(this.#plane).url
  }

  get client(): Client {
    return this.#opened(this.#client)
  }

  /** The pods that the stream tells of. Only after `follow`. */
  get watch(): PodWatch {
    return this.#opened(this.#watch)
  }

  /** The last lines of the control plane's log. */
  get lastLogLines(): readonly string[] {
    return this.#plane?.lastLogLines ?? []
  }

  /** Subscribes to the events of the pods of a selection, which are shown from then on. */
  follow(labelSelector: string): PodWatch {
    const { screen, startedAtMs } = this.#options
    this.#watch = new PodWatch(this.client, {
      labelSelector,
      onEvent: (event) => {
        const line = eventLine(event, startedAtMs, screen)
        if (line !== undefined) screen.line(line)
      },
    })
    return this.#watch
  }

  /** Asks the servers of these pods who they are. */
  async ask(pods: readonly PodView[], signal: AbortSignal): Promise<readonly WebAnswer[]> {
    const podsFolder = join(this.#options.folder, 'nodes', nodeName, 'pods')
    const answers = await Promise.all(pods.map((pod) => askServer(pod, podsFolder, signal)))
    await this.#opened(this.#plane).family.observe()
    return answers
  }

  /** A line between the events on something that the demonstration itself has done or seen. */
  say(sentence: string): void {
    const { screen } = this.#options
    screen.line(`   ${screen.paint('cyan', `→ ${sentence}`)}`)
  }

  /** Stops everything in order and removes the folder. Resolves with the number of processes that ran, none of which is left. */
  async stop(signal: AbortSignal): Promise<number> {
    const { family } = this.#opened(this.#plane)
    const members = await family.observe()
    await this.#watch?.close()
    this.#client?.close()
    const end = await this.#opened(this.#plane).stop(signal)
    if (end === undefined)
      throw new Error('the control plane was asked to end and still runs', { cause: signal.reason })
    if (end !== 'exit code 0') throw new Error(`the control plane ended with ${end}`)
    for (let left = await family.observe(); left.length > 0; left = await family.observe()) {
      if (signal.aborted) throw new Error(`the control plane has left ${processText(left)}`, { cause: signal.reason })
      await delay(pollMs)
    }
    await this.#removeFolder()
    return members.length
  }

  /** Ends whatever is left, by force if the signal leaves no time for order, and removes the folder. */
  async close(signal: AbortSignal): Promise<void> {
    // It may just be starting; one that could not be started has been told of by the step.
    const plane = await this.#opening?.catch(() => undefined)
    this.#client?.close()
    if (plane !== undefined && (await plane.family.observe()).length > 0) {
      await plane.stop(signal)
      const left = await plane.family.kill()
      if (left.length > 0) this.say(`even kill -9 did not end ${processText(left)}`)
    }
    await this.#removeFolder()
  }

  async #removeFolder(): Promise<void> {
    await rm(this.#options.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #opened<Part>(part: Part | undefined): Part {
    if (part === undefined) throw new Error('broken promise: the stage is opened before it is used')
    return part
  }
}

function processText(rows: readonly ProcessRow[]): string {
  return `process ${rows.map(({ pid }) => pid).join(', ')}`
}
