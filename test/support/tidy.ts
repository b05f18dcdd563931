import { parseModule } from './module-syntax.ts'
import type { SourceTree } from './source-tree.ts'

/** The longest that a file of the product may be, in lines. */
export const fileLinesMax = 300

/** Files that may be longer, each with the reason. */
const longFiles: Readonly<Record<string, string>> = {}

/** The only modules that may read the environment: settings are read and checked in one place. */
const environmentReaders = new Set(['src/server/config.ts', 'src/cli/config.ts'])

/** Words that name a category and not a thing. */
const categories = /^(?:.*-)?(?:utils?|helpers?|common|constants|manager|misc)$|^types$/
const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const deferredWork = /\b(?:TODO|FIXME|XXX|HACK)\b/
/** Absolute paths into somebody's own folders. */
const machinePath = /(?<![\w.~-])\/(?:work|root|home\/\w+|Users\/\w+)\/[\w.-]/

/** One sentence for each rule of the project that a file breaks. */
export function findTidyFaults(tree: SourceTree): string[] {
  return [...tree].flatMap(([path, source]) => faultsOf(path, source).map((fault) => `${path}: ${fault}`))
}

function faultsOf(path: string, source: string): string[] {
  const faults = nameFaults(path)
  if (machinePath.test(source)) faults.push('names a path of one machine')
  if (isProduct(path)) faults.push(...lengthFaults(path, source))
  if (isCode(path)) faults.push(...codeFaults(path, source))
  else if (deferredWork.test(source)) faults.push('leaves work for later in a note')
  return faults
}

function nameFaults(path: string): string[] {
  const segments = path.split('/')
  const [base = '', ...endings] = (segments.at(-1) ?? '').split('.')
  const faults: string[] = []
  if (!isCode(path)) return faults
  const names = [...segments.slice(0, -1), base, ...endings.slice(0, -1)]
  if (!names.every((name) => kebabCase.test(name))) faults.push('is not named in kebab-case')
  if (categories.test(base)) faults.push('is named for a category, not for a thing')
  return faults
}

function lengthFaults(path: string, source: string): string[] {
  const lines = source.trimEnd().split('\n').length
  const isAllowed = longFiles[path] !== undefined
  if (lines > fileLinesMax && !isAllowed) return [`has ${lines} lines, and ${fileLinesMax} is the most`]
  if (lines <= fileLinesMax && isAllowed) return ['is short enough and need not be in the list of long files']
  return []
}

function codeFaults(path: string, source: string): string[] {
  const { hasDefaultExport, readsEnvironment, comments } = parseModule(path, source)
  const faults: string[] = []
  if (hasDefaultExport && !path.endsWith('.config.ts')) faults.push('has a default export')
  if (readsEnvironment && /^(?:src|schema)\//.test(path) && !environmentReaders.has(path)) {
    faults.push('reads the environment, which is the work of src/server/config.ts')
  }
  if (comments.some((comment) => deferredWork.test(comment))) faults.push('leaves work for later in a comment')
  return faults
}

/** The files that the limits on length are about: those that somebody writes. */
function isProduct(path: string): boolean {
  return !path.includes('/generated/') && /^(?:src|schema|client-examples)\/.*\.ts$/.test(path)
}

function isCode(path: string): boolean {
  return /\.(?:ts|mjs)$/.test(path)
}
