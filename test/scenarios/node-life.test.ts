import { afterEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { Scenario, type ScenarioOptions } from '../support/scenario.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let cluster: Scenario

interface Plan extends ScenarioOptions {
  readonly zones?: Readonly<Record<string, string>>
}

async function start(names: readonly string[], { zones = {}, ...options }: Plan = {}): Promise<Scenario> {
  cluster = await Scenario.start(stores, options)
  for (const name of names) {
    const zone = zones[name]
    await cluster.addMachine(name, '8', zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone })
  }
  return cluster
}

afterEach(() => cluster.close())

const controller = (replicas: number, spec = '') => `
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: main, image: main, resources: {requests: {cpu: "1"}}}]
      ${spec}
`
const minute = 60_000
const trace = (lines: readonly string[]) => lines.join('\n')
const evicted = (lines: readonly string[]) => lines.filter((line) => line.includes('by taint-eviction-controller'))
const tainted = () => cluster.nodes().filter((line) => line.includes('NoExecute'))
const names = (count: number, prefix = 'n') => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

describe('a machine that is lost', () => {
  it('is Unknown after its lease, loses its pods after five minutes more, and stops them when it is back', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.cutOff('n1')
    expect(trace(await cluster.live(2 * minute))).toMatchInlineSnapshot(`
      "MODIFIED Node n1 Unknown unreachable:NoSchedule by node-controller
      MODIFIED web#1 Running but not ready on n1 by node-controller
      MODIFIED Node n1 Unknown unreachable:NoSchedule unreachable:NoExecute by node-controller"
    `)
    expect(evicted(await cluster.live(3 * minute))).toEqual([])
    expect(trace(await cluster.live(minute))).toMatchInlineSnapshot(`
      "MODIFIED web#1 Running but not ready on n1, being deleted by taint-eviction-controller
      ADDED web#3 Pending by replication-controller
      MODIFIED web#3 Pending on n2 by scheduler
      MODIFIED web#3 Running on n2 by node:n2"
    `)
    expect(cluster.runningOn('n1')).toHaveLength(1)
    expect(cluster.pods()).toMatchInlineSnapshot(`
      [
        "web#1: Running but not ready on n1, being deleted",
        "web#2: Running on n2",
        "web#3: Running on n2",
      ]
    `)
    const { name } = cluster.pod('web#1').metadata
    await cluster.reconnect('n1')
    expect(trace(await cluster.live(minute))).toMatchInlineSnapshot(`
      "MODIFIED Node n1 Ready unreachable:NoSchedule unreachable:NoExecute by node:n1
      MODIFIED Node n1 Ready by node-controller
      DELETED web#1 Succeeded on n1, being deleted by node:n1"
    `)
    expect(cluster.runningOn('n1')).toEqual([])
    expect(await cluster.messages('NodeNotReady')).toMatchInlineSnapshot(`
      [
        "Node is not ready",
        "Node n1 status is now: NodeNotReady",
      ]
    `)
    expect(await cluster.messages('NodeReady')).toMatchInlineSnapshot(`
      [
        "Node n1 status is now: NodeReady",
      ]
    `)
    expect(await cluster.messages('TaintManagerEviction')).toEqual([`Marking for deletion Pod default/${name}`])
  })

  it('keeps its pods, not one of them restarted, when it is back before their time is over', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.cutOff('n1')
    await cluster.live(5 * minute)
    await cluster.reconnect('n1')
    expect(trace(await cluster.live(10 * minute))).toMatchInlineSnapshot(`
      "MODIFIED Node n1 Ready unreachable:NoSchedule unreachable:NoExecute by node:n1
      MODIFIED Node n1 Ready by node-controller
      MODIFIED web#1 Running on n1 by node:n1"
    `)
    expect(cluster.pods()).toEqual(['web#1: Running on n1', 'web#2: Running on n2'])
    expect([cluster.startsOn('n1'), cluster.startsOn('n2')]).toEqual([1, 1])
    const { name } = cluster.pod('web#1').metadata
    expect(await cluster.messages('TaintManagerEviction')).toEqual([`Cancelling deletion of Pod default/${name}`])
  })

  it('was only slow: its pods are ready again though its connection was never closed', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    const { store } = cluster.api
    const lost = store.replica.get({ kind: 'Node', namespace: '', name: 'n1' }) as Resource & { status: object }
    const conditions = [{ type: 'Ready', status: 'Unknown' }]
    const object = { ...lost, status: { ...lost.status, conditions } }
    await store.commitOne({ type: 'update', base: lost, object }, 'test')
    expect(trace(await cluster.live(minute))).toMatchInlineSnapshot(`
      "MODIFIED Node n1 Unknown by test
      MODIFIED Node n1 Unknown unreachable:NoSchedule by node-controller
      MODIFIED web#1 Running but not ready on n1 by node-controller
      MODIFIED web#1 Running on n1 by node:n1
      MODIFIED Node n1 Ready unreachable:NoSchedule by node:n1
      MODIFIED Node n1 Ready by node-controller"
    `)
    expect(cluster.pods()).toEqual(['web#1: Running on n1', 'web#2: Running on n2'])
  })

  it('was deleted while it was away: its pods go, it comes back as a new one and stops what it ran', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.cutOff('n1')
    await cluster.live(minute)
    await cluster.command('mutation { deleteClusterNode(name: "n1") { name } }')
    await cluster.live(2 * minute)
    expect(cluster.pods()).toEqual(['web#2: Running on n2', 'web#3: Running on n2'])
    expect(await cluster.api.store.leases.removeOrphans()).toBe(1)
    expect([...(await cluster.api.store.leases.ofNodes()).keys()]).toEqual(['n2'])
    expect(cluster.runningOn('n1')).toEqual(['web#1'])
    await cluster.reconnect('n1')
    expect(trace(await cluster.live(minute))).toBe('ADDED Node n1 by node:n1')
    expect(cluster.runningOn('n1')).toEqual([])
    expect(await cluster.messages('RemovingNode')).toEqual(['Node n1 event: Removing Node n1 from Controller'])
    expect(await cluster.messages('RegisteredNode')).toContain('Node n1 event: Registered Node n1 in Controller')
  })
})

describe('how long a pod stays on a machine that is lost', () => {
  const bare = (name: string, tolerations: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {nodeSelector: {disk: fast}, containers: [{name: m, image: i}], tolerations: [${tolerations}]}
`
  const tolerating = (rest: string) =>
    `{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute${rest}}`

  it('is what it tolerates: not at all, some seconds, or for ever', async () => {
    await start([])
    await cluster.addMachine('n1', '8', { disk: 'fast' })
    await cluster.addMachine('n2', '8')
    await cluster.apply(bare('at-once', tolerating(', tolerationSeconds: 0')))
    await cluster.apply(bare('five', tolerating(', tolerationSeconds: 5')))
    await cluster.apply(bare('for-ever', tolerating('')))
    await cluster.apply(
      bare('shortest', `${tolerating('')}, {key: own, operator: Exists, effect: NoExecute, tolerationSeconds: 60}`),
    )
    await cluster.cutOff('n1')
    const lost = evicted(await cluster.live(2 * minute)).map((line) => line.split(' ')[1])
    expect(lost).toEqual(['at-once', 'five'])
    await addTaint('n1', { key: 'own', effect: 'NoExecute' })
    expect(evicted(await cluster.live(minute - 10_000)).map((line) => line.split(' ')[1])).toEqual(['for-ever'])
    expect(evicted(await cluster.live(20_000)).map((line) => line.split(' ')[1])).toEqual(['shortest'])
  })
})

async function addTaint(name: string, taint: object): Promise<void> {
  const { store } = cluster.api
  const base = store.replica.get({ kind: 'Node', namespace: '', name }) as Resource & { spec?: { taints?: object[] } }
  const taints = [...(base.spec?.taints ?? []), taint]
  await store.commitOne({ type: 'update', base, object: { ...base, spec: { ...base.spec, taints } } }, 'ann')
}

describe('losing many machines', () => {
  it('evicts nothing at once when half of them are cut off, and gives up one after the other', async () => {
    await start(names(8))
    await cluster.apply(controller(8))
    await cluster.cutOff('n1', 'n2', 'n3', 'n4')
    expect(evicted(await cluster.live(2 * minute))).toEqual([])
    expect(cluster.nodes().filter((line) => line.includes('Unknown'))).toHaveLength(4)
    await cluster.reconnect('n1', 'n2', 'n3', 'n4')
    expect(evicted(await cluster.live(10 * minute))).toEqual([])
    expect(tainted()).toEqual([])
    expect(cluster.pods().every((line) => line.includes(': Running on'))).toBe(true)
  })

  it('gives up none when most of a small zone are cut off', async () => {
    await start(names(8))
    await cluster.apply(controller(8))
    await cluster.cutOff('n1', 'n2', 'n3', 'n4', 'n5')
    expect(evicted(await cluster.live(20 * minute))).toEqual([])
    expect(tainted()).toEqual([])
  })

  it('gives up none when all are cut off, and starts counting anew when one is back', async () => {
    await start(names(4))
    await cluster.apply(controller(4))
    await cluster.cutOff(...names(4))
    expect(evicted(await cluster.live(20 * minute))).toEqual([])
    expect(cluster.nodes()).toEqual(names(4).map((name) => `${name}: Unknown unreachable:NoSchedule`))
    await cluster.reconnect('n1', 'n2')
    expect(evicted(await cluster.live(5 * minute))).toEqual([])
    await cluster.reconnect('n3', 'n4')
    expect(evicted(await cluster.live(5 * minute))).toEqual([])
    expect(cluster.nodes()).toEqual(names(4).map((name) => `${name}: Ready`))
    expect(cluster.pods()).toHaveLength(4)
    expect(Math.max(...names(4).map((name) => cluster.startsOn(name)))).toBe(1)
  })

  it('gives up a zone that is lost, one machine every ten seconds, and no machine of the others', async () => {
    const zones = { a1: 'a', a2: 'a', a3: 'a', b1: 'b', b2: 'b', b3: 'b' }
    await start(Object.keys(zones), { zones })
    await cluster.cutOff('a1', 'a2', 'a3')
    const counts: number[] = []
    for (let look = 0; look < 20; look += 1) {
      await cluster.live(5_000)
      counts.push(tainted().length)
    }
    expect(counts.join('').replace(/^0+/, '').replace(/3+$/, '3')).toMatch(/^1{1,3}2{1,3}3$/)
    expect(tainted().every((line) => line.startsWith('a'))).toBe(true)
  })
})

describe('time', () => {
  it.each([
    ['an hour forward', 60 * minute],
    ['an hour back', -60 * minute],
  ])('that jumps %s loses nobody', async (_, ms) => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.live(minute)
    cluster.api.clock.jump(ms)
    expect(await cluster.live(2 * minute)).toEqual([])
    await cluster.cutOff('n1')
    cluster.api.clock.jump(-ms)
    expect(evicted(await cluster.live(5 * minute))).toEqual([])
    expect(evicted(await cluster.live(2 * minute))).toHaveLength(1)
  })

  it("for which everything was stopped is nobody's silence", async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.live(minute)
    expect(await cluster.pass(10 * minute)).toEqual([])
    expect(await cluster.live(2 * minute)).toEqual([])
  })

  it('for which the worker was stopped counts neither for silence nor for evictions', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.cutOff('n1')
    await cluster.live(30_000)
    expect(await cluster.passWithoutWorker(10 * minute)).toEqual([])
    expect(cluster.nodes()[0]).toBe('n1: Ready')
    await cluster.live(minute)
    expect(tainted()).toHaveLength(1)
    expect(evicted(await cluster.passWithoutWorker(10 * minute))).toEqual([])
    expect(evicted(await cluster.live(3 * minute))).toEqual([])
    expect(evicted(await cluster.live(3 * minute))).toHaveLength(1)
  })

  it('before the worker was restarted does not count', async () => {
    await start(['n1', 'n2'])
    await cluster.apply(controller(2))
    await cluster.cutOff('n1')
    await cluster.live(30_000)
    expect(await cluster.restartWorker()).toEqual([])
    expect(await cluster.live(30_000)).toEqual([])
    await cluster.live(minute)
    expect(tainted()).toHaveLength(1)
    await cluster.live(2 * minute)
    await cluster.restartWorker()
    expect(evicted(await cluster.live(4 * minute))).toEqual([])
    await cluster.reconnect('n1')
    expect(evicted(await cluster.live(10 * minute))).toEqual([])
    expect(cluster.startsOn('n1')).toBe(1)
  })
})

describe('a machine', () => {
  it('that registers again with other capacity gets pods by it', async () => {
    await start(['n1'])
    await cluster.apply(controller(10))
    expect(cluster.pods().filter((line) => line.includes('without a place'))).toHaveLength(2)
    expect(await cluster.replaceMachine('n1', '10')).toContain('MODIFIED web#9 Running on n1 by node:n1')
    expect(cluster.pods().filter((line) => line.includes('Running on n1'))).toHaveLength(10)
  })

  it.each([
    ['cordoned', 'cordon(name: "n1") { name }', 'uncordon(name: "n1") { name }'],
    [
      'marked by updateClusterNode',
      'updateClusterNode(input: {metadata: {name: "n1"}, spec: {unschedulable: true}}) { name }',
      'updateClusterNode(input: {metadata: {name: "n1"}, spec: {}}) { name }',
    ],
  ])('that is %s is tainted, and not any more when that is taken back', async (_, mark, unmark) => {
    await start(['n1'])
    await cluster.command(`mutation { ${mark} }`)
    expect(cluster.nodes()).toEqual(['n1: Ready unschedulable:NoSchedule'])
    await cluster.command(`mutation { ${unmark} }`)
    expect(cluster.nodes()).toEqual(['n1: Ready'])
  })

  it('is given as long as the settings say', async () => {
    await start(['n1', 'n2'], { nodes: { nodeMonitorGraceMs: 5 * minute } })
    await cluster.cutOff('n1')
    expect(await cluster.live(5 * minute - 10_000)).toEqual([])
    expect(await cluster.live(20_000)).toContain('MODIFIED Node n1 Unknown unreachable:NoSchedule by node-controller')
  })
})
