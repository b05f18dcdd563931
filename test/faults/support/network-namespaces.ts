import { spawnSync } from 'node:child_process'
import { afterEach } from 'vitest'

/** Programs of the system (iproute2, util-linux). */
const [configurer, enterer] = ['ip', 'nsenter']

/** Two network namespaces with a cable between them, of which the test holds the plug. */
export interface CabledNamespaces {
  /** What runs a program in the namespace of the one, or of the other. */
  readonly enter: { readonly near: readonly string[]; readonly far: readonly string[] }
  readonly nearAddress: string
  readonly plug: (state: 'up' | 'down') => void
}

/** What this machine lacks for network namespaces; undefined when it has all. */
export const namespaceLack: string | undefined = findLack()

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
      ip('netns', 'add', name)
      made.push(name)
    }
    ip('-n', near, 'link', 'add', 'name', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', far)
    ip('-n', near, 'address', 'add', `${nearAddress}/24`, 'dev', 'cable')
    ip('-n', far, 'address', 'add', '10.99.0.2/24', 'dev', 'cable')
    for (const name of [near, far]) for (const device of ['lo', 'cable']) ip('-n', name, 'link', 'set', device, 'up')
    const enter = (name: string) => [enterer, `--net=/run/netns/${name}`]
    return {
      enter: { near: enter(near), far: enter(far) },
      nearAddress,
      plug: (state) => ip('-n', far, 'link', 'set', 'cable', state),
    }
  }
}

function findLack(): string | undefined {
  if (process.platform !== 'linux') return 'Linux'
  if (process.geteuid?.() !== 0) return 'root'
  if (spawnSync(enterer, ['--version']).status !== 0) return 'nsenter'
  const name = `myriad-probe-${process.pid}`
  if (spawnSync(configurer, ['netns', 'add', name]).status !== 0)
    return 'ip(8), or the right to make network namespaces'
  const hasVeth =
    spawnSync(configurer, ['-n', name, 'link', 'add', 'name', 'one', 'type', 'veth', 'peer', 'name', 'two']).status ===
    0
  ip('netns', 'delete', name)
  return hasVeth ? undefined : 'veth devices'
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync(configurer, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
