import { posix } from 'node:path'
import { shellWord } from '../shell-word.ts'
import type { MountPlan, MountPoint, MountStep } from './mount-plan.ts'

/** What the script by which a plan is carried out works with. */
export interface MountScriptOptions {
  readonly plan: MountPlan
  /** A folder of this container's alone, absolute. The folder `view` in it must be there, and the table goes to `mounts`. */
  readonly folder: string
  readonly readOnlyRoot: boolean
  /** Mounts of the host that must not be held in use by this container. */
  readonly dropped: readonly string[]
}

/** The list of mounts as mount(8) reads it (fstab(5)), and the lines of sh that use it. */
export interface MountScript {
  readonly table: string
  /** Run in a mount namespace of its own, by a shell whose working folder is not `/`, which it keeps. */
  readonly lines: readonly string[]
}

/**
 * Carries out a plan in few steps, since each is a program that is started: memory for the new root and for what covers
 * are made of, what is to be mounted on, all mounts at once, and the change of the root, after which the host's own is
 * gone from the namespace.
 */
export function mountScript({ plan, folder, readOnlyRoot, dropped }: MountScriptOptions): MountScript {
  const view = posix.join(folder, 'view')
  const root = posix.join(view, 'root')
  const inRoot = (path: string): string => posix.join(root, path)
  const covers = plan.steps.filter((step) => step.step === 'cover')
  // First what holds the memory itself, so that it takes along no more than that, which is given up in the end.
  const steps = plan.steps.toSorted((a, b) => Number(holds(b, folder)) - Number(holds(a, folder)))
  const rows = [
    [root, root, 'none', 'bind'],
    ...steps.flatMap((step) => rowsOf(step, { view, number: covers.indexOf(step as never) })),
  ]
  const points = [
    { path: root, kind: 'folder' } as const,
    ...plan.points.map(({ path, kind }) => ({ path: inRoot(path), kind })),
    ...covers.flatMap((cover, index) => pointsOfCover(cover.target, cover.points, layerOf(view, index))),
  ]
  const lines = [
    `mount -t tmpfs -o mode=755 tmpfs ${shellWord(view)}`,
    makePoints(points),
    ...(plan.links.length === 0 ? [] : [`cp -P -- ${plan.links.map(shellWord).join(' ')} ${shellWord(`${root}/`)}`]),
    `(cd ${shellWord(folder)} && mount -a -T mounts)`,
    `(cd ${shellWord(root)} && pivot_root . . && umount -l . ${shellWord(view)})`,
    ...(readOnlyRoot ? ['mount -o remount,bind,ro /'] : []),
  ]
  // What the host has unmounted meanwhile is no fault.
  if (dropped.length > 0) lines.push(`{ umount -l ${dropped.map(shellWord).join(' ')} 2>/dev/null || :; }`)
  return { table: rows.map((row) => `${row.map(tableWord).join(' ')}\n`).join(''), lines }
}

/** Whether this is the folder at the top of the host in which the script's own is. */
function holds({ step, target }: MountStep, folder: string): boolean {
  return step === 'bind' && posix.dirname(target) === '/' && folder.startsWith(`${target}/`)
}

function layerOf(view: string, number: number): string {
  return posix.join(view, 'layers', String(number))
}

function rowsOf(
  step: MountStep,
  { view, number }: { readonly view: string; readonly number: number },
): (readonly string[])[] {
  const target = posix.join(view, 'root', step.target)
  if (step.step === 'bind') return [[step.source, target, 'none', step.readOnly ? 'rbind,ro' : 'rbind']]
  // Relative to the folder that mount(8) is run in, since a path of any sort cannot stand in these options.
  const layer = layerOf(posix.basename(view), number)
  return [
    [step.target, posix.join(layerOf(view, number), 'lower'), 'none', 'bind'],
    ['overlay', target, 'overlay', `lowerdir=${layer}/lower,upperdir=${layer}/upper,workdir=${layer}/work`],
  ]
}

function pointsOfCover(target: string, points: readonly MountPoint[], layer: string): MountPoint[] {
  const own = ['lower', 'upper', 'work'].map((name): MountPoint => ({ path: posix.join(layer, name), kind: 'folder' }))
  const inUpper = points.map(({ path, kind }) => ({
    path: posix.join(layer, 'upper', posix.relative(target, path)),
    kind,
  }))
  return [...own, ...inUpper]
}

function makePoints(points: readonly MountPoint[]): string {
  const folders = points.map(({ path, kind }) => (kind === 'folder' ? path : posix.dirname(path)))
  const files = points.filter(({ kind }) => kind === 'file').map(({ path }) => `: >${shellWord(path)}`)
  return [`mkdir -p -- ${[...new Set(folders)].map(shellWord).join(' ')}`, ...files].join(' && ')
}

/** A field of fstab(5). */
function tableWord(text: string): string {
  return text.replace(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)
}
