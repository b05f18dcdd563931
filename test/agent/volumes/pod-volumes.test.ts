import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openVolumes, overfullVolume } from '../../../src/agent/volumes/pod-volumes.ts'
import { pod } from '../support/pod.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pod-volumes-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = (volumes: readonly object[]) => ({
  pod: pod('p', { volumes }),
  folder,
  podIP: '10.0.0.7',
  hostIP: '192.0.2.1',
  allocatable: {},
})

describe('the volumes of a pod', () => {
  it('are a folder each, those of optional sources that there are not being empty', async () => {
    const open = await openVolumes(options([{ name: 'a' }, { name: 'b', configMap: { name: 'none', optional: true } }]))
    expect(Object.fromEntries(open)).toEqual({
      a: { source: join(folder, 'a'), kind: 'folder', readOnly: false },
      b: { source: join(folder, 'b'), kind: 'folder', readOnly: true },
    })
  })

  it('project what is told of the pod, and nothing else yet', async () => {
    const items = [{ path: 'ip', fieldRef: { fieldPath: 'status.podIP' } }]
    const projected = (sources: readonly object[]) => options([{ name: 'v', projected: { sources } }])
    expect((await openVolumes(projected([{ downwardAPI: { items } }]))).get('v')?.readOnly).toBe(true)
    const token = projected([{ serviceAccountToken: { path: 'token' } }])
    await expect(openVolumes(token)).rejects.toMatchObject({
      message: 'MountVolume.SetUp failed for volume "v" ',
      cause: { message: 'projected sources of the type serviceAccountToken are not supported yet' },
    })
  })

  it('may hold as much as their limit, and no more', async () => {
    const limited = options([{ name: 'v', emptyDir: { sizeLimit: '64Ki' } }])
    await openVolumes(limited)
    writeFileSync(join(folder, 'v', 'one'), Buffer.alloc(32 * 1024, 1))
    expect(overfullVolume(limited.pod, folder)).toBeUndefined()
    writeFileSync(join(folder, 'v', 'two'), Buffer.alloc(64 * 1024, 1))
    expect(overfullVolume(limited.pod, folder)).toBe('Usage of EmptyDir volume "v" exceeds the limit "64Ki". ')
  })

  it('hold what is in them, and nothing of what their links lead to', async () => {
    const limited = options([{ name: 'v', emptyDir: { sizeLimit: '64Ki' } }])
    await openVolumes(limited)
    writeFileSync(join(folder, 'large'), Buffer.alloc(128 * 1024, 1))
    for (const [name, to] of [
      ['up', '..'],
      ['self', '.'],
      ['again', '.'],
      ['system', '/proc'],
      ['nowhere', 'nothing'],
    ] as const) {
      symlinkSync(to, join(folder, 'v', name))
    }
    expect(overfullVolume(limited.pod, folder)).toBeUndefined()
  })
})
