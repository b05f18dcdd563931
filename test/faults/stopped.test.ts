import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { connect } from '../../src/client/client.ts'
import { line, myriad, type PodView, token } from './support/myriad.ts'

const product = myriad()
const patience = { timeout: 20_000, interval: 50 }
const keepAliveMs = 300

interface Event {
  readonly events: {
    readonly type: string
    readonly resourceVersion: string
    readonly pod: { readonly name: string } | null
  }
}

/** The server's process and the agent's; the pod `p` runs. */
async function start() {
  const server = product.start('server', '--data', product.newFolder(), '--port', '0')
  const [, url = ''] = await line(server, /ready url="([^"]+)"/)
  const agent = product.start(
    'agent',
    '--url',
    url,
    '--node-name',
    'box',
    '--pod-network',
    'loopback',
    '--data',
    product.newFolder(),
  )
  await line(agent, /registered/)
  const apply = (name: string) => {
    const containers = [{ name: 'main', image: 'none', command: ['sleep', '1000'] }]
    const manifests = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers } })
    return product.ask(url, 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }', { manifests })
  }
  const find = async (): Promise<PodView | null> =>
    (
      await product.ask<{ pod: PodView | null }>(
        url,
        '{ pod(name: "p") { name status { phase containerStatuses { restartCount containerID } } } }',
      )
    ).pod
  await apply('p')
  await vi.waitFor(async () => expect((await find())?.status.phase).toBe('Running'), patience)
  return { server, agent, url, apply, find, running: await find() }
}

describe('a process that is stopped for longer than its peers wait, and goes on', () => {
  it('the server: who follows it notices, resumes, and hears of each change once; no pod is restarted', async () => {
    const { server, url, apply, find, running } = await start()
    const client = connect({ url, webSocketImpl: WebSocket, keepAliveMs, token })
    const heard: string[] = []
    let last = '0'
    let losses = 0
    const follow = async (until: string): Promise<void> => {
      while (!heard.includes(`ADDED ${until}`)) {
        const document = `subscription ($after: ResourceVersion) { events: podEvents(after: $after, mask: false) { type resourceVersion pod { name } } }`
        try {
          for await (const { events } of client.subscribe<Event>(document, { after: last })) {
            last = events.resourceVersion
            if (events.pod !== null) heard.push(`${events.type} ${events.pod.name}`)
            if (events.pod?.name === until) break
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'UNAVAILABLE' })
          losses += 1
        }
      }
    }
    const following = follow('q')
    await vi.waitFor(() => expect(heard).toContain('ADDED p'), patience)
    server.process.kill('SIGSTOP')
    await vi.waitFor(() => expect(losses).toBeGreaterThanOrEqual(3), patience)
    server.process.kill('SIGCONT')
    await apply('q')
    await following
    expect(heard.filter((event) => event.startsWith('ADDED'))).toEqual(['ADDED p', 'ADDED q'])
    expect(await find()).toEqual(running)
    client.close()
  })

  it('an agent: it goes on where it was, with the same processes', async () => {
    const { agent, find, running } = await start()
    const pid = Number(/\d+/.exec(running?.status.containerStatuses?.[0]?.containerID ?? '')?.[0])
    agent.process.kill('SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(startTicksOf(pid)).toBeNull(), patience)
    expect(await find()).toEqual(running)
    agent.process.kill('SIGCONT')
    await vi.waitFor(
      async () => expect((await find())?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 1 }),
      patience,
    )
  })

  it('a pod: it is not restarted', async () => {
    const { find, running } = await start()
    const pid = Number(/\d+/.exec(running?.status.containerStatuses?.[0]?.containerID ?? '')?.[0])
    process.kill(pid, 'SIGSTOP')
    process.kill(pid, 'SIGCONT')
    expect(await find()).toEqual(running)
    expect(startTicksOf(pid)).not.toBeNull()
  })
})
