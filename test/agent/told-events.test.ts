import { describe, expect, it } from 'vitest'
import { containerOf, logClusters } from '../support/log-cluster.ts'
import { until } from './support/until.ts'

const cluster = logClusters()

interface ToldEvent {
  readonly reason: string
  readonly message: string
  readonly source: { readonly component: string; readonly host: string }
}

describe('what happens to a pod on its machine', () => {
  it('is told as events of the pod, the last of it also when the agent ends', async () => {
    const it = await cluster({}, null)
    const agent = await it.startAgent()
    const initContainers = [containerOf('setup', 'exit 0')]
    const containers = ['a', 'b'].map((name) => containerOf(name, 'sleep 60'))
    const more = { containers, initContainers }
    await it.create('web', {}, more)
    await it.wait('web', 'runs', ({ status }) => status?.containerStatuses?.every(({ ready }) => ready) === true)
    await agent.close({ gracePeriodSecondsMax: 0 })
    const read = async (): Promise<readonly ToldEvent[]> => {
      const query = '{ pod(name: "web") { events(first: 50) { nodes { reason message source { component host } } } } }'
      return (await it.client.query<{ pod: { events: { nodes: ToldEvent[] } } }>(query)).pod.events.nodes
    }
    let events = await read()
    for (let looks = 0; looks < 500 && events.length < 8; looks += 1) events = await read()
    expect(events.map(({ message }) => message).toSorted()).toEqual([
      'Created container: a',
      'Created container: b',
      'Created container: setup',
      'Started container a',
      'Started container b',
      'Started container setup',
      'Stopping container a',
      'Stopping container b',
    ])
    expect(new Set(events.map(({ source }) => `${source.component} ${source.host}`))).toEqual(new Set(['kubelet box']))
  })

  it('is not told again by an agent that adopts the pod', async () => {
    const it = await cluster({}, null)
    const first = await it.startAgent()
    await it.create('web', { main: 'sleep 60' })
    await it.wait('web', 'runs', ({ status }) => status?.containerStatuses?.[0]?.state?.running !== undefined)
    await first.close({ keepPods: true })
    await it.startAgent()
    await it.client.mutate('mutation { deletePod(name: "web") { name } }')
    await until('the pod is gone', () => it.pod('web') === undefined)
    const read = async (): Promise<string[]> => {
      const query = '{ events(first: 50) { nodes { message count } } }'
      const data = await it.client.query<{ events: { nodes: { message: string; count: number }[] } }>(query)
      return data.events.nodes.map(({ message, count }) => `${message} ${count}`)
    }
    let events = await read()
    for (let looks = 0; looks < 500 && events.length < 3; looks += 1) events = await read()
    expect(events.toSorted()).toEqual([
      'Created container: main 1',
      'Started container main 1',
      'Stopping container main 1',
    ])
  })
})
