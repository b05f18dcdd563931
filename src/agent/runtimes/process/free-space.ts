import { statfsSync } from 'node:fs'

/** Bytes below which not even a few small files find room. */
const bytesMin = 65_536

/** A clause on the disk of a folder when that is so full that a container cannot be started there; else empty. */
export function fullDiskClause(folder: string): string {
  const { bavail, bsize, ffree, files } = statfsSync(folder)
  const isFull = bavail * bsize < bytesMin || (files > 0 && ffree === 0)
  return isFull ? `: no space left on the disk of ${folder} (ENOSPC)` : ''
}
