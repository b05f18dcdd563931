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

describe('a cluster with a controller of three pods', () => {
  it('makes, places and runs them', async () => {
    await start(['n1', '4'], ['n2', '4'])
    expect(await cluster.apply(controller(3))).toEqual([])
  })
})
