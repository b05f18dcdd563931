import { execFile } from 'node:child_process'
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quantityValue } from '../../model/quantity.ts'
import { ifPresent } from '../if-present.ts'
import { messageOf } from '../log.ts'
import { hostMounts } from '../mount-info.ts'

/** What an emptyDir volume asks for. */
export interface EmptyDir {
  readonly medium?: string | undefined
  readonly sizeLimit?: string | undefined
}

const run = promisify(execFile)
/** Everybody may write; the group's members own what is made in it, when there is a group for files. */
const modeForAll = 0o777
const setGroupId = 0o2000

/**
 * Makes the folder of an emptyDir volume, once: what is in it stays over restarts of containers and of the agent. With
 * the medium `Memory` it is a file system in memory, mounted on the host as the kubelet does. Throws one sentence when it cannot be.
 */
export async function openEmptyDir(folder: string, { medium, sizeLimit }: EmptyDir, fsGroup?: number): Promise<void> {
  if (medium?.startsWith('HugePages')) throw new Error('emptyDir with the medium HugePages is not supported yet')
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined
  const isMemory = medium === 'Memory'
  if (isMemory && !isMounted(folder)) {
    const size = sizeLimit === undefined ? '' : `,size=${quantityValue(sizeLimit)}`
    await mountMemory(folder, `mode=777${size}`)
  } else if (!isNew) return
  if (fsGroup !== undefined) chownSync(folder, -1, fsGroup)
  chmodSync(folder, fsGroup === undefined ? modeForAll : modeForAll | setGroupId)
}

/** Unmounts what is mounted below a folder, the deepest first; also what containers still use. */
export async function unmountBelow(folder: string): Promise<void> {
  const mounts = hostMounts().filter(({ path }) => path.startsWith(`${folder}/`))
  for (const { path } of mounts.toReversed()) await run('umount', ['-l', '--', path])
}

/** Bytes that the files below a folder take on their disk: links are not followed, and what goes away meanwhile does not count. */
export function usedBytes(folder: string): number {
  const entries = ifPresent(() => readdirSync(folder, { withFileTypes: true }), [])
  return entries.reduce((bytes, entry) => {
    const path = join(folder, entry.name)
    const own = (lstatSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512
    return bytes + own + (entry.isDirectory() ? usedBytes(path) : 0)
  }, 0)
}

async function mountMemory(folder: string, options: string): Promise<void> {
  const why = await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).then(
    () => undefined,
    // mount(8) says first what it is about, and then at length where to look for more.
    (error: Error & { readonly stderr?: string }) =>
      error.stderr?.split('\n')[0]?.replace(`mount: ${folder}: `, '') || messageOf(error),
  )
  if (why !== undefined) throw new Error(`an emptyDir with the medium Memory cannot be mounted: ${why}`)
}

function isMounted(folder: string): boolean {
  return hostMounts().some(({ path }) => path === folder)
}
