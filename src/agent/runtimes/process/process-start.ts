import type { ChildProcess } from 'node:child_process'
import { StartFailure } from '../containers/container-engine.ts'
import { startError } from './program.ts'
import type { RunFolder, StartedRun } from './run-folder.ts'
import { type Launch, startShim } from './shim.ts'

/** A container's process that has begun. */
export interface ProcessStart {
  readonly started: StartedRun
  /** Resolves with the exit code of the shim, which is that of the process where it could be told; null after a signal. */
  readonly ended: Promise<number | null>
}

const failureLengthMax = 1024

/** Starts the process of a container, and a shim beside it. Rejects with a `StartFailure` when it has not begun. */
export async function startProcess(launch: Launch, folder: RunFolder, container: string): Promise<ProcessStart> {
  const shim = startShim(launch)
  const ended = new Promise<number | null>((resolve) => shim.once('exit', resolve))
  const started = (await hasStarted(shim)) ? folder.started() : null
  if (started === null) {
    const exitCode = await ended
    // What was said of what had to be prepared is a fault of the machine or the manifest, and is tried again.
    const said = folder.failure()
    if (said !== '') throw new StartFailure('CreateContainerError', faultIn(said))
    throw startError(`the process of container "${container}" could not be started (exit code ${exitCode})`)
  }
  shim.unref()
  return { started, ended }
}

/** What a shell or one of its programs has said, without the shell's own name and line, and with what it comes from where that is known. */
export function faultIn(said: string): string {
  const text = said.replace(/^sh: (?:line )?\d+: /gm, '').slice(0, failureLengthMax)
  if (!/cannot fork|resource temporarily unavailable/i.test(text)) return text
  return `${text}: the pod has as many processes as it may have (--pod-max-pids), or there is no room for more on the machine`
}

/** Whether the shim says that the container's process has begun; it has not when the shim ends without a word. */
function hasStarted(shim: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    shim.once('error', (cause) => reject(startError('the shell that would start the process cannot be run', cause)))
    shim.once('close', () => resolve(false))
    shim.stdout?.once('data', () => {
      shim.stdout?.destroy()
      resolve(true)
    })
  })
}
