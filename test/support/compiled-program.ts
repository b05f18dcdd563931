import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A program of the tests, compiled with what it imports, to be run as processes of their own. */
export interface CompiledProgram {
  start(...args: string[]): RunningProgram
  /** The same by a command that executes what follows, such as one that enters a namespace. */
  startBy(enter: readonly string[], ...args: string[]): RunningProgram
  /** Starts it in a folder, behind a command that becomes it, with its standard error among its lines. */
  startIn(folder: string, args: readonly string[], behind?: readonly string[]): RunningProgram
  remove(): void
}

/** A process. `lines` are those that it has printed so far. */
export interface RunningProgram {
  readonly process: ChildProcess
  readonly lines: readonly string[]
  /** Resolves with its exit code, or with the signal that ended it, when all of its output has been read. */
  readonly ended: Promise<number | string | null>
}

/** Compiles a program of this project into a folder of its own. */
export function compileProgram(source: URL): CompiledProgram {
  const path = relative(root, fileURLToPath(source))
  const folder = mkdtempSync(join(tmpdir(), 'myriad-program-'))
  const settings = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: {
      rootDir: root,
      outDir: folder,
      declaration: false,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: [join(root, path)],
    include: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'package.json'), '{"type":"module","version":"0.0.0-test"}')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'prisma'), { recursive: true })
  symlinkSync(join(root, 'prisma/migrations'), join(folder, 'prisma/migrations'))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const compiled = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
  if (compiled.status !== 0) throw new Error(`cannot compile ${path}: ${compiled.stdout}${compiled.stderr}`)
  const script = join(folder, path.replace(/\.ts$/, '.js'))
  const startBy = (enter: readonly string[], ...args: string[]): RunningProgram => {
    const [file = '', ...words] = [...enter, process.execPath, script, ...args]
    return run(spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] }))
  }
  return {
    start: (...args) => startBy([], ...args),
    startBy,
    startIn: (cwd, args, behind = []) => {
      const words = ['exec "$@" 2>&1', 'sh', ...behind, process.execPath, script, ...args]
      return run(spawn('sh', ['-c', ...words], { cwd, stdio: ['ignore', 'pipe', 'inherit'] }))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function run(child: ChildProcess & { stdout: NodeJS.ReadableStream }): RunningProgram {
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(
    ([[code, signal]]) => (code ?? signal) as number | string | null,
  )
  return { process: child, lines, ended }
}
