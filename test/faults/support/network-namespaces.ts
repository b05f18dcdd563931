import { spawnSync } from 'node:child_process'
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
    const enter = (name: string) => ['nsenter', `--net=/run/netns/${name}`]
    return {
      enter: { near: enter(near), far: enter(far) },
      nearAddress,
      plug: (state) => ip('-n', far, 'link', 'set', 'cable', state),
    }
  }
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
