import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Refusal } from '../../src/model/errors.ts'
import { objectNamed } from '../support/objects.ts'
import { smallDiskLack, smallDisks } from '../support/small-disk.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const newDisk = smallDisks()
const stores = temporaryStores()
const needs = smallDiskLack === undefined ? '' : ` (needs ${smallDiskLack})`

const pod = (name: string) =>
  ({ type: 'create', object: objectNamed('Pod', name, { spec: { text: 'x'.repeat(3_000) } }) }) as const

describe.skipIf(smallDiskLack !== undefined)(`a store whose disk is full${needs}`, () => {
  it('refuses what it cannot write, reads on, keeps what it acknowledged, and goes on by itself', async () => {
    const disk = newDisk(4)
    const file = join(disk.folder, 'data', 'myriad.db')
    const told: (string | undefined)[] = []
    const store = await stores.open({ file, onWriteHealth: (fault) => told.push(fault) })
    const acknowledged = [await store.commitOne(pod('first'), 'me')]
    disk.fill()
    let refusal: unknown
    for (let count = 0; refusal === undefined && count < 1_000; count += 1) {
      await store.commitOne(pod(`p${count}`), 'me').then(
        (object) => acknowledged.push(object),
        (error: unknown) => (refusal = error),
      )
    }
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/is full.*ENOSPC.*make space/) as string,
    })
    expect(store.writeFault).toBe((refusal as Refusal).message)
    await expect(
      store.leases.renew([{ name: 'node/a', holder: 'a', durationSeconds: 40, renewedAt: 1 }]),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(store.replica.count('Pod')).toBe(acknowledged.length)
    const log = await store.changesSince(0, store.replica.revision, 10_000)
    expect(log.map(({ object }) => object)).toEqual(acknowledged)

    disk.free()
    await vi.waitFor(() => expect(store.writeFault).toBeUndefined(), { timeout: 5_000 })
    expect(told).toEqual([(refusal as Refusal).message, undefined])
    acknowledged.push(await store.commitOne(pod('last'), 'me'))
    const other = await stores.open({ file })
    expect((await other.changesSince(0, other.replica.revision, 10_000)).map(({ object }) => object)).toEqual(
      acknowledged,
    )
  })
})
