import { readFileSync } from 'node:fs'
import { ifPresent } from './if-present.ts'

/** One mount of the machine, as /proc/PID/mountinfo tells it (proc_pid_mountinfo(5)). */
export interface HostMount {
  readonly path: string
  readonly fsType: string
  /** The folder of the file system that is mounted there. */
  readonly root: string
  /** What holds for the file system as a whole, separated by commas. */
  readonly superOptions: string
}

/** What is mounted on this machine, in the order of the mounts; nothing where there is no /proc. */
export function hostMounts(): HostMount[] {
  return parseMountInfo(ifPresent(() => readFileSync('/proc/self/mountinfo', 'utf8'), ''))
}

/** Reads the lines of /proc/PID/mountinfo. */
export function parseMountInfo(text: string): HostMount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const [, , , root, path] = before.split(' ')
    const [fsType = '', , superOptions = ''] = after.split(' ')
    return root === undefined || path === undefined
      ? []
      : [{ path: unescaped(path), fsType, root: unescaped(root), superOptions }]
  })
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
}
