import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findProgram } from '../../../src/agent/find-program.ts'
import { defaultPath } from '../../../src/agent/runtimes/process/shim.ts'
import { rememberNamespaces } from '../../support/run-traces.ts'

/** What a machine of its own for a test needs and this one lacks; undefined when it has it all. */
export function missingForTestMachine(): string | undefined {
  if (process.platform !== 'linux') return 'Linux'
  if (process.getuid?.() !== 0) return 'root'
  const missing = ['ip', 'nsenter'].find((name) => findProgram(name, defaultPath) === undefined)
  if (missing !== undefined) return `the program ${missing}`
  const name = `mt-${process.pid}-try`
  rememberNamespaces(name)
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' })
  } catch {
    return 'the right to make network namespaces'
  }
  const kinds = [['bridge'], ['veth', 'peer', 'name', 'other']]
  const unknown = kinds.find(
    (kind) =>
      spawnSync('ip', ['-n', name, 'link', 'add', 'dev', 'try', 'type', ...kind]).status !== 0 ||
      spawnSync('ip', ['-n', name, 'link', 'delete', 'dev', 'try']).status !== 0,
  )
  execFileSync('ip', ['netns', 'delete', name])
  return unknown === undefined ? undefined : `network interfaces of the kind ${unknown[0]}`
}

/** A network namespace that stands for a machine: nothing in it reaches anything outside of it. */
export interface TestMachine {
  /** An address of it beside the loopback one. */
  readonly address: string
  /** The command that executes what follows on this machine. */
  readonly enter: readonly string[]
  /** Runs a program to its end on this machine; what it has printed. */
  run(program: string, ...args: string[]): string
  /** The names of its network interfaces. */
  links(): string[]
  /** Another machine in the network of `lan0`. Nothing leads from it to the pods of this one. */
  addNeighbour(): { readonly address: string; readonly enter: readonly string[] }
  /** A URL under which a server of this process, on a port of the loopback address, is reached from the machine. */
  lead(url: string): Promise<string>
  close(): Promise<void>
}

/** Passes connections to a port of the machine on to a socket in the file system, which all network namespaces share. */
const proxy = `
const { connect, createServer } = require('node:net')
const server = createServer((from) => {
  const to = connect(process.argv[1])
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy()).on('close', () => other.destroy()).pipe(other)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

/** Makes a machine; its interface `lan0` has the address. */
export function makeTestMachine(name: string): TestMachine {
  const address = '192.0.2.77'
  const enter = ['nsenter', `--net=/run/netns/${name}`]
  const folder = mkdtempSync(join(tmpdir(), 'machine-'))
  const ends: (() => Promise<unknown>)[] = []
  const run = (program: string, ...args: string[]): string => {
    const [file = '', ...words] = [...enter, program, ...args]
    return execFileSync(file, words, { encoding: 'utf8' })
  }
  rememberNamespaces(name)
  execFileSync('ip', ['netns', 'add', name])
  run('ip', 'link', 'set', 'dev', 'lo', 'up')
  run('ip', 'link', 'add', 'dev', 'lan0', 'type', 'veth', 'peer', 'name', 'lan1')
  run('ip', 'address', 'add', `${address}/24`, 'dev', 'lan0')
  for (const link of ['lan0', 'lan1']) run('ip', 'link', 'set', 'dev', link, 'up')
  return {
    address,
    enter,
    run,
    links: () =>
      run('cat', '/proc/self/net/dev')
        .match(/^\s*[^\s:|]+(?=:)/gm)
        ?.map((link) => link.trim()) ?? [],
    addNeighbour: () => {
      const neighbour = `${name}-b`
      rememberNamespaces(neighbour)
      execFileSync('ip', ['netns', 'add', neighbour])
      ends.push(() => Promise.resolve(execFileSync('ip', ['netns', 'delete', neighbour])))
      run('ip', 'link', 'set', 'dev', 'lan1', 'netns', neighbour)
      const other = { address: '192.0.2.78', enter: ['nsenter', `--net=/run/netns/${neighbour}`] }
      const [file = '', ...words] = other.enter
      execFileSync(file, [...words, 'ip', 'address', 'add', `${other.address}/24`, 'dev', 'lan1'])
      execFileSync(file, [...words, 'ip', 'link', 'set', 'dev', 'lan1', 'up'])
      return other
    },
    lead: async (url) => {
      const { port, pathname } = new URL(url)
      const socket = join(folder, 'socket')
      const outside = createServer((from) => {
        const to = connect(Number(port), '127.0.0.1')
        from
          .on('error', () => to.destroy())
          .on('close', () => to.destroy())
          .pipe(to)
        to.on('error', () => from.destroy())
          .on('close', () => from.destroy())
          .pipe(from)
      }).listen(socket)
      await once(outside, 'listening')
      const [file, ...words] = [...enter, process.execPath, '-e', proxy, socket]
      const inside = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] })
      const [line] = (await once(createInterface(inside.stdout), 'line')) as [string]
      ends.push(async () => {
        const exited = once(inside, 'exit')
        inside.kill('SIGKILL')
        await exited
        outside.close()
      })
      return `http://127.0.0.1:${line}${pathname}`
    },
    close: async () => {
      for (const end of ends) await end()
      execFileSync('ip', ['netns', 'delete', name])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The network namespaces of the pods whose agents keep their files in such a folder, by their names. */
export function namespacesBeginningWith(prefix: string): string[] {
  return readdirSync('/run/netns').filter((name) => name.startsWith(prefix))
}
