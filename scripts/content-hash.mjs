import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A hash of the contents and the names of files, and of extra texts. A path that is a folder counts with all that is below
 * it; one that does not exist counts as absent. The order of a folder's entries on disk does not matter.
 */
export function hashOf(root, paths, ...texts) {
  const hash = createHash('sha256')
  for (const path of paths) addPath(hash, root, path)
  for (const text of texts) hash.update(`text\0${text}\0`)
  return hash.digest('hex')
}

function addPath(hash, root, path) {
  const full = join(root, path)
  if (!existsSync(full)) {
    hash.update(`absent\0${path}\0`)
  } else if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addPath(hash, root, `${path}/${name}`)
  } else {
    const content = readFileSync(full)
    hash.update(`file\0${path}\0${content.length}\0`).update(content)
  }
}
