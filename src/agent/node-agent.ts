import { backOff } from '../client/back-off.ts'
import type { Door, NodeManifest } from './door.ts'
import type { EventReporter } from './event-reporter.ts'
import { LeaseRenewer } from './lease-renewer.ts'
import { type Log, messageOf } from './log.ts'
import { LogStreams } from './log-streams.ts'
import { NodeStatusReporter } from './node-status-reporter.ts'
import { PodTable } from './pod-table.ts'
import type { CloseOptions, Runtime } from './runtimes/runtime.ts'
import { StatusReporter } from './status-reporter.ts'
import type { Timers } from './timers.ts'

/** What a node agent works with. */
export interface NodeAgentOptions {
  readonly door: Door
  readonly runtime: Runtime
  readonly nodes: readonly NodeManifest[]
  /** What has become of the node since, where there is one that can change. */
  readonly observe?: (() => Promise<NodeManifest>) | undefined
  /** Seconds for which a lease holds; renewed four times as often. */
  readonly leaseSeconds: number
  /** Who tells what happens to the pods, if anybody does. */
  readonly events?: EventReporter | undefined
  readonly timers: Timers
  readonly log: Log
  readonly random: () => number
  /** Milliseconds that closing waits for the last statuses to be taken; default 5,000. */
  readonly lastReportsMs?: number
}

const registrationBatchSize = 500

/**
 * The agent of one node, or of many that share a runtime: registers them, renews their leases, runs the pods that are
 * assigned to them and reports what becomes of these. While the control plane is away the pods go on; when it is back,
 * what it says is compared with what runs.
 */
export class NodeAgent {
  readonly #options: NodeAgentOptions
  readonly #nodeNames: readonly string[]
  readonly #timers: Timers
  readonly #reporter: StatusReporter
  readonly #pods: PodTable
  readonly #leases: LeaseRenewer
  readonly #logs: LogStreams
  readonly #status: NodeStatusReporter | undefined
  #registering: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(options: NodeAgentOptions) {
    const { door, runtime, timers, log } = options
    this.#options = options
    this.#timers = timers
    this.#nodeNames = options.nodes.map((node) => node.metadata.name)
    this.#reporter = new StatusReporter({
      send: (reports) => door.reportPodStatuses(reports),
      onSettled: (report, outcome) => this.#pods.reportSettled(report, outcome),
      timers,
      log,
      random: options.random,
    })
    this.#pods = new PodTable({
      runtime,
      report: (report) => this.#reporter.report(report),
      forgetReports: (uid) => this.#reporter.forget(uid),
    })
    this.#logs = new LogStreams({ ...options, nodeNames: this.#nodeNames })
    this.#leases = new LeaseRenewer({
      door,
      nodeNames: this.#nodeNames,
      leaseSeconds: options.leaseSeconds,
      onUnknownNodes: () => this.#registerAgain(),
      timers,
      log,
    })
    const [node] = options.nodes
    const { observe } = options
    if (node !== undefined && observe !== undefined) {
      const post = (changed: NodeManifest) => door.registerNodes([changed])
      this.#status = new NodeStatusReporter({ node, observe, post, timers, log })
    }
  }

  /** Opens the runtime and starts the loop; the control plane may come later. */
  async start(): Promise<void> {
    await this.#options.runtime.open(this.#pods)
    this.#status?.start()
    void this.#run()
    void this.#logs.run()
  }

  /** Stops the pods unless `keepPods`, hands in their last statuses as long as the control plane takes them, and ends. */
  close(options: CloseOptions): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  async #close(options: CloseOptions): Promise<void> {
    await this.#options.runtime.close(options)
    const lastWords = Promise.all([this.#reporter.settled(), this.#options.events?.close()])
    await Promise.race([lastWords, this.#timers.sleep(this.#options.lastReportsMs ?? 5_000)])
    this.#leases.close()
    this.#logs.close()
    this.#status?.close()
    this.#options.door.close()
    this.#timers.close()
  }

  async #run(): Promise<void> {
    for (let attempt = 0; this.#closing === undefined; attempt += 1) {
      try {
        await this.#register()
        this.#leases.renew()
        this.#reporter.retryNow()
        this.#pods.beginListing()
        for await (const assignments of this.#options.door.assignments(this.#nodeNames)) {
          if (this.#closing !== undefined) return
          this.#pods.apply(assignments)
          attempt = 0
        }
        this.#options.log.info('the control plane has ended the assignments')
      } catch (error) {
        if (this.#closing !== undefined) return
        this.#options.log.warn('the control plane cannot be reached', { error: messageOf(error) })
      }
      await this.#timers.sleep(backOff(attempt, this.#options.random()))
    }
  }

  /** Registers all nodes. Those that were turned down are told and tried again with the next lease that is not taken. */
  #register(): Promise<void> {
    this.#registering ??= this.#registerAll().finally(() => {
      this.#registering = undefined
    })
    return this.#registering
  }

  async #registerAll(): Promise<void> {
    const { door, log } = this.#options
    const nodes = this.#status === undefined ? this.#options.nodes : [this.#status.node]
    for (let start = 0; start < nodes.length; start += registrationBatchSize) {
      const { failed } = await door.registerNodes(nodes.slice(start, start + registrationBatchSize))
      for (const { name, message } of failed) log.warn('a node was not registered', { name, message })
      if (failed.length === nodes.length) throw new Error(`no node was registered: ${failed[0]?.message}`)
    }
    if (nodes[0] !== undefined) this.#status?.told(nodes[0])
    log.info('registered', { nodes: nodes.length })
  }

  #registerAgain(): void {
    this.#register().catch((error: unknown) => {
      this.#options.log.warn('the nodes could not be registered again', { error: messageOf(error) })
    })
  }
}
