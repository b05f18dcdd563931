import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { Refusal } from '../model/errors.ts'

/** https://www.sqlite.org/fileformat2.html: the database header, and the header of a write-ahead log. */
const databaseHeader = { bytes: 100, pageSizeAt: 16, pageCountAt: 28, text: 'SQLite format 3\0' }
const logHeaderBytes = 32
const logMagics: ReadonlySet<number> = new Set([0x377f0682, 0x377f0683])

/** Throws UNAVAILABLE when the files of a database are damaged in a way that SQLite itself would write over. */
export function assertSound(file: string): void {
  const fault = faultOfFiles(file)
  if (fault === undefined) return
  const does = 'move its files away and restore them from a backup, or name another folder with --data'
  throw new Refusal('UNAVAILABLE', `cannot open the database ${file}: ${fault}; ${does}`)
}

/**
 * What is wrong with the files of a database that SQLite itself would pass over in silence, by taking what it cannot read
 * for nothing and writing over it: a write-ahead log that is none, or a file that has been cut off. Undefined when there is
 * nothing. Only reads. This process may not have the database open: closing a file drops all locks that it has on it.
 */
function faultOfFiles(file: string): string | undefined {
  const header = readStart(file, databaseHeader.bytes)
  const log = readStart(`${file}-wal`, logHeaderBytes)
  const hasLog = log.length === logHeaderBytes && log.some((byte) => byte !== 0)
  if (hasLog && !logMagics.has(log.readUInt32BE(0))) return `its write-ahead log ${file}-wal is damaged`
  if (header.length === 0) return hasLog ? 'it is empty, and its write-ahead log is not' : undefined
  if (header.length < databaseHeader.bytes) return 'it has been cut off'
  if (hasLog || header.toString('latin1', 0, databaseHeader.text.length) !== databaseHeader.text) return undefined
  const pageSize = header.readUInt16BE(databaseHeader.pageSizeAt)
  const bytes = header.readUInt32BE(databaseHeader.pageCountAt) * (pageSize === 1 ? 65_536 : pageSize)
  return statSync(file).size < bytes ? 'it has been cut off' : undefined
}

/** The first bytes of a file, fewer when it is shorter, none when there is none. */
function readStart(file: string, length: number): Buffer {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
  try {
    const start = Buffer.alloc(length)
    return start.subarray(0, readSync(descriptor, start, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
}
