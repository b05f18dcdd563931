import { describe, expect, it, vi } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { Doorbell } from '../../src/store/doorbell.ts'
import type { AppliedChange } from '../../src/store/replica.ts'
import type { Store } from '../../src/store/store.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const create = (name: string) => ({ type: 'create' as const, object: objectNamed('Pod', name) })
const remove = (base: Resource) => ({ type: 'delete' as const, base })
const names = (store: Store) => [...store.replica.list('Pod')].map(({ metadata }) => metadata.name)

function changesOf(store: Store): AppliedChange[] {
  const told: AppliedChange[] = []
  store.replica.onChanges((changes) => void told.push(...changes))
  return told
}

describe('two stores on one database', () => {
  it('follow each other by the doorbell', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    await left.commitOne(create('a'), 'left')
    await vi.waitFor(() => expect(names(right)).toEqual(['a']), { interval: 1 })
    await right.commitOne(create('b'), 'right')
    await vi.waitFor(() => expect(names(left)).toEqual(['a', 'b']), { interval: 1 })
  })

  it('follow each other by their poll alone when the doorbell is silent', async () => {
    const ring = vi.spyOn(Doorbell.prototype, 'ring').mockReturnValue()
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file, pollMs: 5 })]
    await left.commitOne(create('a'), 'left')
    await vi.waitFor(() => expect(names(right)).toEqual(['a']), { interval: 1 })
    expect(ring).toHaveBeenCalled()
    ring.mockRestore()
  })

  it('tell their listeners the same changes in the same order, whoever made them', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    const [leftTold, rightTold] = [changesOf(left), changesOf(right)]
    for (let round = 0; round < 10; round += 1) {
      await left.commit([create(`l${round}`), create(`both${round}`)], { actor: 'left' })
      const [, both] = await right.commit([create(`r${round}`), create(`both${round}`)], { actor: 'right' })
      expect(both).toMatchObject({ ok: false, refusal: { code: 'ALREADY_EXISTS' } })
    }
    const last = right.replica.revision
    await left.reached(last)
    await right.reached(last)
    expect(leftTold.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1).filter((revision) => revision % 4 !== 0),
    )
    expect(rightTold).toEqual(leftTold)
    expect(await left.changesSince(0, last, 99)).toHaveLength(leftTold.length)
  })

  it('refuse what has been made of a version that the other has replaced', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    const base = await left.commitOne(create('a'), 'left')
    const stale = { ...base, metadata: { ...base.metadata, labels: { a: 'b' } } }
    await right.reached(1)
    await right.commitOne(remove(base), 'right')
    const [outcome] = await left.commit([{ type: 'update', base, object: stale }], { actor: 'left' })
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'NOT_FOUND' } })
    expect(names(left)).toEqual([])
  })

  it('reach a revision that was given to a refusal, and which no change carries', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    await left.commitOne(create('a'), 'left')
    await left.commit([create('a')], { actor: 'left' })
    expect(left.replica.revision).toBe(2)
    await right.reached(2)
    expect(right.replica.revision).toBe(2)
  })

  it('catch up with all that the other has committed', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    for (let round = 0; round < 20; round += 1) {
      await left.commitOne(create(`p${round}`), 'left')
      await Promise.all([right.catchUp(), right.catchUp()])
      expect(names(right)).toHaveLength(round + 1)
    }
    await right.close()
    await expect(right.catchUp()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('do not bring back what the other has removed between a commit and its taking in', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    for (let round = 0; round < 20; round += 1) {
      // The right store removes as soon as it hears of the object, while the left one is still looking at the log.
      const removed = new Promise<void>((resolve, reject) => {
        const unfollow = right.replica.onChanges(([change]) => {
          if (change?.type !== 'ADDED') return
          unfollow()
          right.commitOne(remove(change.object), 'right').then(() => resolve(), reject)
        })
      })
      const made = left.commitOne(create(`p${round}`), 'left')
      const looks = Array.from({ length: 10 }, () => left.reached(left.replica.revision + 1))
      await Promise.all([made, removed, ...looks])
    }
    await left.reached(right.replica.revision)
    expect(names(left)).toEqual([])
    expect(names(right)).toEqual([])
  })

  it('close without leaving anybody waiting', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file, pollMs: 1 }), await stores.open({ file, pollMs: 1 })]
    const writes = Array.from({ length: 20 }, (_, index) => left.commitOne(create(`p${index}`), 'left'))
    await Promise.all([left.close(), right.close(), ...writes])
    expect(names(await stores.open({ file }))).toHaveLength(20)
  })
})
