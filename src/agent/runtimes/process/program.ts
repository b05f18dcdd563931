import { accessSync, constants, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StartFailure } from '../containers/container-engine.ts'

/** Where a program is looked for. */
export interface ProgramOptions {
  readonly path: string
  readonly workingDir: string
  /** Where a path of the container lies on the host. */
  readonly locate: (path: string) => string
}

/**
 * Throws a `StartFailure` StartError, with the exit code 128 that containerd gives, when a container's program would not
 * be found or may not be executed. `file` is looked for as execvp(3) does: in `path`, unless it names a folder.
 */
export function checkProgram(file: string, options: ProgramOptions): void {
  if (file.includes('=')) throw startError(`exec: "${file}": a program's name with "=" in it cannot be executed`)
  const candidates = file.includes('/')
    ? [resolve(options.workingDir, file)]
    : options.path.split(':').map((folder) => join(resolve(options.workingDir, folder), file))
  const found = candidates.map(options.locate).filter(isFile)
  if (found.length === 0) throw startError(`exec: "${file}": executable file not found`)
  if (!found.some(isExecutable)) throw startError(`exec: "${file}": permission denied`)
}

/** The path of a program of the machine; undefined when there is none in `path`. */
export function findProgram(name: string, path: string): string | undefined {
  return path
    .split(':')
    .map((folder) => join(folder, name))
    .find((file) => isFile(file) && isExecutable(file))
}

/** Reason and exit code that containerd gives when a container's program cannot be executed. */
export function startError(message: string, cause?: unknown): StartFailure {
  return new StartFailure('StartError', message, { exitCode: 128, cause })
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false
    throw error
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
  } catch (error) {
    if (['EACCES', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
