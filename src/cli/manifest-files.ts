import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { CommandError, UsageError } from './failure.ts'
import { readSource } from './source.ts'
import type { Surroundings } from './surroundings.ts'

/** A text of manifests, and what it is called in messages. */
export interface ManifestFile {
  readonly name: string
  readonly text: string
  /** Where in the file the text begins; 1 unless given. */
  readonly firstLine?: number
}

/** Which files are meant. */
export interface FileChoice {
  /** Files, folders, patterns such as `k8s/*.yaml`, and `-` for standard input. */
  readonly filename: readonly string[]
  /** Whether folders are read with the folders in them. */
  readonly recursive?: boolean | undefined
}

/** What files of manifests end with, where a folder is read. */
const extensions: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml'])

/** The files that are meant, in the order of the arguments, and within a folder by name. Throws a CommandError where there is none. */
export async function readManifestFiles(
  { filename, recursive = false }: FileChoice,
  surroundings: Pick<Surroundings, 'input'>,
): Promise<ManifestFile[]> {
  if (filename.length === 0)
    throw new UsageError('must specify -f: a file, a folder, a pattern, or - for standard input')
  if (filename.filter((path) => path === '-').length > 1) {
    throw new UsageError('standard input can be read only once: say "-f -" once')
  }
  const paths = (await Promise.all(filename.map((path) => filesAt(path, recursive)))).flat()
  const files: ManifestFile[] = []
  for (const path of paths) {
    files.push({ name: path === '-' ? 'stdin' : path, text: await readSource(path, surroundings) })
  }
  return files
}

async function filesAt(path: string, isRecursive: boolean): Promise<string[]> {
  if (path === '-') return [path]
  if (/^https?:\/\//.test(path)) {
    throw new UsageError(`"${path}" is an address: fetch it first, as in \`curl -fsS ${path} | myriad apply -f -\``)
  }
  try {
    if (!(await stat(path)).isDirectory()) return [path]
  } catch (error) {
    const found = await matchingFiles(path)
    if (found.length > 0) return found
    throw new CommandError(`the path "${path}" does not exist`, { cause: error })
  }
  const entries = await readdir(path, { withFileTypes: true, recursive: isRecursive })
  const files = entries
    .filter((entry) => !entry.isDirectory() && extensions.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  if (files.length > 0) return files.toSorted()
  throw new CommandError(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`)
}

async function matchingFiles(pattern: string): Promise<string[]> {
  const { glob, isDynamicPattern } = await import('tinyglobby')
  if (!isDynamicPattern(pattern)) return []
  return (await glob(pattern, { expandDirectories: false })).toSorted()
}
