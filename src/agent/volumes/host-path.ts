import { mkdirSync, realpathSync, type Stats, statSync, writeFileSync } from 'node:fs'

/** What a hostPath volume asks for. */
export interface HostPath {
  readonly path: string
  readonly type?: string | undefined
}

type Check = readonly [is: (stats: Stats) => boolean, what: string]

const checks: Readonly<Record<string, Check>> = {
  DirectoryOrCreate: [(stats) => stats.isDirectory(), 'a directory'],
  Directory: [(stats) => stats.isDirectory(), 'a directory'],
  FileOrCreate: [(stats) => stats.isFile(), 'a file'],
  File: [(stats) => stats.isFile(), 'a file'],
  Socket: [(stats) => stats.isSocket(), 'a socket file'],
  CharDevice: [(stats) => stats.isCharacterDevice(), 'a character device'],
  BlockDevice: [(stats) => stats.isBlockDevice(), 'a block device'],
}

/**
 * The real path of what a hostPath volume stands for, once it is what its type says (kubelet pkg/volume/hostpath); what may
 * be made is made, and without a type a folder is, as container runtimes do. Throws one sentence otherwise.
 */
export function openHostPath({ path, type = '' }: HostPath): {
  readonly source: string
  readonly kind: 'folder' | 'file'
} {
  const check = checks[type]
  if (type !== '' && check === undefined) throw new Error(`hostPath type check failed: unknown type "${type}"`)
  if (statOrNull(path) === null) {
    if (type === '' || type === 'DirectoryOrCreate') mkdirSync(path, { recursive: true, mode: 0o755 })
    if (type === 'FileOrCreate') writeFileSync(path, '', { mode: 0o644 })
  }
  const stats = statOrNull(path)
  if (stats === null || (check !== undefined && !check[0](stats))) {
    throw new Error(`hostPath type check failed: ${path} is not ${check?.[1] ?? 'there'}`)
  }
  return { source: realpathSync(path), kind: stats.isDirectory() ? 'folder' : 'file' }
}

function statOrNull(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}
