import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { connect } from '../../src/client/client.ts'
import { Chance } from '../chaos/chance.ts'
import type { AcknowledgedWrite, LogEntry } from '../chaos/ledger.ts'
import { readLog } from '../chaos/log-reader.ts'
import { Subscriber, subscriptions } from '../chaos/subscriber.ts'
import { judge } from '../chaos/verdict.ts'
import { Writer } from '../chaos/writer.ts'
import { line, myriad, token } from './support/myriad.ts'
import { namespaceLack, starNetworks } from './support/network-namespaces.ts'

const newNetwork = starNetworks()
const product = myriad()
const needs = namespaceLack === undefined ? '' : ` (needs ${namespaceLack})`
const patience = { timeout: 15_000, interval: 50 }
/** All as short as it may be: a machine is Unknown after a second and a half, and gives its pods up two seconds later. */
const shortLives = [
  ['--node-monitor-period-seconds', '0.25'],
  ['--node-monitor-grace-period-seconds', '1.5'],
  ['--node-eviction-rate', '100'],
].flat()
const pods = `{ pods(first: 100) { nodes { uid name metadata { deletionTimestamp } spec { nodeName }
  status { phase containerStatuses { containerID restartCount } } } } }`
const nodes = `{ clusterNodes { nodes { uid name spec { taints { key effect } } status { conditions { type status } } } } }`

interface PodFacts {
  readonly uid: string
  readonly name: string
  readonly metadata: { readonly deletionTimestamp: string | null }
  readonly spec: { readonly nodeName: string | null }
  readonly status: {
    readonly phase: string
    readonly containerStatuses: readonly { readonly containerID: string; readonly restartCount: number }[] | null
  }
}

interface NodeFacts {
  readonly uid: string
  readonly name: string
  readonly spec: { readonly taints: readonly { readonly key: string; readonly effect: string }[] | null }
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] }
}

/** Pods that stay on a machine that is lost for so many seconds, or for ever. */
function lasting(tolerationSeconds?: number) {
  const toleration = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds }
  return {
    terminationGracePeriodSeconds: 1,
    tolerations: [toleration],
    containers: [{ name: 'main', image: 'none', command: ['sleep', '1000'] }],
  }
}

const web = {
  apiVersion: 'v1',
  kind: 'ReplicationController',
  metadata: { name: 'web' },
  spec: { replicas: 4, template: { metadata: { labels: { app: 'web' } }, spec: lasting(2) } },
}
const bare = (name: string, nodeName: string, tolerationSeconds?: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { ...lasting(tolerationSeconds), nodeName },
})
const unreachable = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }
const nothingWrong = { lostWrites: [], lostEvents: [], doubledEvents: [] }
const pidOf = (pod: PodFacts) => Number(/\d+/.exec(pod.status.containerStatuses?.[0]?.containerID ?? '')?.[0])
const isAlive = (pod: PodFacts) => startTicksOf(pidOf(pod)) !== null

/** A server, and agents of the machines n0 and n1, each in a network namespace; a client that writes, and one that follows. */
async function startCluster() {
  const network = newNetwork(2)
  const folder = product.newFolder()
  const place = ['--data', folder, '--host', '0.0.0.0', '--port', '4000']
  const tokens = ['--token', token, '--agent-token', `${token}-agent`]
  const server = product.startBehind(network.hub.enter, 'server', ...place, ...tokens, ...shortLives)
  await line(server, /ready/)
  const url = `${await network.lead(4000, product.newFolder())}/graphql`
  const agents = network.ends.map(({ enter, hubAddress }, index) => {
    const door = ['--url', `http://${hubAddress}:4000/graphql`, '--token', `${token}-agent`]
    const node = ['--node-name', `n${index}`, '--lease-seconds', '1', '--pod-network', 'loopback']
    return product.startBehind(enter, 'agent', ...door, ...node, '--data', product.newFolder())
  })
  for (const agent of agents) await line(agent, /registered/)
  const find = async () => (await product.ask<{ pods: { nodes: PodFacts[] } }>(url, pods)).pods.nodes
  const look = async () => (await product.ask<{ clusterNodes: { nodes: NodeFacts[] } }>(url, nodes)).clusterNodes.nodes
  const node = async (name: string) => (await look()).find((one) => one.name === name)
  const load = startLoad(url)
  return {
    ends: network.ends,
    find,
    named: async (name: string) => (await find()).find((pod) => pod.name === name) ?? never(`pod ${name}`),
    web: async () => (await find()).filter((pod) => pod.name.startsWith('web-')),
    node,
    readiness: async (name: string) =>
      (await node(name))?.status.conditions.find(({ type }) => type === 'Ready')?.status,
    apply: (...items: readonly object[]) => {
      const manifests = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
      return product.ask(url, 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }', {
        manifests,
      })
    },
    deleteNode: (name: string) => product.ask(url, `mutation { deleteClusterNode(name: "${name}") { name } }`),
    log: () => readLog(join(folder, 'myriad.db')),
    endLoad: () => load.end(() => readLog(join(folder, 'myriad.db'))),
  }
}

/** A user who writes without pause, and one who follows everything. */
function startLoad(url: string) {
  const client = connect({ url, token, webSocketImpl: WebSocket })
  const acknowledged: AcknowledgedWrite[] = []
  const [idle, deaf] = [new AbortController(), new AbortController()]
  const writing = new Writer({ name: 'w0', client, chance: new Chance(1), acknowledged, signal: idle.signal }).run()
  const subscription = subscriptions.find(({ name }) => name === 'everything') ?? never('such subscription')
  const subscriber = new Subscriber(subscription, client)
  const following = subscriber.run(deaf.signal)
  return {
    /** Ends both, when the one has stopped writing and the other has heard of all. What went wrong with either. */
    end: async (log: () => readonly LogEntry[]) => {
      idle.abort()
      await writing
      // What is written after that look, such as the state of a machine, is judged by nobody.
      const judged = await vi.waitFor(() => {
        const now = log()
        expect(subscriber.seen.at(-1)?.revision).toBe(now.at(-1)?.revision)
        return now
      }, patience)
      const heard = [...subscriber.seen]
      deaf.abort()
      await following
      client.close()
      const hearings = [{ ...subscription, seen: heard }]
      const { lostWrites, lostEvents, doubledEvents } = judge({
        log: judged,
        acknowledged,
        hearings,
        killed: [],
        staleMsMax: 0,
      })
      return { lostWrites, lostEvents, doubledEvents }
    },
  }
}

/** The pods that were bound to more than one machine in their lives. */
function manyMachines(log: readonly LogEntry[]): string[] {
  const machines = new Map<string, Set<string>>()
  for (const { kind, uid, object } of log) {
    const { nodeName = '' } = object.spec ?? {}
    if (kind === 'Pod' && nodeName !== '') machines.set(uid, (machines.get(uid) ?? new Set()).add(nodeName))
  }
  return [...machines].filter(([, names]) => names.size > 1).map(([uid]) => uid)
}

function never(what: string): never {
  throw new Error(`there is no ${what}`)
}

describe.skipIf(namespaceLack !== undefined)(`machines that are cut off${needs}`, () => {
  it('one: its pods go elsewhere in their time, and it stops its own once it is back; who tolerates it is left alone', async () => {
    const cluster = await startCluster()
    await cluster.apply(web, bare('patient', 'n1', 1_000), bare('eternal', 'n1'))
    const settled = async () => {
      const found = [...(await cluster.web()), await cluster.named('patient'), await cluster.named('eternal')]
      expect(found.map(({ status }) => status.phase)).toEqual(Array.from({ length: 6 }, () => 'Running'))
      expect(found.every(isAlive)).toBe(true)
      return found
    }
    const before = await vi.waitFor(settled, patience)
    const lost = (await cluster.web()).filter(({ spec }) => spec.nodeName === 'n1')
    expect(lost).not.toEqual([])

    cluster.ends[1]?.plug('down')
    await vi.waitFor(async () => expect(await cluster.readiness('n1')).toBe('Unknown'), patience)
    await vi.waitFor(async () => {
      const running = (await cluster.web()).filter(
        ({ spec, status }) => spec.nodeName === 'n0' && status.phase === 'Running',
      )
      expect(running).toHaveLength(4)
    }, patience)
    expect((await cluster.node('n1'))?.spec.taints).toContainEqual(unreachable)
    // The machine does not know yet: that is why its pods must not be gone yet either.
    expect(lost.every(isAlive)).toBe(true)
    const names = (await cluster.find()).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(lost.map(({ name }) => name)))

    cluster.ends[1]?.plug('up')
    await vi.waitFor(async () => {
      expect(await cluster.web()).toHaveLength(4)
      expect((await cluster.node('n1'))?.spec.taints ?? []).toEqual([])
    }, patience)
    expect(lost.some(isAlive)).toBe(false)
    const stayed = before.filter(({ uid }) => !lost.some((pod) => pod.uid === uid))
    const after = await vi.waitFor(settled, patience)
    expect(after).toEqual(expect.arrayContaining(stayed))
    expect(after.every(({ spec }) => spec.nodeName === 'n0' || spec.nodeName === 'n1')).toBe(true)
    expect(await cluster.endLoad()).toEqual(nothingWrong)
    expect(manyMachines(cluster.log())).toEqual([])
  }, 60_000)

  it('all: nothing is evicted, and one that was deleted meanwhile registers again, with the same processes', async () => {
    const cluster = await startCluster()
    await cluster.apply(web)
    const before = await vi.waitFor(async () => {
      const found = await cluster.web()
      expect(found.map(({ status }) => status.phase)).toEqual(['Running', 'Running', 'Running', 'Running'])
      return found
    }, patience)
    const deleted = await cluster.node('n1')

    for (const end of cluster.ends) end.plug('down')
    await vi.waitFor(async () => {
      expect([await cluster.readiness('n0'), await cluster.readiness('n1')]).toEqual(['Unknown', 'Unknown'])
    }, patience)
    const since = cluster.log().at(-1)?.at ?? 0
    // The writer goes on, and with it the log: by then the pods would have been evicted.
    await vi.waitFor(() => expect(cluster.log().at(-1)?.at).toBeGreaterThan(since + 3_000), patience)
    expect((await cluster.web()).map(({ metadata }) => metadata.deletionTimestamp)).toEqual([null, null, null, null])
    await cluster.deleteNode('n1')

    for (const end of cluster.ends) end.plug('up')
    await vi.waitFor(async () => {
      expect([await cluster.readiness('n0'), await cluster.readiness('n1')]).toEqual(['True', 'True'])
      expect((await cluster.node('n1'))?.spec.taints ?? []).toEqual([])
      expect(await cluster.web()).toEqual(before)
    }, patience)
    expect((await cluster.node('n1'))?.uid).not.toBe(deleted?.uid)
    expect(before.every(isAlive)).toBe(true)
    expect(await cluster.endLoad()).toEqual(nothingWrong)
    expect(manyMachines(cluster.log())).toEqual([])
  }, 60_000)
})
