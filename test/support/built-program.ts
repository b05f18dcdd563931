import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { beforeAll } from 'vitest'
import { root, setup } from '../../scripts/setup.mjs'
import { runCgroupRoot } from './run-traces.ts'

/** A program of this project, as it is built into `dist`, to be run as processes of their own. */
export interface BuiltProgram {
  start(...args: string[]): RunningProgram
  /** The same by a command that executes what follows, such as one that enters a namespace. */
  startBy(enter: readonly string[], ...args: string[]): RunningProgram
  /** Starts it in a folder, behind a command that becomes it, with its standard error among its lines. */
  startIn(folder: string, args: readonly string[], behind?: readonly string[]): RunningProgram
}

/** A process. `lines` are those that it has printed so far. */
export interface RunningProgram {
  readonly process: ChildProcess
  readonly lines: readonly string[]
  /** Resolves with its exit code, or with the signal that ended it, when all of its output has been read. */
  readonly ended: Promise<number | string | null>
}

/**
 * A program for the tests of a file: `src/main.ts`, or one of a folder `programs`. What is built is brought up to date before
 * the first of them, once for all files.
 */
export function builtProgram(source: URL): BuiltProgram {
  const script = join(root, 'dist', relative(root, fileURLToPath(source)).replace(/\.ts$/, '.js'))
  beforeAll(setup, buildMsMax)
  const startBy = (enter: readonly string[], ...args: string[]): RunningProgram => {
    const [file = '', ...words] = [...enter, process.execPath, script, ...args]
    return run(spawn(file, words, { env, stdio: ['ignore', 'pipe', 'inherit'] }))
  }
  return {
    start: (...args) => startBy([], ...args),
    startBy,
    startIn: (cwd, args, behind = []) => {
      const words = ['exec "$@" 2>&1', 'sh', ...behind, process.execPath, script, ...args]
      return run(spawn('sh', ['-c', ...words], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] }))
    },
  }
}

const buildMsMax = 120_000

const env = { ...process.env, ...(runCgroupRoot === undefined ? {} : { MYRIAD_CGROUP_ROOT: runCgroupRoot }) }

/** A process that was started, with the lines of its standard output. */
export function run(child: ChildProcess & { stdout: NodeJS.ReadableStream }): RunningProgram {
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(
    ([[code, signal]]) => (code ?? signal) as number | string | null,
  )
  return { process: child, lines, ended }
}
