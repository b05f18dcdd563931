import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { VolumeFile } from './downward-files.ts'

const dataLink = '..data'

/**
 * Writes all files of a volume at once, as the kubelet's AtomicWriter does: what a reader opens is a link into a folder
 * that is exchanged as a whole, so that nobody sees some files new and others old. Files that are as they should be are
 * left alone.
 */
export function writeFileTree(folder: string, files: readonly VolumeFile[]): void {
  const present = linkOf(join(folder, dataLink))
  if (present !== null && isSame(join(folder, present), files)) return
  mkdirSync(folder, { recursive: true })
  const data = mkdtempSync(join(folder, '..files-'))
  chmodSync(data, 0o755)
  for (const { path, content, mode } of files) {
    mkdirSync(dirname(join(data, path)), { recursive: true })
    writeFileSync(join(data, path), content)
    chmodSync(join(data, path), mode)
  }
  const next = join(folder, '..data_tmp')
  rmSync(next, { force: true })
  symlinkSync(basename(data), next)
  renameSync(next, join(folder, dataLink))
  const names = new Set(files.map(({ path }) => path.split('/')[0] ?? path))
  for (const name of names) {
    if (linkOf(join(folder, name)) === null) symlinkSync(join(dataLink, name), join(folder, name))
  }
  for (const name of readdirSync(folder)) {
    if (name === dataLink || name === basename(data) || names.has(name)) continue
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function isSame(folder: string, files: readonly VolumeFile[]): boolean {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  if (names.length !== files.length) return false
  return files.every(({ path, content, mode }) => {
    const file = join(folder, path)
    const stat = lstatSync(file, { throwIfNoEntry: false })
    return stat !== undefined && (stat.mode & 0o777) === mode && readFileSync(file, 'utf8') === content
  })
}

function linkOf(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : null
}
