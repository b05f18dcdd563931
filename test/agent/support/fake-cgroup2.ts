import { basename, dirname } from 'node:path'
import type { CgroupFiles } from '../../../src/agent/cgroups/cgroup-files.ts'

interface Group {
  readonly processes: Set<string>
  /** Controllers that the groups below have. */
  readonly handedOn: Set<string>
  readonly values: Map<string, string>
}

const ownFiles = new Set(['cgroup.procs', 'cgroup.controllers', 'cgroup.subtree_control', 'cgroup.kill'])
const controllerFiles: Readonly<Record<string, readonly string[]>> = {
  cpu: ['cpu.weight', 'cpu.max'],
  memory: ['memory.max', 'memory.current', 'memory.stat', 'memory.events', 'memory.oom.group'],
  pids: ['pids.max'],
}

/**
 * A hierarchy of cgroup version 2 in memory with the kernel's rules (cgroup-v2.rst): a group has the controllers that its
 * parent hands on, and one that hands controllers on has no processes, unless it is the root.
 */
export class FakeCgroup2 implements CgroupFiles {
  readonly mount: string
  readonly groups = new Map<string, Group>()
  /** Groups below which others may be made; all when empty. */
  writable: string[] = []
  readonly #controllers: readonly string[]
  readonly #isRoot: boolean

  /** With `isRoot: false` the mount shows only a part of the machine, as in a container. */
  constructor(mount: string, { controllers = ['cpu', 'memory', 'pids'], isRoot = true } = {}) {
    this.mount = mount
    this.#controllers = controllers
    this.#isRoot = isRoot
    this.groups.set(mount, newGroup())
  }

  /** Makes a group as somebody else would. */
  put(folder: string, processes: readonly string[] = []): void {
    if (folder !== this.mount && !this.groups.has(dirname(folder))) this.put(dirname(folder))
    const group = this.groups.get(folder) ?? newGroup()
    for (const pid of processes) group.processes.add(pid)
    this.groups.set(folder, group)
  }

  valueOf(file: string): string | undefined {
    return this.groups.get(dirname(file))?.values.get(basename(file))
  }

  has(file: string): boolean {
    const name = basename(file)
    const folder = dirname(file)
    if (!this.groups.has(folder)) return false
    return ownFiles.has(name) || this.#controllersOf(folder).some((one) => controllerFiles[one]?.includes(name))
  }

  read(file: string): string | null {
    if (!this.has(file)) return null
    const folder = dirname(file)
    const group = this.#group(folder)
    if (file.endsWith('cgroup.procs')) return [...group.processes].map((pid) => `${pid}\n`).join('')
    if (file.endsWith('cgroup.controllers')) return `${this.#controllersOf(folder).join(' ')}\n`
    if (file.endsWith('cgroup.subtree_control')) return `${[...group.handedOn].join(' ')}\n`
    return group.values.get(basename(file)) ?? ''
  }

  write(file: string, value: string): void {
    const folder = dirname(file)
    if (!this.has(file)) throw fault('ENOENT', file)
    if (!this.#isWritable(folder)) throw fault('EACCES', file)
    if (file.endsWith('cgroup.procs')) this.#move(value, folder)
    else if (file.endsWith('cgroup.subtree_control')) this.#handOn(folder, value)
    else if (file.endsWith('cgroup.kill')) this.#group(folder).processes.clear()
    else this.#group(folder).values.set(basename(file), value)
  }

  make(folder: string): void {
    if (!this.groups.has(dirname(folder))) throw fault('ENOENT', folder)
    if (!this.#isWritable(dirname(folder))) throw fault('EACCES', folder)
    if (!this.groups.has(folder)) this.groups.set(folder, newGroup())
  }

  remove(folder: string): boolean {
    const group = this.groups.get(folder)
    if (group === undefined) return true
    if (group.processes.size > 0 || this.groupsIn(folder).length > 0) return false
    this.groups.delete(folder)
    return true
  }

  groupsIn(folder: string): string[] {
    return [...this.groups.keys()]
      .filter((path) => path !== folder && dirname(path) === folder)
      .map((path) => basename(path))
  }

  tryJoining(folder: string): void {
    if (!this.#isWritable(folder)) throw fault('EACCES', folder)
    if (this.#group(folder).handedOn.size > 0) throw fault('EBUSY', folder)
  }

  #controllersOf(folder: string): readonly string[] {
    return folder === this.mount ? this.#controllers : [...this.#group(dirname(folder)).handedOn]
  }

  #group(folder: string): Group {
    const group = this.groups.get(folder)
    if (group === undefined) throw fault('ENOENT', folder)
    return group
  }

  #move(pid: string, folder: string): void {
    if (this.#group(folder).handedOn.size > 0) throw fault('EBUSY', folder)
    for (const { processes } of this.groups.values()) processes.delete(pid)
    this.#group(folder).processes.add(pid)
  }

  #handOn(folder: string, value: string): void {
    const group = this.#group(folder)
    const isInner = folder !== this.mount || !this.#isRoot
    for (const word of value.split(' ')) {
      if (!this.#controllersOf(folder).includes(word.slice(1))) throw fault('ENOENT', folder)
      if (isInner && group.processes.size > 0) throw fault('EBUSY', folder)
      group.handedOn.add(word.slice(1))
    }
  }

  #isWritable(folder: string): boolean {
    return this.writable.length === 0 || this.writable.some((one) => folder === one || folder.startsWith(`${one}/`))
  }
}

function newGroup(): Group {
  return { processes: new Set(), handedOn: new Set(), values: new Map() }
}

function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
