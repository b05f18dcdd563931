import { expect, it } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { PodEventView } from '../../src/demo/pod-view.ts'
import { PodWatch } from '../../src/demo/pod-watch.ts'
import { portInLog } from '../../src/demo/web-server.ts'

const at = '2026-01-01T00:00:00Z'
const added = (uid: string): PodEventView => ({ type: 'ADDED', at, pod: { name: uid, uid, metadata: {} } })
const quiet = new AbortController().signal

/** A client whose only subscription brings these events and then does as told. */
function clientOf(events: readonly PodEventView[], end: () => Promise<void>): Client {
  const subscribe = async function* () {
    for (const podEvents of events) yield { podEvents }
    await end()
  }
  return { subscribe } as unknown as Client
}

function watchOf(events: readonly PodEventView[], end: () => Promise<void> = () => new Promise(() => {})): PodWatch {
  return new PodWatch(clientOf(events, end), { labelSelector: 'app=web', onEvent: () => {} })
}

it('waits until the events have made it so', async () => {
  const watch = watchOf([added('a'), added('b'), { ...added('a'), type: 'DELETED' }])
  await watch.until('b is left alone', (pods) => pods.length === 1 && pods[0]?.name === 'b', quiet)
  expect(watch.pods.map(({ name }) => name)).toEqual(['b'])
})

it('given up, it says what it was waiting for and what there is', async () => {
  const giveUp = new AbortController()
  const watch = watchOf([added('a')])
  await watch.until('a is there', (pods) => pods.length === 1, quiet)
  const waiting = watch.until('2 pods are there', (pods) => pods.length === 2, giveUp.signal)
  giveUp.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('it was waiting until 2 pods are there; the pods are: a Pending')
})

it('a stream that breaks off ends the waiting', async () => {
  const watch = watchOf([], () => Promise.reject(new Error('line cut')))
  await expect(watch.until('a pod is there', () => false, quiet)).rejects.toThrow(
    'the stream of pod events broke off (line cut); it was waiting until a pod is there; there is no pod',
  )
})

it('the port is read from a line of the log that has been written whole', () => {
  const line = '2026-01-01T00:00:00.000000000Z stdout F listening on port 40123'
  expect([portInLog(''), portInLog(line), portInLog(`${line}\n`)]).toEqual([undefined, undefined, 40123])
})
