import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { missingForTestMachine } from '../../agent/network/test-machine.ts'
import { rememberNamespaces } from '../../support/run-traces.ts'

/** Two network namespaces with a cable between them, of which the test holds the plug. */
export interface CabledNamespaces {
  /** What runs a program in the namespace of the one, or of the other. */
  readonly enter: { readonly near: readonly string[]; readonly far: readonly string[] }
  readonly nearAddress: string
  readonly plug: (state: 'up' | 'down') => void
}

/** What this machine lacks for network namespaces; undefined when it has all. */
export const namespaceLack: string | undefined = missingForTestMachine()

const nearAddress = '10.99.0.1'

/** Makes namespaces that are removed after each test. Only where nothing is lacking. */
export function cabledNamespaces(): () => CabledNamespaces {
  const made: string[] = []
  afterEach(() => {
    for (const name of made.splice(0)) ip('netns', 'delete', name)
  })
  return () => {
    const [near, far] = [`myriad-near-${process.pid}`, `myriad-far-${process.pid}`]
    for (const name of [near, far]) {
      rememberNamespaces(name)
      ip('netns', 'add', name)
      made.push(name)
    }
    ip('-n', near, 'link', 'add', 'name', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', far)
    ip('-n', near, 'address', 'add', `${nearAddress}/24`, 'dev', 'cable')
    ip('-n', far, 'address', 'add', '10.99.0.2/24', 'dev', 'cable')
    for (const name of [near, far]) for (const device of ['lo', 'cable']) ip('-n', name, 'link', 'set', device, 'up')
    return {
      enter: { near: enterOf(near), far: enterOf(far) },
      nearAddress,
      plug: (state) => ip('-n', far, 'link', 'set', 'cable', state),
    }
  }
}

/** A network namespace with a cable to each of several others, of which the test holds the plugs. */
export interface StarNetwork {
  readonly hub: { readonly enter: readonly string[] }
  readonly ends: readonly {
    readonly enter: readonly string[]
    /** The address of the hub as this end sees it. */
    readonly hubAddress: string
    plug(state: 'up' | 'down'): void
  }[]
  /** A URL by which this process reaches a port of the hub. */
  lead(port: number, folder: string): Promise<string>
}

/** Makes such networks, which are removed after each test. Only where nothing is lacking. */
export function starNetworks(): (endsCount: number) => StarNetwork {
  const made: string[] = []
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
    for (const name of made.splice(0)) ip('netns', 'delete', name)
  })
  const add = (name: string): string => {
    ip('netns', 'add', name)
    made.push(name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
    return name
  }
  return (endsCount) => {
    const hub = add(`myriad-hub-${process.pid}`)
    return {
      hub: { enter: enterOf(hub) },
      ends: Array.from({ length: endsCount }, (_, index) => {
        const [name, cable] = [add(`myriad-end${index}-${process.pid}`), `cable${index}`]
        ip('-n', hub, 'link', 'add', 'name', cable, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name)
        ip('-n', hub, 'address', 'add', `10.99.${index}.1/24`, 'dev', cable)
        ip('-n', name, 'address', 'add', `10.99.${index}.2/24`, 'dev', 'cable')
        ip('-n', hub, 'link', 'set', cable, 'up')
        ip('-n', name, 'link', 'set', 'cable', 'up')
        const plug = (state: 'up' | 'down') => ip('-n', name, 'link', 'set', 'cable', state)
        return { enter: enterOf(name), hubAddress: `10.99.${index}.1`, plug }
      }),
      lead: (port, folder) => lead(hub, port, { folder, ends }),
    }
  }
}

/** Passes what comes to a socket in the file system, which all network namespaces share, on to a port of its own. */
const relay = `
const { connect, createServer } = require('node:net')
const [path, port] = process.argv.slice(1)
createServer((from) => {
  const to = connect(Number(port), '127.0.0.1')
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy()).on('close', () => other.destroy()).pipe(other)
}).listen(path, () => console.log('listens'))
`

interface Leading {
  readonly folder: string
  readonly ends: (() => Promise<unknown>)[]
}

async function lead(hub: string, port: number, { folder, ends }: Leading): Promise<string> {
  const socket = join(folder, 'hub.sock')
  const [command = '', ...words] = enterOf(hub)
  const child = spawn(command, [...words, process.execPath, '-e', relay, socket, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  ends.push(() => {
    child.kill('SIGKILL')
    return exited
  })
  await once(child.stdout, 'data')
  const server: Server = createServer((from) => {
    const to = connect(socket)
    from.on('error', () => to.destroy()).on('close', () => to.destroy())
    to.on('error', () => from.destroy()).on('close', () => from.destroy())
    from.pipe(to).pipe(from)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(async () => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function enterOf(namespace: string): readonly string[] {
  return ['nsenter', `--net=/run/netns/${namespace}`]
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
