import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { smallDiskLack, smallDisks } from '../support/small-disk.ts'
import { myriad, type PodView } from './support/myriad.ts'

// What is set up first is cleaned up last: what works on a disk ends before that goes.
const newDisk = smallDisks()
const product = myriad()
const needs = smallDiskLack === undefined ? '' : ` (needs ${smallDiskLack})`
const patience = { timeout: 15_000, interval: 50 }

function podOf(name: string, text = '') {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, annotations: { text } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'none', command: ['sleep', '1000'] }],
    },
  })
}

const apply = (url: string, manifests: string) =>
  product.ask(url, 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }', { manifests })

async function podsOf(url: string): Promise<PodView[]> {
  const query = `{ pods(first: 500) { nodes { name status { phase containerStatuses { restartCount containerID state { waiting { reason message } } lastState { terminated { reason message } } } } } } }`
  return (await product.ask<{ pods: { nodes: PodView[] } }>(url, query)).pods.nodes
}

const pidOf = (pod: PodView | undefined): number =>
  Number(/\d+/.exec(pod?.status.containerStatuses?.[0]?.containerID ?? '')?.[0])

describe.skipIf(smallDiskLack !== undefined)(`a full disk${needs}`, () => {
  it('of the server: writes are refused and told, reads and watches go on, and so do writes once there is space', async () => {
    const disk = newDisk(8)
    const server = product.start('server', '--data', join(disk.folder, 'data'), '--port', '0')
    const [, url = ''] = await product.line(server, /ready url="([^"]+)"/)
    const place = new URL(url)
    const health = async (path: string) => {
      const response = await fetch(new URL(path, place))
      return `${response.status} ${await response.text()}`
    }
    disk.fill()
    const made: string[] = []
    let refusal: { code?: string; message?: string } = {}
    for (let count = 0; refusal.code === undefined && count < 500; count += 1) {
      await apply(url, podOf(`p${count}`, 'x'.repeat(20_000))).then(
        () => made.push(`p${count}`),
        (error: unknown) => (refusal = error as typeof refusal),
      )
    }
    expect(refusal).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/is full.*ENOSPC.*make space/) as string,
    })
    expect((await podsOf(url)).map(({ name }) => name).sort()).toEqual(made.toSorted())
    expect(await health('/readyz')).toMatch(/^503 the database .* cannot be written .*make space/)
    expect(await health('/healthz')).toMatch(/^200 ok, but the database/)
    await product.line(server, /WARN {2}the server cannot write: the database .* make space/)
    disk.free()
    await vi.waitFor(async () => expect(await health('/readyz')).toBe('200 ok\n'), patience)
    await product.line(server, /INFO {2}the server can write to the database again/)
    await apply(url, podOf('last'))
    expect((await podsOf(url)).map(({ name }) => name).sort()).toEqual([...made, 'last'].toSorted())
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  it('of an agent: pods go on and their status is told, others wait with a reason, and start once there is space', async () => {
    const disk = newDisk(1)
    const server = product.start('server', '--data', product.newFolder(), '--port', '0')
    const [, url = ''] = await product.line(server, /ready url="([^"]+)"/)
    const agent = product.start(
      'agent',
      '--url',
      url,
      '--node-name',
      'box',
      '--pod-network',
      'loopback',
      '--data',
      disk.folder,
    )
    await product.line(agent, /registered/)
    const find = async (name: string) => (await podsOf(url)).find((pod) => pod.name === name)
    await apply(url, podOf('early'))
    await vi.waitFor(async () => expect((await find('early'))?.status.phase).toBe('Running'), patience)
    const early = await find('early')
    disk.fill()
    await apply(url, podOf('late'))
    await vi.waitFor(async () => {
      expect(JSON.stringify((await find('late'))?.status)).toMatch(/no space left on .*/)
    }, patience)
    await product.line(
      agent,
      /WARN {2}agent: a (container|pod) could not be (started|opened) .*pod="late".*no space left/,
    )
    expect(await find('early')).toEqual(early)
    disk.free()
    await vi.waitFor(async () => expect((await find('late'))?.status.phase).toBe('Running'), {
      ...patience,
      timeout: 40_000,
    })
    expect(startTicksOf(pidOf(early))).not.toBeNull()
    agent.process.kill('SIGTERM')
    expect(await agent.ended).toBe(0)
  }, 60_000)
})
