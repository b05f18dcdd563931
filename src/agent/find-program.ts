import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'

/** The path of a program of the machine; undefined when there is none that may be executed in the folders of `path`. */
export function findProgram(name: string, path: string): string | undefined {
  return path
    .split(':')
    .map((folder) => join(folder, name))
    .find((file) => isFile(file) && isExecutable(file))
}

/** Whether a file may be executed by this process. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false
    throw error
  }
}

/** Whether a path leads to a file; false as well where it cannot be looked at. */
export function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
  } catch (error) {
    if (['EACCES', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
