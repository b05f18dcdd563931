import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { root, setup } from '../../../scripts/setup.mjs'
import { findProgram } from '../../../src/agent/find-program.ts'
import { type Client, connect } from '../../../src/client/client.ts'
import { ProcessFamily } from '../../../src/demo/process-family.ts'
import { line } from '../../faults/support/myriad.ts'
import { removeAgentGroups } from '../../support/agent-groups.ts'
import { builtProgram, type RunningProgram, run } from '../../support/built-program.ts'
import { runCgroupRoot } from '../../support/run-traces.ts'

/** The token that examples have, for servers that want one. */
export const token = 'a-token-of-16-or-more'

/** Runs an example with its arguments against the server at an address; its lines are those of both outputs. */
export type RunExample = (url: string, ...args: string[]) => RunningProgram

/** An example of this name, for the tests of a file. What still runs after a test is ended. */
export function example(name: string): RunExample {
  const program = builtProgram(new URL(`../../../client-examples/${name}.ts`, import.meta.url))
  return ended((url, ...args) => program.startIn(tmpdir(), args, ['env', `MYRIAD_URL=${url}`, `MYRIAD_TOKEN=${token}`]))
}

/** What the script needs and this machine has not. */
export const missingProgram = ['bash', 'curl'].find(
  (name) => findProgram(name, process.env['PATH'] ?? '') === undefined,
)

/** The same by `npm run example`. */
export function exampleByScript(name: string): RunExample {
  beforeAll(setup, 120_000)
  const script = join(root, 'scripts/example.mjs')
  return ended((url, ...args) =>
    run(
      spawn('sh', ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, script, name, ...args], {
        env: { ...process.env, MYRIAD_URL: url, MYRIAD_TOKEN: token },
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ),
  )
}

function ended(start: RunExample): RunExample {
  const started: RunningProgram[] = []
  afterEach(async () => {
    for (const { process } of started) process.kill()
    await Promise.all(started.splice(0).map(({ ended }) => ended))
  })
  return (...words) => {
    const running = start(...words)
    started.push(running)
    return running
  }
}

/** A control plane with one agent on the machine `local`. */
export interface Cluster {
  readonly url: string
  readonly client: Client
}

/** A cluster for all tests of a file; what still runs in it at the end is killed. */
export function clusterForAll(...flags: string[]): () => Cluster {
  const product = builtProgram(new URL('../../../src/main.ts', import.meta.url))
  let folder: string
  let cluster: Cluster
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'myriad-examples-'))
    const network = ['--node-name', 'local', '--pod-network', 'loopback']
    const up = product.startIn(folder, ['up', '--data', folder, '--port', '0', ...network, ...flags])
    const [, url = ''] = await line(up, /Playground\s+(\S+)/)
    cluster = { url, client: connect({ url }) }
  })
  afterAll(async () => {
    cluster.client.close()
    await new ProcessFamily({ rootPid: -1, folder }).kill()
    await removeAgentGroups(folder, runCgroupRoot)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })
  return () => cluster
}
