import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RequestError } from '../../src/client/request-error.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { LogRelay } from '../../src/watch/log-relay.ts'
import { builtProgram } from '../support/built-program.ts'
import { type Batch, containerOf, type LogCluster, logClusters, textOf } from '../support/log-cluster.ts'
import { talkTo } from '../support/test-server.ts'
import { until } from './support/until.ts'

const cluster = logClusters()
const program = builtProgram(new URL('programs/agent.ts', import.meta.url))

afterEach(() => {
  vi.restoreAllMocks()
})

const mainOf = ({ status }: Pod) => status?.containerStatuses?.[0]
const isRunning = (pod: Pod) => mainOf(pod)?.state?.running !== undefined
const hasEnded = (pod: Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
const never = { restartPolicy: 'Never' }

function folderOf({ dataFolder }: LogCluster, pod: Pod | undefined): string {
  return join(dataFolder, 'nodes/box/pods', `default_${pod?.metadata.name}_${pod?.metadata.uid}`)
}

function textIn(result: IteratorResult<{ readonly podLogs: Batch }>): string | undefined {
  return result.done === true ? undefined : result.value.podLogs.text
}

function refusalOf(promise: Promise<unknown>): Promise<RequestError> {
  return promise.then(
    (value) => {
      throw new Error(`not refused: ${JSON.stringify(value)}`)
    },
    (error: unknown) => error as RequestError,
  )
}

/** A script that goes on when a file is there. */
const afterwards = (file: string) => `until [ -e ${file} ]; do sleep 0.02; done`

describe('pod.logs', () => {
  it('is what the container has written, as kubectl prints it', async () => {
    const it = await cluster()
    await it.create('web', { main: 'echo one; echo two >&2; sleep 0.05; printf three' }, never)
    await it.wait('web', 'has ended', hasEnded)
    expect((await it.logs('web')).split('\n').toSorted()).toEqual(['', 'one', 'three', 'two'])
    expect(await it.logs('web', '(tailLines: 1)')).toBe('three\n')
    expect(await it.logs('web', '(tailLines: 0)')).toBe('')
    expect(await it.logs('web', '(limitBytes: 2)')).toMatch(/^(?:on|tw)$/)
    expect(await it.logs('web', '(tailLines: 1, timestamps: true)')).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z three\n$/,
    )
  })

  it('begins at a time, and seconds ago', async () => {
    const it = await cluster()
    await it.create('web', { main: 'echo one; sleep 0.1; echo two' }, never)
    await it.wait('web', 'has ended', hasEnded)
    const time = (await it.logs('web', '(tailLines: 1, timestamps: true)')).split(' ')[0]
    expect(await it.logs('web', `(sinceTime: "${time}")`)).toBe('two\n')
    expect(await it.logs('web', '(sinceTime: "2099-01-01T00:00:00Z")')).toBe('')
    expect(await it.logs('web', '(sinceSeconds: 600)')).toBe('one\ntwo\n')
  })

  it('is of the container that is named, init containers included, or of the default one', async () => {
    const it = await cluster()
    const initContainers = [containerOf('setup', 'echo prepared')]
    await it.create('web', { a: 'echo of a', b: 'echo of b' }, { ...never, initContainers })
    await it.wait('web', 'has ended', hasEnded)
    expect(await it.logs('web', '(container: "a")')).toBe('of a\n')
    expect(await it.logs('web', '(container: "b")')).toBe('of b\n')
    expect(await it.logs('web', '(container: "setup")')).toBe('prepared\n')
    const choice =
      'a container name must be specified for pod web, choose one of: [a b] or one of the init containers: [setup]'
    expect(await refusalOf(it.logs('web'))).toMatchObject({ code: 'INVALID', message: choice })
    const annotations = { 'kubectl.kubernetes.io/default-container': 'b' }
    await it.client.mutate('mutation ($input: PodInput!) { updatePod(input: $input) { name } }', {
      input: { metadata: { name: 'web', annotations }, spec: it.pod('web')?.spec },
    })
    expect(await it.logs('web')).toBe('of b\n')
  })

  it('is of the run before after a crash, if that is asked for', async () => {
    const it = await cluster()
    const mark = join(it.dataFolder, 'mark')
    await it.create('web', {
      main: `if [ -e ${mark} ]; then echo second; sleep 60; fi; touch ${mark}; echo first; exit 1`,
    })
    await it.wait('web', 'runs again', (pod) => mainOf(pod)?.restartCount === 1 && isRunning(pod))
    await until('it has written', () => existsSync(join(folderOf(it, it.pod('web')), 'logs/main/1.log')))
    expect(await it.logs('web', '(previous: true)')).toBe('first\n')
    expect(await textOf(it.follow('web', ', previous: true'))).toBe('first\n')
  })

  it('can be read until the pod is removed, also after the agent has come back', async () => {
    const it = await cluster({}, null)
    const first = await it.startAgent()
    await it.create('web', { main: 'echo done' }, never)
    await it.wait('web', 'has ended', hasEnded)
    await first.close()
    await it.startAgent()
    expect(await it.logs('web')).toBe('done\n')
  })

  it('is refused when it is too large for one text, and can be had in parts', async () => {
    const it = await cluster()
    await it.create('web', { main: 'head -c 9000000 /dev/zero | tr "\\0" "a" | fold -w 99' }, never)
    await it.wait('web', 'has ended', hasEnded)
    const refusal = await refusalOf(it.logs('web'))
    expect(refusal).toMatchObject({ code: 'INVALID', causes: [{ field: 'limitBytes' }] })
    expect(refusal.message).toContain('is larger than 8388608 bytes')
    expect((await it.logs('web', '(limitBytes: 1000000)')).length).toBe(1_000_000)
    expect((await textOf(it.follow('web', ', follow: false'))).replaceAll('\n', '').length).toBe(9_000_000)
  })

  it('of 100 GB costs what is asked for', async () => {
    const it = await cluster()
    await it.create('web', { main: 'echo end' }, never)
    await it.wait('web', 'has ended', hasEnded)
    const file = openSync(join(folderOf(it, it.pod('web')), 'logs/main/0.log'), 'r+')
    const line = `2026-01-01T00:00:00.000000000Z stdout F ${'x'.repeat(80)}\n`
    writeSync(file, `\n${line.repeat(100_000)}`, 100 * 1024 ** 3)
    closeSync(file)
    expect(await it.logs('web', '(tailLines: 10)')).toBe(`${'x'.repeat(80)}\n`.repeat(10))
    expect((await it.logs('web', '(tailLines: 90000)')).length).toBe(81 * 90_000)
  })
})

describe('the subscription podLogs', () => {
  it('goes on until the container ends, and not into its next run', async () => {
    const it = await cluster()
    const go = join(it.dataFolder, 'go')
    await it.create('web', {
      main: `echo "run $(ls ${it.dataFolder} | grep -c go)"; ${afterwards(go)}; echo last; exit 1`,
    })
    await it.wait('web', 'runs', isRunning)
    const batches = it.follow('web')
    const first = await batches.next()
    expect(first.value).toEqual({ podLogs: { container: 'main', restartCount: 0, text: 'run 0\n' } })
    writeFileSync(go, '')
    expect(await textOf(batches)).toBe('last\n')
    await it.wait('web', 'was restarted', (pod) => (mainOf(pod)?.restartCount ?? 0) > 0)
    expect(await it.logs('web', '(previous: true)')).toContain('last\n')
  })

  it('goes on over the rotation of the log, each line once and in order', async () => {
    const it = await cluster()
    const go = join(it.dataFolder, 'go')
    const count = 800_000
    await it.create('web', { main: `${afterwards(go)}; seq -f "%012.0f" 1 ${count}` }, never)
    await it.wait('web', 'runs', isRunning)
    const batches = it.follow('web')
    writeFileSync(go, '')
    let next = 1
    for await (const { podLogs } of batches) {
      for (const line of podLogs.text.split('\n').slice(0, -1)) {
        if (Number(line) !== next) throw new Error(`line ${line} came instead of ${next}`)
        next += 1
      }
    }
    expect(next - 1).toBe(count)
    const folder = join(folderOf(it, it.pod('web')), 'logs/main')
    expect(readdirSync(folder).length).toBeGreaterThan(3)
  })

  it('over SSE begins with the last lines and ends like any other', async () => {
    const it = await cluster()
    await it.create('web', { main: 'seq 5' }, never)
    await it.wait('web', 'has ended', hasEnded)
    const ask = async (query: string): Promise<string> => {
      const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
      const body = JSON.stringify({ query })
      return (await fetch(`${it.server.url}/graphql`, { method: 'POST', headers, body })).text()
    }
    const told = await ask('subscription { podLogs(name: "web", tailLines: 2) { lines { stream text partial } } }')
    const lines = [4, 5].map((number) => ({ stream: 'stdout', text: String(number), partial: false }))
    expect(told).toContain(JSON.stringify({ data: { podLogs: { lines } } }))
    expect(told).toMatch(/event: complete\ndata:\s*$/)
    expect(await ask('subscription { podLogs(name: "none") { text } }')).toContain('"code":"NOT_FOUND"')
    expect(await ask('subscription { podEvents { pod { logs } } }')).toContain('Pod.logs cannot be selected in a watch')
    expect(it.faults).toEqual([])
  })
})

describe('a reader of a log', () => {
  const endless = 'while :; do echo line; sleep 0.02; done'
  const figure = async ({ server }: LogCluster, name: string): Promise<number> =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])

  it.each([
    ['a WebSocket', readSlowlyOverWebSocket],
    ['SSE', readSlowlyOverSse],
  ])('that is slow over %s stops the reading, and then misses nothing', async (_, readSlowly) => {
    const it = await cluster()
    const lines = 300_000
    await it.create('web', { main: `seq -f "%099.0f" 1 ${lines}` }, never)
    await it.wait('web', 'has ended', hasEnded)
    const send = vi.spyOn(LogRelay.prototype, 'send')
    const reading = await readSlowly(it, 'subscription { podLogs(name: "web") { text } }')
    let before = -1
    await untilStill(() => {
      const { length } = send.mock.calls
      const isStill = length > 0 && length === before
      before = length
      return isStill
    })
    // What fits into the buffers of two sockets, out of 30 MB.
    const asked = send.mock.calls.length
    expect(asked).toBeLessThan(400)
    expect(await figure(it, 'myriad_log_streams')).toBe(1)
    const all = (await reading.rest())
      .map((result) => (JSON.parse(result) as { data: { podLogs: { text: string } } }).data.podLogs.text)
      .join('')
    expect(all.length).toBe(100 * lines)
    expect(send.mock.calls.length).toBeGreaterThan(asked)
  })

  it('that leaves ends the reading', async () => {
    const it = await cluster()
    await it.create('web', { main: endless })
    await it.wait('web', 'runs', isRunning)
    const connections = await figure(it, 'myriad_websocket_connections')
    for await (const { podLogs } of it.follow('web')) {
      expect(podLogs.text).toContain('line\n')
      break
    }
    const left = new AbortController()
    const body = JSON.stringify({ query: 'subscription { podLogs(name: "web") { text } }' })
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
    const options = { method: 'POST', headers, body, signal: left.signal }
    const response = await fetch(`${it.server.url}/graphql`, options)
    await response.body?.getReader().read()
    left.abort()
    // The agent's line for logs is closed when nobody reads any; the client's own has come.
    for (let looks = 0; ; looks += 1) {
      const still = [await figure(it, 'myriad_log_streams'), await figure(it, 'myriad_websocket_connections')]
      if (still[0] === 0 && still[1] === connections + 1) break
      if (looks > 500) throw new Error(`still there: ${String(still)}`)
    }
  })

  it('hears when the agent is killed, and reads on when there is another one', async () => {
    const it = await cluster({}, null)
    const first = program.start(`${it.server.url}/graphql`, it.dataFolder)
    await it.create('web', { main: endless })
    await it.wait('web', 'runs', isRunning)
    const batches = it.follow('web')
    await batches.next()
    first.process.kill('SIGKILL')
    const refusal = await refusalOf(textOf(batches))
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE' })
    expect(refusal.message).toBe('node "box" does not answer any more: the connection of its agent was lost')
    await first.ended
    const next = it.follow('web').next()
    await it.startAgent()
    expect(textIn(await next)).toContain('line\n')
  })

  it('hears when the server ends, and reads on when it is back', async () => {
    const it = await cluster()
    await it.create('web', { main: endless })
    await it.wait('web', 'runs', isRunning)
    const batches = it.follow('web')
    await batches.next()
    const end = refusalOf(textOf(batches))
    await it.restartServer()
    expect(await end).toMatchObject({ code: 'UNAVAILABLE' })
    const again = it.follow('web', ', tailLines: 1')
    expect(textIn(await again.next())).toBe('line\n')
    await again.return?.()
  })

  it('hears which node does not answer', async () => {
    const it = await cluster({ limits: { logAnswerMsMax: 100 } })
    await it.create('web', { main: endless }, { nodeName: 'elsewhere' })
    const { uid } = it.pod('web')?.metadata ?? {}
    const state = { running: { startedAt: '2026-01-01T00:00:00Z' } }
    const containerStatuses = [{ name: 'main', image: '', imageID: '', ready: true, restartCount: 0, state }]
    const reports = [{ uid, namespace: 'default', name: 'web', status: { phase: 'Running', containerStatuses } }]
    const report = 'mutation ($reports: [PodStatusReport!]!) { reportPodStatuses(reports: $reports) { result } }'
    await it.client.mutate(report, { reports })
    const message = 'node "elsewhere" does not answer: it has sent nothing of the log of pod "web" for 0.1 s'
    expect(await refusalOf(it.logs('web'))).toMatchObject({ code: 'UNAVAILABLE', message })
    expect(await refusalOf(textOf(it.follow('web')))).toMatchObject({ code: 'UNAVAILABLE', message })
  })

  it('is turned away when there are too many', async () => {
    const it = await cluster({ limits: { logStreamsMax: 1 } })
    await it.create('web', { main: endless })
    await it.wait('web', 'runs', isRunning)
    const batches = it.follow('web')
    await batches.next()
    const refusal = await refusalOf(it.logs('web'))
    expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await batches.return?.()
  })
})

/** A reader that takes nothing until it is asked for the rest: the results of a subscription, to its end. */
interface SlowReading {
  rest(): Promise<string[]>
}

async function readSlowlyOverWebSocket({ server }: LogCluster, query: string): Promise<SlowReading> {
  const talk = await talkTo(server)
  talk.socket.pause()
  talk.subscribe('logs', query)
  return {
    rest: async () => {
      talk.socket.resume()
      await talk.message(({ type, id }) => type === 'complete' && id === 'logs')
      talk.socket.close()
      return talk.messages.filter(({ type }) => type === 'next').map(({ payload }) => JSON.stringify(payload))
    },
  }
}

async function readSlowlyOverSse({ server }: LogCluster, query: string): Promise<SlowReading> {
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
  const asked = request(`${server.url}/graphql`, { method: 'POST', headers })
  asked.end(JSON.stringify({ query }))
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return {
    rest: async () => [...(await text(response)).matchAll(/^data: (\{.*)$/gm)].map(([, result]) => result ?? ''),
  }
}

/** Resolves when a look finds nothing changed since the one before, looking every 0.3 s. */
async function untilStill(isStill: () => boolean): Promise<void> {
  while (!isStill()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 300)
    })
  }
}
