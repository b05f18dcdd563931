import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The path of a program of the machine; undefined when there is none that may be executed in the folders of `path`, which lie
 * where `locate` says.
 */
export function findProgram(
  name: string,
  path: string,
  locate: (file: string) => string = (file) => file,
): string | undefined {
  return path
    .split(':')
    .map((folder) => locate(join(folder, name)))
    .find((file) => kindOf(file) === 'file' && isExecutable(file))
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

/** What a path leads to; nothing as well where it cannot be looked at. */
export function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isDirectory()) return 'folder'
    return stat?.isFile() ? 'file' : 'nothing'
  } catch (error) {
    if (['EACCES', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return 'nothing'
    throw error
  }
}
