import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** Programs of the system (util-linux). */
const [mounter, unmounter] = ['mount', 'umount']

/** A file system of its own, small enough to be filled. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves not a byte free. */
  fill(): void
  /** Gives back what filling took. */
  free(): void
}

/** What this machine lacks for small disks; undefined when it has all. */
export const smallDiskLack: string | undefined = findLack()

/** Makes small disks (tmpfs); after each test they are unmounted. Only where nothing is lacking. */
export function smallDisks(): (megabytes: number) => SmallDisk {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) unmount(folder)
  })
  return (megabytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'myriad-disk-'))
    folders.push(folder)
    const { status, stderr } = mount(folder, megabytes)
    if (status !== 0) throw new Error(`cannot mount a small disk: ${stderr}`)
    const ballast = join(folder, 'ballast')
    return { folder, fill: () => fill(ballast), free: () => rmSync(ballast, { force: true }) }
  }
}

function findLack(): string | undefined {
  if (process.platform !== 'linux') return 'Linux'
  if (process.geteuid?.() !== 0) return 'root'
  const folder = mkdtempSync(join(tmpdir(), 'myriad-disk-'))
  const { status } = mount(folder, 1)
  if (status === 0) unmount(folder)
  else rmSync(folder, { recursive: true, force: true })
  return status === 0 ? undefined : 'the right to mount a tmpfs'
}

function mount(folder: string, megabytes: number) {
  return spawnSync(mounter, ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'myriad-test', folder], { encoding: 'utf8' })
}

function unmount(folder: string): void {
  const { status, stderr } = spawnSync(unmounter, ['--lazy', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`cannot unmount ${folder}: ${stderr}`)
  rmSync(folder, { recursive: true, force: true })
}

/** Writes pieces that become smaller until not even a byte goes in. */
function fill(file: string): void {
  const descriptor = openSync(file, 'a')
  try {
    for (let size = 1024 ** 2; size >= 1; ) {
      try {
        writeSync(descriptor, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(descriptor)
  }
}
