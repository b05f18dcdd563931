import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ipv4Range } from '../../model/ipv4.ts'
import { isPodAddress } from './address-pool.ts'
import { findLinks, isInOwnNamespace, namespaceFile } from './found-links.ts'
import { type IpBatchFaults, runIpBatch } from './ip-batch.ts'
import type { LinkNames } from './link-names.ts'
import { bridgeLines, connectLines, type FoundLinks, insideLines, removeLines } from './namespace-plan.ts'
import type { PodLink, PodLinks } from './pod-links.ts'
import type { WayOut } from './way-out.ts'

/** What the links work with. */
export interface NamespaceLinksOptions {
  readonly names: LinkNames
  readonly subnet: Ipv4Range
  /** All folders of pods are below it; ip(8) knows the files by names relative to it, which have no odd letters. */
  readonly podsFolder: string
  readonly wayOut: WayOut
  /** The network of an earlier run of the agent in another subnet, in which there are no pods any more. */
  readonly earlier?: NamespaceLinks | undefined
  /** Where programs are looked for. */
  readonly path: string
}

/** A pod that waits for its turn. */
interface Job {
  readonly uid: string
  /** To be connected; absent when it is to be disconnected. */
  readonly link?: PodLink
  readonly settle: (fault: Error | undefined) => void
}

const batchSizeMax = 64

/**
 * Each pod has a network namespace of its own, joined with the agent's bridge. What there is, is asked of the system each
 * time, so that it does not matter which agent has made it, and what has gone meanwhile. Pods that wait at the same time
 * are served by one process of ip(8), in the order in which they came.
 */
export class NamespaceLinks implements PodLinks {
  readonly mode = 'namespace'
  readonly range: Ipv4Range
  readonly #options: NamespaceLinksOptions
  readonly #waiting: Job[] = []
  #working: Promise<void> | undefined

  constructor(options: NamespaceLinksOptions) {
    this.#options = options
    this.range = options.subnet
  }

  isUsable(address: number): boolean {
    return isPodAddress(this.range, address)
  }

  async open(uids: ReadonlySet<string>): Promise<void> {
    const { names, subnet, wayOut, earlier } = this.#options
    await (earlier === undefined ? this.sweep(uids) : earlier.close(false))
    await this.#run(bridgeLines(names, subnet, findLinks(names)))
    if (!findLinks(names).links.has(names.bridge)) throw new Error(`the bridge "${names.bridge}" could not be made`)
    await wayOut.open()
  }

  /** Removes what is there of all pods but these. */
  async sweep(uids: ReadonlySet<string>): Promise<void> {
    const { names } = this.#options
    const found = findLinks(names)
    const kept = new Set([names.bridge, ...[...uids].map((uid) => names.linkOf(uid))])
    await this.#run(
      removeLines(names, {
        links: [...found.links].filter((link) => !kept.has(link)),
        namespaces: [...found.namespaces].filter((namespace) => !uids.has(names.uidOf(namespace) ?? '')),
      }),
    )
  }

  /** Whether a pod has a namespace. */
  hasPods(): boolean {
    return findLinks(this.#options.names).namespaces.size > 0
  }

  async connect(link: PodLink): Promise<readonly string[]> {
    await this.#enqueue(link.uid, link)
    return ['nsenter', `--net=${namespaceFile(this.#options.names.namespaceOf(link.uid))}`]
  }

  async disconnect(uids: readonly string[]): Promise<void> {
    await Promise.all(uids.map((uid) => this.#enqueue(uid)))
  }

  async close(keepPods: boolean): Promise<void> {
    await this.#working
    if (keepPods) return
    const { names, wayOut } = this.#options
    await wayOut.close()
    const { links, namespaces } = findLinks(names)
    await this.#run(removeLines(names, { links: [...links], namespaces: [...namespaces] }))
    const left = leftText(findLinks(names))
    if (left !== undefined) throw new Error(`the network of the pods could not be removed: ${left} is still there`)
  }

  #enqueue(uid: string, link?: PodLink): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (fault: Error | undefined): void => (fault === undefined ? resolve() : reject(fault))
      this.#waiting.push({ uid, settle, ...(link === undefined ? {} : { link }) })
      this.#working ??= this.#work().finally(() => {
        this.#working = undefined
      })
    })
  }

  /** Serves all that wait, and all that come meanwhile. */
  async #work(): Promise<void> {
    await nextTurn()
    while (this.#waiting.length > 0) {
      const jobs = this.#takeBatch()
      try {
        const faults = jobs[0]?.link === undefined ? await this.#disconnectAll(jobs) : await this.#connectAll(jobs)
        for (const [index, job] of jobs.entries()) job.settle(faults[index])
      } catch (error) {
        for (const job of jobs) job.settle(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  /** The first of the queue and those after it that want the same. */
  #takeBatch(): Job[] {
    const connects = this.#waiting[0]?.link !== undefined
    const end = this.#waiting.findIndex(({ link }) => (link !== undefined) !== connects)
    return this.#waiting.splice(0, Math.min(batchSizeMax, end === -1 ? this.#waiting.length : end))
  }

  async #connectAll(jobs: readonly Job[]): Promise<(Error | undefined)[]> {
    const { names, subnet, podsFolder } = this.#options
    const found = findLinks(names)
    // Somebody may have removed the bridge.
    const lines = found.links.has(names.bridge) ? [] : bridgeLines(names, subnet, found)
    const ranges = jobs.map(({ uid, link }) => {
      const begin = lines.length
      if (link !== undefined) {
        const insideFile = join(link.folder, 'inside')
        writeFileSync(
          insideFile,
          insideLines(link.address, subnet)
            .map((line) => `${line}\n`)
            .join(''),
        )
        const pid = link.pid !== undefined && isInOwnNamespace(link.pid) ? link.pid : undefined
        lines.push(...connectLines(names, { uid, insideFile: relative(podsFolder, insideFile), pid }, found))
      }
      return { begin, end: lines.length }
    })
    const faults = await this.#run(lines)
    return ranges.map((range) => {
      const fault = faults.whole ?? [...faults.byLine].find(([line]) => line >= range.begin && line < range.end)?.[1]
      return fault === undefined ? undefined : new Error(`the network of the pod could not be set up: ${fault}`)
    })
  }

  async #disconnectAll(jobs: readonly Job[]): Promise<(Error | undefined)[]> {
    const { names } = this.#options
    const found = findLinks(names)
    const linkOf = (job: Job): string => names.linkOf(job.uid)
    const namespaceOf = (job: Job): string => names.namespaceOf(job.uid)
    const links = jobs.map(linkOf).filter((link) => found.links.has(link))
    const namespaces = jobs.map(namespaceOf).filter((namespace) => found.namespaces.has(namespace))
    await this.#run(removeLines(names, { links, namespaces }))
    const after = findLinks(names)
    return jobs.map((job) => {
      const left = after.links.has(linkOf(job)) ? linkOf(job) : namespaceOf(job)
      if (!after.links.has(left) && !after.namespaces.has(left)) return undefined
      return new Error(`the network of the pod could not be removed: "${left}" is still there`)
    })
  }

  #run(lines: readonly string[]): Promise<IpBatchFaults> {
    const { path, podsFolder: folder } = this.#options
    return runIpBatch(lines, { path, folder })
  }
}

function leftText({ links, namespaces }: FoundLinks): string | undefined {
  const left = [...links, ...namespaces]
  return left.length === 0 ? undefined : left.map((name) => `"${name}"`).join(', ')
}
