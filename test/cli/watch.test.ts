import { describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { start } from './support/command-line.ts'
import { applyManifests, deletePod, podManifest } from './support/manifests.ts'
import { TestTerminal } from './support/test-terminal.ts'

const servers = testServers()

async function serverWithPods(...names: string[]): Promise<string> {
  const server = await servers.start()
  const url = `${server.url}/graphql`
  if (names.length === 0) return url
  await applyManifests(
    url,
    names.map((name) => podManifest({ name })),
  )
  return url
}

describe('myriad get --watch', () => {
  it('prints the present objects, then a row for each event, below each other', async () => {
    const url = await serverWithPods('b', 'a')
    const watch = start(['get', 'po', '-w'], { url })
    await watch.until((output) => output.split('\n').length === 4)
    await applyManifests(url, [podManifest({ name: 'long-name', labels: { a: 'b' } })])
    await watch.until((output) => output.includes('long-name'))
    await deletePod(url, 'a')
    await watch.until((output) => output.split('\n').length === 6)
    watch.interrupt()
    const { output, exitCode } = await watch.ended
    expect(output.replaceAll(/\d+s$/gm, 'Ns')).toMatchInlineSnapshot(`
      "NAME   READY   STATUS    RESTARTS   AGE
      a      0/1     Pending   0          Ns
      b      0/1     Pending   0          Ns
      long-name   0/1     Pending   0          Ns
      a           0/1     Pending   0          Ns
      "
    `)
    expect(exitCode).toBe(130)
  })

  it('can leave out what is there, and tell what happened', async () => {
    const url = await serverWithPods('a')
    const watch = start(['get', 'po', '--watch-only', '--output-watch-events', '--no-headers'], { url })
    // Nothing tells when it has begun to watch, so pods are made until it hears of one.
    for (let count = 0; watch.output() === ''; count += 1)
      await applyManifests(url, [podManifest({ name: `b${count}` })])
    watch.interrupt()
    const { output } = await watch.ended
    expect(output).toMatch(/^ADDED {6}b\d+ +0\/1 +Pending +0 +\d+s\n/)
    expect(output).not.toContain('ADDED      a ')
  })

  it.each([
    ['name', ['-o', 'name'], 'pod/a\npod/b\npod/c\n'],
    ['another field', ['-o', 'name', '--sort-by', '.metadata.labels.at'], 'pod/c\npod/a\npod/b\n'],
  ])('prints the present objects in the order of their %s for programs too', async (_, flags, expected) => {
    const url = await serverWithPods()
    const pods = { c: '1', b: '3', a: '2' }
    for (const [name, at] of Object.entries(pods)) await applyManifests(url, [podManifest({ name, labels: { at } })])
    const watch = start(['get', 'po', '-w', ...flags], { url })
    await watch.until((output) => output.split('\n').length > 3)
    watch.interrupt()
    expect((await watch.ended).output).toBe(expected)
  })

  it('ends by itself when it may not go on for longer', async () => {
    const url = await serverWithPods('a')
    const { output, exitCode } = await start(['get', 'po', '-w', '--no-headers', '--request-timeout=1s'], { url }).ended
    expect(output).toMatch(/^a +0\/1 /)
    expect(exitCode).toBe(0)
  })

  it('does not wait for who is not there', async () => {
    const url = await serverWithPods('a')
    const { errors, exitCode } = await start(['get', 'po', 'a', 'nobody', '-w'], { url }).ended
    expect(errors).toBe('Error from server (NotFound): pods "nobody" not found\n')
    expect(exitCode).toBe(1)
  })

  it('watches objects by their names, as names, JSON or YAML', async () => {
    const url = await serverWithPods('a', 'b')
    const names = start(['get', 'po', 'b', '-w', '-o', 'name'], { url })
    const yaml = start(['get', 'po', '-w', '-o', 'yaml'], { url })
    await names.until((output) => output !== '')
    await yaml.until((output) => output.includes('name: b'))
    await deletePod(url, 'a')
    await deletePod(url, 'b')
    await names.until((output) => output.split('\n').length === 3)
    names.interrupt()
    yaml.interrupt()
    expect((await names.ended).output).toBe('pod/b\npod/b\n')
    expect((await yaml.ended).output.split('---\n').length).toBeGreaterThan(1)
  })

  it('keeps a table up to date on a terminal, and leaves it there', async () => {
    const url = await serverWithPods('a', 'b', 'c')
    const size = { width: 40, height: 6 }
    const watch = start(['get', 'po', '-w'], { url, terminal: size, environment: { NO_COLOR: '1' } })
    const shown = (): string[] => {
      const terminal = new TestTerminal(size)
      terminal.write(watch.output())
      return terminal.lines().map((line) => line.split(/\s+/)[0] ?? '')
    }
    await watch.until(() => shown().join(' ') === 'NAME a b c')
    await applyManifests(url, [podManifest({ name: 'bb' }), podManifest({ name: 'd' })])
    await watch.until(() => shown().join(' ') === 'NAME a b bb …')
    await deletePod(url, 'a')
    await deletePod(url, 'bb')
    await watch.until(() => shown().join(' ') === 'NAME b c d')
    watch.interrupt()
    const { output } = await watch.ended
    expect(shown().join(' ')).toBe('NAME b c d')
    expect(output).toContain('\u001b[?25l')
    expect(output.endsWith('\u001b[?25h')).toBe(true)
  })

  it('says on a terminal that it waits while there is nothing', async () => {
    const url = await serverWithPods()
    const watch = start(['get', 'po', '-w'], { url, terminal: { width: 80, height: 24 } })
    await watch.until((output) => output.includes('No resources found; waiting for the first.'))
    await applyManifests(url, [podManifest({ name: 'a' })])
    await watch.until((output) => output.includes('Pending'))
    watch.interrupt()
    expect((await watch.ended).exitCode).toBe(130)
  })

  it('goes on by itself when the server was away', async () => {
    const file = servers.newFile()
    const first = await servers.start({ file })
    const { url: origin, port } = first
    const url = `${origin}/graphql`
    await applyManifests(url, [podManifest({ name: 'a' })])
    const watch = start(['get', 'po', '-w', '-o', 'name'], { url })
    await watch.until((output) => output === 'pod/a\n')
    await first.close()
    await watch.until((_, errors) => errors !== '')
    await servers.start({ file, port })
    await applyManifests(url, [podManifest({ name: 'b' })])
    await watch.until((output) => output.includes('pod/b'))
    watch.interrupt()
    const { output, exitCode } = await watch.ended
    expect([output, exitCode]).toEqual(['pod/a\npod/b\n', 130])
  })

  it('passes on what the server refuses', async () => {
    const url = await serverWithPods()
    const { errors, exitCode } = await start(['get', 'po', '-w', '-l', 'a in b'], { url }).ended
    expect(errors).toMatch(/^Error from server \(Invalid\): /)
    expect(exitCode).toBe(1)
  })
})
