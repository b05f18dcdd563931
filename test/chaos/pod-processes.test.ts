import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import type { LogEntry } from './ledger.ts'
import { findProcessFaults } from './pod-processes.ts'

let folder: string
let started: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'pod-processes-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) await end(child)
  rmSync(folder, { recursive: true, force: true })
})

async function start(place: string, script = 'exec sleep 1000'): Promise<ChildProcess> {
  const cwd = join(folder, 'nodes/n1/pods/default_p_uid', place)
  mkdirSync(cwd, { recursive: true })
  const child = spawn('sh', ['-c', `echo; ${script}`], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(child)
  await once(child.stdout, 'data')
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** The newest version of a pod that is told to run as a process. */
function running({ pid = 0 }: ChildProcess): LogEntry {
  const containerID = `process://${pid}-${startTicksOf(pid)}`
  const status = { phase: 'Running', containerStatuses: [{ restartCount: 0, containerID, state: { running: {} } }] }
  const object = { metadata: { name: 'p', uid: 'uid' }, status }
  return { revision: 1, type: 'MODIFIED', kind: 'Pod', uid: 'uid', actor: 'system:node:n1', at: 0, object }
}

describe.skipIf(process.platform !== 'linux')('processes of pods (needs /proc)', () => {
  it('that are told of are as they should be', async () => {
    const child = await start('main')
    expect(await findProcessFaults([running(child)], folder)).toEqual([])
  })

  it('that are told of and do not run are a fault', async () => {
    const child = await start('main')
    const entry = running(child)
    await end(child)
    expect(await findProcessFaults([entry], folder)).toEqual([expect.stringMatching(/^pod p is told to run as/)])
  })

  it.each([
    ['a second one of a pod', 'main'],
    ['a shim without a container', '.runs/main/0'],
  ])('that nobody tells of are a fault: %s', async (_, place) => {
    const [one, other] = [await start('main'), await start(place)]
    const faults = await findProcessFaults([running(one)], folder)
    expect(faults).toEqual([expect.stringMatching(`^process ${other.pid} in .* belongs to no running pod$`)])
  })
})
