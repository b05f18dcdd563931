import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** Whether there is a program of this name that may be executed in one of the folders of `path`. */
export function hasProgram(name: string, path: string): boolean {
  return path.split(':').some((folder) => isExecutable(join(folder, name)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
