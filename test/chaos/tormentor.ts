import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { ChaosCluster } from './cluster.ts'
import type { KilledContainer } from './ledger.ts'
import { readLog } from './log-reader.ts'
import { podProcesses, signalPod } from './pod-processes.ts'
import type { Victim } from './victim.ts'

/** What a tormentor works with. */
export interface TormentorOptions {
  readonly cluster: ChaosCluster
  readonly chance: Chance
  /** Milliseconds that a stop may last at most. */
  readonly stopMsMax: number
  readonly signal: AbortSignal
}

/** Milliseconds from one deed to the next, a stop, and until what was killed is started again. */
const pauseMs = [500, 2_000] as const
const stopMs = [500, 5_000] as const
const startMs = [0, 2_000] as const

const deeds = {
  'kill server': 4,
  'kill controller worker': 3,
  'kill agent': 4,
  'kill pod': 6,
  'stop server': 2,
  'stop controller worker': 1,
  'stop agent': 2,
  'stop pod': 1,
}

/** Kills and stops what runs, as chance will have it, and brings it back. */
export class Tormentor {
  /** How often each deed was done. */
  readonly done = new Map<string, number>()
  readonly killed: KilledContainer[] = []
  readonly #options: TormentorOptions
  /** Stops that are not over. */
  readonly #pending = new Set<Promise<void>>()
  readonly #busy = new Set<Victim>()

  constructor(options: TormentorOptions) {
    this.#options = options
  }

  get count(): number {
    return [...this.done.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Goes on until the signal comes; resolves when all that was stopped or killed runs again. */
  async run(): Promise<void> {
    const { chance, signal } = this.#options
    while (!signal.aborted) {
      await delay(chance.whole(...pauseMs))
      await this.#do(chance.weighted(deeds))
    }
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  async #do(deed: keyof typeof deeds): Promise<void> {
    const { chance, cluster } = this.#options
    const [what = '', ...words] = deed.split(' ')
    const name = words.join(' ')
    if (name === 'pod') return this.#doToPod(deed, what === 'kill' ? 'SIGKILL' : 'SIGSTOP')
    const victim =
      name === 'agent' ? chance.pick(cluster.agents) : name === 'server' ? cluster.server : cluster.controller
    if (victim === undefined || this.#busy.has(victim) || !victim.isRunning) return
    this.#count(deed)
    this.#pend(what === 'kill' ? this.#kill(victim) : this.#stop(victim), victim)
  }

  async #kill(victim: Victim): Promise<void> {
    const { cluster, chance } = this.#options
    const waitMs = chance.whole(...startMs)
    await victim.kill()
    await delay(waitMs)
    if (victim === cluster.server) await cluster.startServer()
    else if (victim !== cluster.controller || cluster.needsController) victim.start()
  }

  async #stop(victim: Victim): Promise<void> {
    const ms = this.#stopMs()
    victim.signal('SIGSTOP')
    await delay(ms)
    victim.signal('SIGCONT')
  }

  #doToPod(deed: string, signal: 'SIGKILL' | 'SIGSTOP'): void {
    const { chance, cluster } = this.#options
    const pod = chance.pick(podProcesses(readLog(cluster.databaseFile)))
    const ms = this.#stopMs()
    if (pod === undefined || !signalPod(pod, signal)) return
    this.#count(deed)
    if (signal === 'SIGKILL') this.killed.push({ uid: pod.uid, containerID: pod.containerID })
    else this.#pend(delay(ms).then(() => void signalPod(pod, 'SIGCONT')))
  }

  /** Some seconds, and now and then as long as is allowed. */
  #stopMs(): number {
    const { chance, stopMsMax } = this.#options
    return chance.happens(0.08) ? stopMsMax : Math.min(stopMsMax, chance.whole(...stopMs))
  }

  #pend(work: Promise<void>, victim?: Victim): void {
    if (victim !== undefined) this.#busy.add(victim)
    const pending = work.finally(() => {
      this.#pending.delete(pending)
      if (victim !== undefined) this.#busy.delete(victim)
    })
    this.#pending.add(pending)
  }

  #count(deed: string): void {
    this.done.set(deed, (this.done.get(deed) ?? 0) + 1)
  }
}
