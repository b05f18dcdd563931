import { join, resolve } from 'node:path'
import { isExecutable, kindOf } from '../../find-program.ts'
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
  const { path, workingDir, locate } = options
  const isPath = file.includes('/')
  const candidates = isPath
    ? [resolve(workingDir, file)]
    : path.split(':').map((folder) => join(resolve(workingDir, folder), file))
  const places = candidates.map(locate)
  const found = places.filter((place) => kindOf(place) === 'file')
  if (isPath && places.some((place) => kindOf(place) === 'folder')) throw startError(`exec: "${file}": is a directory`)
  if (found.length === 0) {
    const why = isPath ? `stat ${candidates[0]}: no such file or directory` : 'executable file not found in $PATH'
    throw startError(`exec: "${file}": ${why}`)
  }
  if (!found.some(isExecutable)) throw startError(`exec: "${file}": permission denied`)
}

/** Reason and exit code that containerd gives when a container's program cannot be executed. */
export function startError(message: string, cause?: unknown): StartFailure {
  return new StartFailure('StartError', message, { exitCode: 128, cause })
}
