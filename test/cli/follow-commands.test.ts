import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { LogRelay } from '../../src/watch/log-relay.ts'
import { until } from '../agent/support/until.ts'
import { logClusters } from '../support/log-cluster.ts'
import { run, start } from './support/command-line.ts'

const clusters = logClusters()

async function cluster() {
  const made = await clusters()
  const url = `${made.server.url}/graphql`
  return {
    url,
    create: (...given: Parameters<typeof made.create>) => made.create(...given),
    wait: (...given: Parameters<typeof made.wait>) => made.wait(...given),
    restart: (...given: Parameters<typeof made.restartServer>) => made.restartServer(...given),
    dataFolder: made.dataFolder,
    myriad: (...args: string[]) => run(args, { url }),
  }
}

describe('myriad logs', () => {
  it('prints what was written, of one pod and of several', async () => {
    const { myriad, create, wait } = await cluster()
    await create('one', { a: 'echo 1; echo 2', b: 'echo 3' }, { restartPolicy: 'Never' })
    await wait('one', 'has ended', ({ status }) => status?.phase === 'Succeeded')
    const usual = await myriad('logs', 'one')
    expect([usual.output, usual.errors]).toEqual(['1\n2\n', 'Defaulted container "a" out of: a, b\n'])
    expect((await myriad('logs', 'pod/one', '-c', 'b')).output).toBe('3\n')
    expect((await myriad('logs', 'one', 'a', '--tail', '1')).output).toBe('2\n')
    expect((await myriad('logs', 'one', '--all-containers', '--prefix')).output).toBe(
      '[pod/one/a] 1\n[pod/one/a] 2\n[pod/one/b] 3\n',
    )
    expect((await myriad('logs', 'one', 'a', '--timestamps')).output).toMatch(/^\d{4}-\d\d-\d\dT.*Z 1\n/)
    expect((await myriad('logs', 'one', 'a', '--limit-bytes', '3')).output).toBe('1\n2')
    expect((await myriad('logs', 'one', '-c', 'x')).errors).toBe(
      'error: container x is not valid for pod one; it has a, b\n',
    )
    expect((await myriad('logs', 'nix')).errors).toBe('Error from server (NotFound): pods "nix" not found\n')
    expect((await myriad('logs', 'one', '-p', '-c', 'a')).errors).toContain('previous terminated container "a"')
    expect((await myriad('logs')).exitCode).toBe(2)
    expect((await myriad('logs', 'one', '--since', 'x')).exitCode).toBe(2)
  })

  it('goes on over restarts of the container, each line once, until Ctrl-C', async () => {
    const { url, create, wait } = await cluster()
    await create('one', { a: 'echo begin; sleep 1; echo end; exit 1' })
    await wait('one', 'runs', ({ status }) => status?.containerStatuses?.[0]?.state?.running !== undefined)
    const following = start(['logs', 'one', '-f'], { url })
    await following.until((output) => output === 'begin\nend\nbegin\nend\n')
    following.interrupt()
    expect((await following.ended).exitCode).toBe(130)
  })

  it('goes on over a restart of the server, each line once, and ends with the container', async () => {
    const { url, create, wait, restart } = await cluster()
    await create('one', { a: 'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.3; done' }, { restartPolicy: 'Never' })
    await wait('one', 'runs', ({ status }) => status?.containerStatuses?.[0]?.state?.running !== undefined)
    const following = start(['logs', 'one', '-f'], { url })
    await following.until((output) => output.includes('2\n'))
    await restart()
    expect(await following.ended).toMatchObject({ exitCode: 0, output: '1\n2\n3\n4\n5\n6\n7\n8\n' })
  })

  it.each([
    ['a silent one', '', [], 'while it was down\nafterwards\n'],
    ['one without its past', 'echo past; echo past', ['--tail=0'], 'while it was down\nafterwards\n'],
    [
      'one of whose moment only a part is wanted',
      'printf "a\\nb\\n"',
      ['--tail=1'],
      'b\nwhile it was down\nafterwards\n',
    ],
    ['one that was silent since then', 'echo past', ['--since-time=2999-01-01T00:00:00Z'], ''],
  ])('goes on with %s over a restart of the server', async (_, past, flags, expected) => {
    const { url, create, wait, restart, dataFolder } = await cluster()
    const [go, gone, end] = ['go', 'gone', 'end'].map((name) => join(dataFolder, name)) as [string, string, string]
    const awaitFile = (file: string) => `while [ ! -e ${file} ]; do sleep 0.05; done`
    const script = [past, awaitFile(go), 'echo while it was down', `touch ${gone}`, awaitFile(end), 'echo afterwards']
    await create('one', { a: script.filter((part) => part !== '').join('; ') }, { restartPolicy: 'Never' })
    await wait('one', 'runs', ({ status }) => status?.containerStatuses?.[0]?.state?.running !== undefined)
    const opened = vi.spyOn(LogRelay.prototype, 'open')
    const following = start(['logs', 'one', '-f', ...flags], { url })
    await until('the log is followed', () => opened.mock.calls.some(([{ follow }]) => follow))
    opened.mockRestore()
    await restart(async () => {
      writeFileSync(go, '')
      await until('the container has written', () => existsSync(gone))
    })
    writeFileSync(end, '')
    expect(await following.ended).toEqual({ exitCode: 0, output: expected, errors: '' })
  })

  it('follows no more than is allowed', async () => {
    const { myriad, create } = await cluster()
    await create('one', { a: 'sleep 100', b: 'sleep 100' })
    const { exitCode, errors } = await myriad('logs', 'one', '--all-containers', '-f', '--max-log-requests=1')
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('attempting to follow 2 log streams')])
  })
})

describe('myriad wait', () => {
  it('ends when what is waited for has come, or in time', async () => {
    const { url, myriad, create } = await cluster()
    const waiting = start(['wait', 'pod/one', '--for=create'], { url })
    await create('one', { a: 'sleep 100' })
    expect(await waiting.ended).toMatchObject({ exitCode: 0, output: 'pod/one condition met\n' })
    expect((await myriad('wait', 'pod', 'one', '--for=condition=Ready')).output).toBe('pod/one condition met\n')
    expect(await myriad('wait', 'pods', '--all', '--for=jsonpath={.status.phase}=Failed', '--timeout=50ms')).toEqual({
      exitCode: 1,
      output: '',
      errors: 'error: timed out waiting for the condition on pods/one\n',
    })
    const gone = start(['wait', 'pod/one', '--for=delete'], { url })
    const deleted = await myriad('delete', 'pod', 'one')
    expect(deleted.output).toBe('pod "one" deleted from default namespace\n')
    expect(await gone.ended).toMatchObject({ exitCode: 0, output: 'pod/one condition met\n' })
    expect((await myriad('get', 'pod', 'one')).exitCode).toBe(1)
    expect((await myriad('wait', 'pod/one', '--for=delete')).exitCode).toBe(0)
    expect((await myriad('wait', 'pods', '--all', '--for=condition=Ready')).errors).toBe(
      'error: no matching resources found\n',
    )
  })

  it('tells a person what it waits for, and ends with 130 after Ctrl-C', async () => {
    const { url } = await cluster()
    const waiting = start(['wait', 'pod/late', '--for=create'], { url, terminal: { width: 80, height: 24 } })
    await waiting.until((_, errors) => errors.includes('Waiting for the condition on pods/late'))
    waiting.interrupt()
    expect((await waiting.ended).exitCode).toBe(130)
  })
})

describe('myriad cordon', () => {
  it('cordons and uncordons, once', async () => {
    const { myriad } = await cluster()
    const say = async (...args: string[]) => (await myriad(...args)).output
    await myriad('wait', 'no/box', '--for=create', '--timeout=20s')
    expect(await say('cordon', 'box', '--dry-run')).toBe('node/box cordoned (server dry run)\n')
    expect(await say('cordon', 'box')).toBe('node/box cordoned\n')
    expect(await say('cordon', 'node/box')).toBe('node/box already cordoned\n')
    expect(await say('uncordon', 'box')).toBe('node/box uncordoned\n')
    expect(await say('uncordon', 'box')).toBe('node/box already uncordoned\n')
    expect((await myriad('cordon')).exitCode).toBe(2)
    expect((await myriad('cordon', 'nix')).errors).toBe('Error from server (NotFound): nodes "nix" not found\n')
  })
})
