import { expect, it } from 'vitest'
import { connect } from '../../src/client/client.ts'
import type { Server } from '../../src/server/server.ts'
import { line } from '../faults/support/myriad.ts'
import { testServers } from '../support/test-server.ts'
import { example, exampleByScript, missingProgram, token } from './support/examples.ts'

const servers = testServers()
const tokens = { admin: token }
const examples = {
  'watch-pods': example('watch-pods'),
  'apollo-client': example('apollo-client'),
  urql: example('urql'),
  'events-over-sse': exampleByScript('events-over-sse'),
}

function isRunnable(name: keyof typeof examples): boolean {
  return name !== 'events-over-sse' || missingProgram === undefined
}
if (missingProgram !== undefined) it.skip(`events-over-sse needs ${missingProgram}`)

/** What an example prints of an event of the pod `NAME`. */
const words: Readonly<Record<keyof typeof examples, string>> = {
  'watch-pods': 'default/NAME  new → Pending',
  'apollo-client': 'ADDED NAME Pending',
  urql: 'ADDED NAME Pending',
  'events-over-sse': '{"type":"ADDED","resourceVersion":"\\d+","pod":{"name":"NAME"',
}

/** Makes a pod; each time by a connection of its own, so that none is open when the server is to end. */
async function makePod(server: Server, name: string): Promise<void> {
  const client = connect({ url: server.url, token })
  await client.pods.apply({ metadata: { name }, spec: { containers: [{ name: 'main', image: 'none' }] } })
  client.close()
}

it.each((Object.keys(examples) as (keyof typeof examples)[]).filter(isRunnable))(
  '%s tells each event once, also those of while the connection was lost',
  async (name) => {
    const file = servers.newFile()
    const server = await servers.start({ file, tokens })
    await makePod(server, 'before')
    const running = examples[name](server.url)
    await line(running, /before/)
    await makePod(server, 'first')
    await line(running, new RegExp(words[name].replace('NAME', 'first')))
    const { port } = server
    await server.close()
    // Whoever connects to this one sees only what it makes up for.
    const hidden = await servers.start({ file, tokens })
    await makePod(hidden, 'meanwhile')
    await hidden.close()
    const again = await servers.start({ file, port, tokens })
    await line(running, new RegExp(words[name].replace('NAME', 'meanwhile')))
    await makePod(again, 'last')
    await line(running, new RegExp(words[name].replace('NAME', 'last')))
    const told = running.lines.flatMap((text) => /\b(before|first|meanwhile|last)\b/.exec(text)?.[1] ?? [])
    expect(told).toEqual(['before', 'first', 'meanwhile', 'last'])
  },
)

it.each((['apollo-client', 'urql', 'events-over-sse'] as const).filter(isRunnable))(
  '%s ends with what the server says when it cannot go on where it was',
  async (name) => {
    const server = await servers.start()
    await makePod(server, 'first')
    const running = examples[name](server.url)
    await line(running, name === 'events-over-sse' ? /BOOKMARK/ : /^connected/)
    const { port } = server
    await server.close()
    // Another database: its log is not the one in which the example has a place.
    await servers.start({ port })
    expect(await running.ended).toBe(1)
    expect(running.lines.join('\n')).toMatch(/resourceVersion \d+ lies in the future/)
  },
)
