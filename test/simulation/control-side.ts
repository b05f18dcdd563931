import { copyFileSync, existsSync } from 'node:fs'
import type { Filter, WatchEvent } from '../../src/watch/event.ts'
import { type Api, openApi } from '../support/api.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import type { TemporaryStores } from '../support/temporary-stores.ts'
import { questionFor, RecordingSink, watch } from '../support/watching.ts'

/** What a follower heard of one change. */
export interface Heard {
  readonly type: WatchEvent['type']
  readonly revision: number
  readonly uid: string
}

/** What the server and the worker of a simulation run with. */
export interface ControlSideOptions {
  readonly stores: TemporaryStores
  readonly clock: FakeClock
  readonly chance: { readonly random: () => number; readonly newUid: () => string }
}

/**
 * Server and worker, with the real store on a real file, which crash and come back: what the next life finds is what was in
 * the files at the moment of the crash. Nothing that an earlier life does after its end counts, or is heard by anybody.
 */
export class ControlSide {
  /** How often they have crashed; who waits for an answer of an earlier life gets none. */
  life = 0
  /** What one who resumes after each crash has heard, of all kinds. */
  readonly heard: Heard[] = []
  api: Api
  readonly #options: ControlSideOptions
  #file: string

  static async start(options: ControlSideOptions): Promise<ControlSide> {
    const file = options.stores.newFile()
    return new ControlSide(await openApi(options.stores, { ...options, file }), file, options)
  }

  private constructor(api: Api, file: string, options: ControlSideOptions) {
    this.api = api
    this.#file = file
    this.#options = options
    this.#begin()
  }

  /** Both die at once, in the middle of whatever they do, and are started again. */
  async crash(): Promise<void> {
    const left = this.api
    this.life += 1
    const file = this.#options.stores.newFile()
    for (const ending of ['', '-wal'])
      if (existsSync(this.#file + ending)) copyFileSync(this.#file + ending, file + ending)
    this.#file = file
    // What is left of the dead goes on in files that nobody opens again.
    void left.close().then(() => left.store.close())
    this.api = await openApi(this.#options.stores, { ...this.#options, file })
    this.#begin()
  }

  #begin(): void {
    const { life, api } = this
    api.startControllers()
    const sink = new RecordingSink()
    const filter: Filter = {}
    const render = ({ type, revision, object }: WatchEvent): string =>
      JSON.stringify({ type, revision, uid: object?.metadata.uid ?? '' })
    sink.write = (frames) => {
      if (this.life !== life) return
      for (const { text } of frames) this.heard.push(JSON.parse(text) as Heard)
    }
    watch(api.hub, questionFor(filter, { render }), { after: this.heard.at(-1)?.revision ?? 0 }, sink)
  }
}
