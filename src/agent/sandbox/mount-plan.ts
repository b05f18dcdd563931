import { posix } from 'node:path'

/** A file or folder of the host that a container sees at `target`. */
export interface Mount {
  readonly source: string
  readonly target: string
  readonly kind: 'folder' | 'file'
  readonly readOnly?: boolean
}

/** What is at a path of the host, a link as such. */
export type HostEntry =
  | { readonly kind: 'folder' | 'file' }
  | { readonly kind: 'link'; readonly to: string }
  | { readonly kind: 'nothing' }

/** What the plan may know of the host. */
export interface HostTree {
  look(path: string): HostEntry
  /** The names in `/`. */
  readonly top: readonly string[]
  readonly mountPoints: readonly string[]
}

/** What a container shall see. */
export interface MountWish {
  readonly mounts: readonly Mount[]
  /** Folders that must be there, and are made where only this container sees them if they are not. */
  readonly folders: readonly string[]
  /** Folders of the pod's own on the host: they stay those of the host where one above them has to be covered, and what is missing in them is made there. */
  readonly kept: readonly string[]
  readonly readOnlyRoot: boolean
}

/** Something that has to be there so that something can be mounted on it. */
export interface MountPoint {
  readonly path: string
  readonly kind: 'folder' | 'file'
}

/** One mount, in the order in which they are made; paths of `target` are the container's. */
export type MountStep =
  | { readonly step: 'bind'; readonly source: string; readonly target: string; readonly readOnly: boolean }
  | { readonly step: 'cover'; readonly target: string; readonly points: readonly MountPoint[] }

/**
 * How a container comes to see what it shall: a root of its own in memory, in which everything at the top of the host is
 * bound, so that a folder which the host does not have can be made without a trace; a folder further down that lacks
 * something is covered by a copy-on-write view of itself.
 */
export interface MountPlan {
  /** To be made in volumes, on the host. */
  readonly make: readonly MountPoint[]
  /** Links at the top of the host, which are copied. */
  readonly links: readonly string[]
  /** To be made in the new root, which is empty. */
  readonly points: readonly MountPoint[]
  readonly steps: readonly MountStep[]
}

/** Paths that stay writable when the root is not: they are no files of a disk. */
const systemFolders = ['/dev', '/proc', '/sys']
const linksMax = 40

/** Plans the mounts of a container. Throws one sentence when a mount point cannot be, for example below a file. */
export function planMounts(wish: MountWish, host: HostTree): MountPlan {
  const plan = new PlanInMaking(wish, host)
  const byDepth = wish.mounts.toSorted((a, b) => depthOf(a.target) - depthOf(b.target))
  for (const mount of byDepth) plan.mount(mount)
  for (const folder of wish.folders) plan.reach({ path: folder, kind: 'folder' })
  return plan.finish()
}

/** Throws one sentence for a mount point that no container can do with: its machine's files are to be seen in it, and its processes. */
export function checkMountPoint(path: string): void {
  const [first] = namesOf(path)
  if (first === undefined)
    throw new Error(`nothing can be mounted on "${path}": the rest of the container would be hidden`)
  if (first === 'proc') throw new Error(`nothing can be mounted on "${path}": it is inside /proc`)
}

/** Where a path of the container lies on the host, links not followed. */
export function hostPathOf(path: string, mounts: readonly Mount[]): string {
  const over = mounts
    .filter(({ target }) => isWithin(path, target))
    .toSorted((a, b) => b.target.length - a.target.length)[0]
  return over === undefined ? path : posix.join(over.source, path.slice(over.target.length))
}

class PlanInMaking {
  readonly #wish: MountWish
  readonly #host: HostTree
  readonly #made: Mount[] = []
  readonly #make: MountPoint[] = []
  readonly #points: MountPoint[] = []
  readonly #covers = new Map<string, MountPoint[]>()

  constructor(wish: MountWish, host: HostTree) {
    this.#wish = wish
    this.#host = host
  }

  mount(mount: Mount): void {
    const target = this.reach({ path: mount.target, kind: mount.kind })
    checkMountPoint(target)
    this.#made.push({ ...mount, target })
  }

  /** Sees to it that a path is there. The path without links. */
  reach({ path, kind }: MountPoint): string {
    const { resolved, missing } = this.#resolve(path)
    const full = posix.join(resolved, ...missing)
    if (missing.length === 0) {
      const found = this.#look(resolved).kind
      if (found !== kind) throw new Error(`"${path}" is ${found === 'folder' ? 'a folder' : 'no folder'}`)
      return full
    }
    if (this.#look(resolved).kind !== 'folder') throw new Error(`"${path}" cannot be made: "${resolved}" is no folder`)
    const own = [...this.#made.map(({ target }) => target), ...this.#wish.kept]
    const base = this.#baseOf(resolved)
    if (own.some((folder) => isWithin(resolved, folder))) this.#make.push({ path: hostPathOf(full, this.#made), kind })
    else if (base === '/') this.#points.push({ path: full, kind })
    else this.#covers.set(base, [...(this.#covers.get(base) ?? []), { path: full, kind }])
    return full
  }

  finish(): MountPlan {
    const links: string[] = []
    const roots: MountStep[] = []
    const rootPoints: MountPoint[] = []
    for (const name of this.#host.top) {
      const path = `/${name}`
      const entry = this.#host.look(path)
      if (entry.kind === 'link') links.push(path)
      else if (entry.kind !== 'nothing') {
        rootPoints.push({ path, kind: entry.kind })
        roots.push(this.#ofHost(path))
      }
    }
    const covers = [...this.#covers].map(([target, points]): MountStep => ({ step: 'cover', target, points }))
    const mounts = this.#made.map(
      ({ source, target, readOnly = false }): MountStep => ({ step: 'bind', source, target, readOnly }),
    )
    const steps = [...roots, ...this.#kept().map((path) => this.#ofHost(path)), ...covers, ...mounts]
    return {
      make: this.#make,
      links,
      points: [...rootPoints, ...this.#points],
      steps: steps.toSorted((a, b) => depthOf(a.target) - depthOf(b.target)),
    }
  }

  /** What would be hidden by a cover, or would stay writable in a root that is not. */
  #kept(): string[] {
    const covered = [...this.#covers.keys()]
    const hidden = [...this.#host.mountPoints, ...this.#wish.kept].filter((path) =>
      covered.some((folder) => path !== folder && isWithin(path, folder)),
    )
    const writable = this.#wish.readOnlyRoot
      ? this.#host.mountPoints.filter((path) => depthOf(path) > 1 && !isOfSystem(path))
      : []
    return [...new Set([...hidden, ...writable])]
  }

  #ofHost(path: string): MountStep {
    return { step: 'bind', source: path, target: path, readOnly: this.#wish.readOnlyRoot && !isOfSystem(path) }
  }

  /** The deepest folder at or above a path, which has no links, that the host has. */
  #baseOf(path: string): string {
    return path === '/' || this.#host.look(path).kind === 'folder' ? path : this.#baseOf(posix.dirname(path))
  }

  /** Follows links as far as the path is there. */
  #resolve(path: string): { readonly resolved: string; readonly missing: string[] } {
    let names = namesOf(path)
    let resolved = '/'
    for (let links = 0; names.length > 0; ) {
      const [name = '', ...rest] = names
      const next = posix.join(resolved, name)
      const entry = this.#look(next)
      if (entry.kind === 'nothing') return { resolved, missing: names }
      if (entry.kind === 'link') {
        links += 1
        if (links > linksMax) throw new Error(`"${path}" leads through too many links`)
        names = [...namesOf(posix.resolve(resolved, entry.to)), ...rest]
        resolved = '/'
      } else {
        names = rest
        resolved = next
      }
    }
    return { resolved, missing: [] }
  }

  #look(path: string): HostEntry {
    const isMade = (points: readonly MountPoint[]): MountPoint | undefined =>
      points.find((point) => point.path === path || (point.kind === 'folder' && isWithin(point.path, path)))
    const made = isMade([...this.#points, ...[...this.#covers.values()].flat()])
    const mounted = this.#made.find(({ target }) => target === path)
    if (mounted !== undefined) return { kind: mounted.kind }
    if (made !== undefined) return { kind: made.path === path ? made.kind : 'folder' }
    const hostPath = hostPathOf(path, this.#made)
    const asked = this.#make.find((point) => point.path === hostPath)
    return asked === undefined ? this.#host.look(hostPath) : { kind: asked.kind }
  }
}

function isOfSystem(path: string): boolean {
  return systemFolders.some((folder) => isWithin(path, folder))
}

/** Whether a path is a folder or lies below it. */
function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

function namesOf(path: string): string[] {
  return posix.normalize(path).split('/').filter(Boolean)
}

function depthOf(path: string): number {
  return namesOf(path).length
}
