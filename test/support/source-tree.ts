import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Paths relative to the root of the repository, with forward slashes, and what the files hold. */
export type SourceTree = ReadonlyMap<string, string>

const root = fileURLToPath(new URL('../..', import.meta.url))
const skipped = new Set(['node_modules', 'dist', 'dist.next', 'generated', 'coverage'])

/**
 * The files below the given folders (all of them: `.`) whose names match. What is built or
 * installed is left out. A folder that does not exist holds nothing: Git keeps no empty ones.
 */
export function readSourceTree(folders: readonly string[], name: RegExp): SourceTree {
  const tree = new Map<string, string>()
  for (const folder of folders) if (existsSync(join(root, folder))) collect(tree, folder, name)
  return tree
}

function collect(tree: Map<string, string>, folder: string, name: RegExp): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !entry.name.startsWith('.')) collect(tree, path, name)
    } else if (entry.isFile() && name.test(entry.name)) {
      tree.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
}
