import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hostMounts } from '../mount-info.ts'
import { shellWord } from '../shell-word.ts'
import { hostTree } from './host-tree.ts'
import { type MountWish, planMounts } from './mount-plan.ts'
import { mountScript } from './mount-script.ts'

/** Whether containers of this machine can have a mount namespace of their own, and if not, why. */
export type SandboxAbility = { readonly isAble: true } | { readonly isAble: false; readonly reason: string }

/** What one container shall see. */
export interface SandboxWish extends MountWish {
  /** An existing folder of this run of the container's alone. */
  readonly folder: string
  /** The name of the host that it sees; that of the machine when undefined. */
  readonly hostname: string | undefined
  /** Mount points below this folder belong to other pods and are left out, but for those in `kept`. */
  readonly othersBelow: string
}

/** How a container gets what it shall see: a prefix of its command, and lines of sh that it runs before its program. */
export interface Sandbox {
  readonly enter: readonly string[]
  readonly prepare: readonly string[]
}

/**
 * Prepares namespaces of mounts and of the host name for one container. They go with its last process: nothing is left on
 * the host, however it or the agent ends. Throws one sentence for a mount point that cannot be.
 */
export function prepareSandbox(wish: SandboxWish): Sandbox {
  const { folder, hostname, readOnlyRoot, othersBelow, kept } = wish
  const mounts = hostMounts()
  const isBelow = (path: string, above: string): boolean => path.startsWith(`${above}/`)
  const dropped = mounts
    .filter(
      ({ path, fsType }) =>
        fsType === 'nsfs' || (isBelow(path, othersBelow) && !kept.some((own) => isBelow(path, own))),
    )
    .map(({ path }) => path)
  const plan = planMounts(wish, hostTree(mounts.filter(({ path }) => !dropped.includes(path))))
  for (const { path, kind } of plan.make) {
    mkdirSync(kind === 'folder' ? path : dirname(path), { recursive: true })
    if (kind === 'file') writeFileSync(path, '', { flag: 'a' })
  }
  const { table, lines } = mountScript({ plan, folder, readOnlyRoot, dropped })
  mkdirSync(join(folder, 'view'))
  writeFileSync(join(folder, 'mounts'), table)
  return {
    enter: ['unshare', '--mount', '--propagation', 'private', ...(hostname === undefined ? [] : ['--uts']), '--'],
    prepare: [...(hostname === undefined ? [] : [`echo ${shellWord(hostname)} >/proc/sys/kernel/hostname`]), ...lines],
  }
}

/** Finds out what the machine can do by doing all of it, in `folder`, which must exist. */
export function detectSandbox(folder: string): SandboxAbility {
  if (process.platform !== 'linux') return { isAble: false, reason: 'they are a facility of Linux' }
  if (process.getuid?.() !== 0) return { isAble: false, reason: 'they need an agent that runs as root' }
  const trial = mkdtempSync(join(folder, '.sandbox-'))
  try {
    const mounts = [
      { source: trial, target: '/.myriad/trial', kind: 'folder' },
      { source: join(trial, 'mounts'), target: '/dev/.myriad-trial', kind: 'file' },
    ] as const
    const { enter, prepare } = prepareSandbox({
      folder: trial,
      hostname: 'trial',
      mounts,
      folders: [],
      kept: [],
      readOnlyRoot: false,
      othersBelow: trial,
    })
    const [program = '', ...args] = enter
    const script = [...prepare, 'test -d /.myriad/trial -a -f /dev/.myriad-trial'].join(' &&\n')
    const { status, stderr, error } = spawnSync(program, [...args, 'sh', '-c', script], {
      encoding: 'utf8',
      cwd: folder,
    })
    if (status === 0) return { isAble: true }
    return { isAble: false, reason: error?.message ?? (stderr.trim().split('\n')[0] || `exit code ${status}`) }
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}

/** What a node tells of it, as annotations. */
export function sandboxFacts(ability: SandboxAbility): Readonly<Record<string, string>> {
  return { 'node.myriad/mount-namespaces': ability.isAble ? 'available' : `none (${ability.reason})` }
}
