import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../src/client/client.ts'
import { line, myriad } from './support/myriad.ts'

const product = myriad()
const patience = { timeout: 20_000, interval: 20 }

it('a watch and an informer go on over kill -9 of the server, with each change once and in order', async () => {
  const folder = product.newFolder()
  const start = async (port: string) => {
    const server = product.start('server', '--controller', 'none', '--data', folder, '--port', port)
    const [, url = ''] = await line(server, /ready url="([^"]+)"/)
    return { process: server.process, url }
  }
  let server = await start('0')
  const client = connect({ url: server.url, webSocketImpl: WebSocket, retryWaitMs: () => 50 })
  const heard: string[] = []
  let hasBegun = (): void => {}
  const begun = new Promise<void>((resolve) => {
    hasBegun = resolve
  })
  const watching = (async () => {
    for await (const { type, object } of client.pods.watch({ labelSelector: 'app=web', onBookmark: hasBegun })) {
      heard.push(`${type} ${object.metadata.name}`)
      if (object.metadata.name === 'last') break
    }
  })()
  const informer = client.pods.inform()
  // What comes and goes before a watch has begun is not its to tell.
  await begun
  const create = (name: string) =>
    client.pods.create({
      metadata: { name, labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'none' }] },
    })
  const expected: string[] = []
  for (let round = 0; round < 3; round += 1) {
    await create(`a${round}`)
    await create(`b${round}`)
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    server = await start(new URL(server.url).port)
    await client.pods.delete({ name: `a${round}`, gracePeriodSeconds: 0 })
    expected.push(`ADDED a${round}`, `ADDED b${round}`, `DELETED a${round}`)
  }
  await create('last')
  await watching
  expect(heard).toEqual([...expected, 'ADDED last'])
  const names = () => informer.list().map(({ metadata }) => metadata.name)
  await vi.waitFor(() => expect(names().sort()).toEqual(['b0', 'b1', 'b2', 'last']), patience)
  informer.close()
  client.close()
}, 60_000)
