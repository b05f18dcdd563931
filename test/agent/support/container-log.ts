import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of the log of one run, oldest first. */
export function logFiles(podFolder: string, restartCount = 0, container = 'main'): string[] {
  const folder = join(podFolder, 'logs', container)
  if (!existsSync(folder)) return []
  const current = `${restartCount}.log`
  const names = readdirSync(folder).filter((name) => name.startsWith(`${current}.`))
  return [...names.toSorted(), current].map((name) => join(folder, name)).filter((file) => existsSync(file))
}

/** The lines of a log, without time stamps. */
export function logLines(podFolder: string, restartCount = 0, container = 'main'): string[] {
  const text = logFiles(podFolder, restartCount, container)
    .map((file) => readFileSync(file, 'utf8'))
    .join('')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/^\S+ /, ''))
}
