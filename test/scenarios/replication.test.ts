import { afterEach, describe, expect, it } from 'vitest'
import { Scenario } from '../support/scenario.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let cluster: Scenario

async function start(...machines: readonly (readonly [name: string, cpu: string])[]): Promise<Scenario> {
  cluster = await Scenario.start(stores)
  for (const [name, cpu] of machines) await cluster.addMachine(name, cpu)
  return cluster
}

afterEach(() => cluster.close())

const controller = (replicas: number, cpu = '1') => `
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: main, image: main, resources: {requests: {cpu: "${cpu}"}}}]
`
const scale = (replicas: number) =>
  cluster.command(`mutation { scale(kind: "rc", name: "web", replicas: ${replicas}) { name } }`)

const trace = (lines: readonly string[]) => lines.join('\n')

describe('a controller of three pods', () => {
  it('makes, places and runs them', async () => {
    await start(['n1', '4'], ['n2', '4'])
    expect(trace(await cluster.apply(controller(3)))).toMatchInlineSnapshot(`
      "ADDED ReplicationController web by ann
      ADDED web#1 Pending by replication-controller
      ADDED web#2 Pending by replication-controller
      ADDED web#3 Pending by replication-controller
      MODIFIED web#1 Pending on n1 by scheduler
      MODIFIED web#2 Pending on n2 by scheduler
      MODIFIED web#3 Pending on n1 by scheduler
      MODIFIED web#1 Running on n1 by node:n1
      MODIFIED web#3 Running on n1 by node:n1
      MODIFIED web#2 Running on n2 by node:n2"
    `)
  })

  it('heals: a pod that is deleted by hand is replaced', async () => {
    await start(['n1', '4'], ['n2', '4'])
    await cluster.apply(controller(3))
    const { name } = cluster.pod('web#2').metadata
    expect(trace(await cluster.command(`mutation { deletePod(name: "${name}") { name } }`))).toMatchInlineSnapshot(`
      "MODIFIED web#2 Running on n2, being deleted by ann
      ADDED web#4 Pending by replication-controller
      MODIFIED web#4 Pending on n2 by scheduler
      DELETED web#2 Succeeded on n2, being deleted by node:n2
      MODIFIED web#4 Running on n2 by node:n2"
    `)
  })

  it('heals: a pod that has failed is replaced, and its remains stay to be looked at', async () => {
    await start(['n1', '4'])
    const dying = controller(1).replace(
      'labels: {app: web}',
      'labels: {app: web}, annotations: {simulated.myriad/fail-after-seconds: "5"}',
    )
    await cluster.apply(dying)
    expect(trace(await cluster.pass(5_000))).toMatchInlineSnapshot(`
      "MODIFIED web#1 Failed on n1 by node:n1
      ADDED web#2 Pending by replication-controller
      MODIFIED web#2 Pending on n1 by scheduler
      MODIFIED web#2 Running on n1 by node:n1"
    `)
  })

  it('grows to ten and shrinks to one by one command each, those go first that are the newest', async () => {
    await start(['n1', '8'], ['n2', '8'])
    await cluster.apply(controller(3))
    await scale(10)
    expect(cluster.pods().filter((line) => line.includes('Running'))).toHaveLength(10)
    const shrinking = await scale(1)
    expect(shrinking.filter((line) => line.startsWith('DELETED'))).toHaveLength(9)
    expect(cluster.pods()).toHaveLength(1)
    expect(cluster.pods()[0]).toMatch(/^web#[123]: Running/)
  })

  it('goes with all of its pods when it is deleted', async () => {
    await start(['n1', '4'])
    await cluster.apply(controller(2))
    expect(
      trace(await cluster.command('mutation { deleteReplicationController(name: "web") { name } }')),
    ).toMatchInlineSnapshot(`
      "DELETED ReplicationController web by ann
      MODIFIED web#1 Running on n1, being deleted by generic-garbage-collector
      MODIFIED web#2 Running on n1, being deleted by generic-garbage-collector
      DELETED web#1 Succeeded on n1, being deleted by node:n1
      DELETED web#2 Succeeded on n1, being deleted by node:n1"
    `)
  })
})

describe('machines', () => {
  it('that are cordoned keep their pods and get no new ones', async () => {
    await start(['n1', '8'], ['n2', '8'])
    await cluster.apply(controller(2))
    await cluster.command('mutation { cordon(name: "n1") { name } }')
    await scale(6)
    const places = cluster.pods().map((line) => line.replace(/^.*on /, ''))
    expect(places.filter((place) => place === 'n1')).toHaveLength(1)
    expect(places.filter((place) => place === 'n2')).toHaveLength(5)
  })

  it('that are full leave pods waiting, who are told why; another machine unblocks them at once', async () => {
    await start(['n1', '2'])
    expect(trace(await cluster.apply(controller(3)))).toMatchInlineSnapshot(`
      "ADDED ReplicationController web by ann
      ADDED web#1 Pending by replication-controller
      ADDED web#2 Pending by replication-controller
      ADDED web#3 Pending by replication-controller
      MODIFIED web#1 Pending on n1 by scheduler
      MODIFIED web#2 Pending on n1 by scheduler
      MODIFIED web#3 Pending without a place by scheduler
      MODIFIED web#1 Running on n1 by node:n1
      MODIFIED web#2 Running on n1 by node:n1"
    `)
    const { events } = await cluster.api.take<{ events: { nodes: unknown[] } }>(
      '{ events(where: { reason: "FailedScheduling" }) { nodes { type message involvedObject { name } } } }',
    )
    expect(events.nodes).toMatchObject([
      {
        type: 'Warning',
        message: '0/1 nodes are available: 1 Insufficient cpu.',
        involvedObject: { name: cluster.pod('web#3').metadata.name },
      },
    ])
    expect(trace(await cluster.addMachine('n2', '2'))).toMatchInlineSnapshot(`
      "ADDED Node n2 by node:n2
      MODIFIED web#3 Pending on n2 by scheduler
      MODIFIED web#3 Running on n2 by node:n2"
    `)
  })

  it('that are full unblock a waiting pod when another one goes', async () => {
    await start(['n1', '2'])
    await cluster.apply(controller(2))
    await cluster.apply(
      '{apiVersion: v1, kind: Pod, metadata: {name: waits}, spec: {containers: [{name: m, image: i, resources: {requests: {cpu: "1"}}}]}}',
    )
    expect(cluster.pods()).toContain('waits: Pending without a place')
    expect(trace(await scale(1))).toMatchInlineSnapshot(`
      "MODIFIED web#1 Running on n1, being deleted by replication-controller
      DELETED web#1 Succeeded on n1, being deleted by node:n1
      MODIFIED waits Pending on n1 by scheduler
      MODIFIED waits Running on n1 by node:n1"
    `)
  })
})

describe('a namespace', () => {
  it('is emptied before it goes', async () => {
    await start(['n1', '8'])
    await cluster.apply(
      `{apiVersion: v1, kind: Namespace, metadata: {name: team}}\n---\n${controller(2).replace('{name: web}', '{name: web, namespace: team}')}`,
    )
    const lines = await cluster.command('mutation { deleteNamespace(name: "team") { name } }')
    expect(lines.at(-1)).toBe('DELETED Namespace team by namespace-controller')
    expect(cluster.pods()).toEqual([])
    expect(lines.filter((line) => line.startsWith('DELETED web#')).length).toBeGreaterThanOrEqual(2)
  })
})
