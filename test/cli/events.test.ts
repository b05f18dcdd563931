import { describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { type Ran, run, start } from './support/command-line.ts'
import { applyManifests, podManifest } from './support/manifests.ts'

const servers = testServers()

async function cluster(): Promise<(...args: string[]) => Promise<Ran>> {
  const server = await servers.start()
  const url = `${server.url}/graphql`
  const event = (name: string, part: object, about = 'web'): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: 'default' },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: about },
      source: { component: 'test' },
      ...part,
    })
  await applyManifests(url, [
    podManifest({ name: 'web' }),
    event('late', { type: 'Warning', reason: 'BackOff', message: 'it fails', lastTimestamp: '2026-01-01T00:00:50Z' }),
    event('early', { type: 'Normal', reason: 'Started', message: 'it runs', lastTimestamp: '2026-01-01T00:00:10Z' }),
    event('other', { type: 'Normal', reason: 'Seen', message: 'hm', lastTimestamp: '2026-01-01T00:00:40Z' }, 'db'),
  ])
  return (...args) => run(['events', ...args], { url, now: () => Date.parse('2026-01-01T00:01:00Z') })
}

describe('myriad events', () => {
  it('shows what was told, the oldest first', async () => {
    const events = await cluster()
    expect((await events()).output).toMatchInlineSnapshot(`
      "LAST SEEN   TYPE      REASON    OBJECT    MESSAGE
      50s         Normal    Started   pod/web   it runs
      20s         Normal    Seen      pod/db    hm
      10s         Warning   BackOff   pod/web   it fails
      "
    `)
  })

  it('goes on with what is told, each event in a row below the others', async () => {
    const server = await servers.start()
    const url = `${server.url}/graphql`
    const told = (name: string): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace: 'default' },
        involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'web' },
        reason: name,
      })
    await applyManifests(url, [told('first')])
    const watch = start(['events', 'pod/web', '-w', '-o', 'name'], { url })
    await watch.until((output) => output === 'event/first\n')
    await applyManifests(url, [told('second')])
    await watch.until((output) => output === 'event/first\nevent/second\n')
    watch.interrupt()
    expect((await watch.ended).exitCode).toBe(130)
    const table = start(['get', 'events', '-w'], { url, terminal: { width: 80, height: 24 } })
    await table.until((output) => output.includes('second'))
    table.interrupt()
    const { output } = await table.ended
    expect(output.split('\n').map((line) => line.split(/ {2,}/)[2])).toEqual(['REASON', 'first', 'second', undefined])
  })

  it.each([
    [['pod/web'], 'early late'],
    [['--for', 'po/web'], 'early late'],
    [['--types', 'warning'], 'late'],
    [['--types', 'Normal,Warning', 'po/db'], 'other'],
    [['-A'], 'early other late'],
  ])('shows those that are meant: %j', async (args, names) => {
    const events = await cluster()
    const { output } = await events(...args, '-o', 'name')
    expect(output.trim().replaceAll('event/', '').replaceAll('\n', ' ')).toBe(names)
  })

  it.each([
    [['pod/nope'], 0, 'No events found in default namespace.\n'],
    [['-A', 'pod/nope'], 0, 'No events found.\n'],
    [['pod'], 2, 'error: "pod" must be of the form KIND/NAME\n'],
    [['pod/a', '--for', 'pod/b'], 2, 'error: say the object once: KIND/NAME, or --for\n'],
    [['--types', 'Odd'], 2, 'error: --types must be Normal or Warning, not "Odd"\n'],
  ])('says what is wrong: %j', async (args, code, message) => {
    const events = await cluster()
    const { errors, exitCode } = await events(...args)
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })
})
