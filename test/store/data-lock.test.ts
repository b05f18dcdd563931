import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { lockData } from '../../src/store/data-lock.ts'
import { builtProgram, type RunningProgram } from '../support/built-program.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const locker = builtProgram(new URL('./programs/locker.ts', import.meta.url))

/** Another process that holds a lock, or says why it does not. */
async function startLocker(folder: string, role: string): Promise<RunningProgram> {
  const program = locker.start(folder, role)
  await vi.waitFor(() => expect(program.lines).toHaveLength(1), { interval: 5, timeout: 15_000 })
  return program
}

describe('the lock of a data folder', () => {
  it('keeps a second process out, in one sentence that names the first, however long that is stopped', async () => {
    const folder = join(dirname(stores.newFile()), 'data')
    const first = await startLocker(folder, 'server')
    expect(first.lines).toEqual(['locked'])
    first.process.kill('SIGSTOP')
    const message = `the data folder ${folder} is in use by another server (process ${first.process.pid}): stop that one, or name another folder with --data`
    expect((await startLocker(folder, 'server')).lines).toEqual([message])
    await expect(lockData(folder, 'server')).rejects.toMatchObject({ code: 'UNAVAILABLE', message })
    first.process.kill('SIGKILL')
    await first.ended
    await (await lockData(folder, 'server')).release()
  })

  it('is one for the server and one for the controller worker', async () => {
    const folder = dirname(stores.newFile())
    const server = await lockData(folder, 'server')
    const controller = await lockData(folder, 'controller')
    await expect(lockData(folder, 'controller')).rejects.toThrow(/another controller worker \(process \d+\)/)
    await server.release()
    await controller.release()
    await (await lockData(folder, 'controller')).release()
  })

  it('cannot be taken below something that is no folder, and says so', async () => {
    const file = stores.newFile()
    writeFileSync(file, '')
    await expect(lockData(join(file, 'data'), 'server')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^cannot use the data folder .*ENOTDIR.*check its path/) as string,
    })
  })

  it('is not taken when its file cannot be', async () => {
    const folder = dirname(stores.newFile())
    mkdirSync(join(folder, 'server.lock'))
    await expect(lockData(folder, 'server')).rejects.toThrow(/cannot use the data folder/)
  })
})
