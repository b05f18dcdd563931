import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { makeGroups } from '../agent/support/test-cgroups.ts'
import { cgroupRootVariable } from './run-traces.ts'

/**
 * Gives a run of tests a folder of its own for temporary files, and a cgroup below which its agents make theirs. All is
 * removed at the end, also when the run is interrupted or killed. A run that comes to its end and has left anything (a process,
 * a mount, a network namespace, a cgroup or a file) has failed. Returns what is to be done at the end.
 */
export function setup({ tmpDir }: TestProject): () => Promise<void> {
  const { TMPDIR: before } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'myriad-test-'))
  // As open to all users as the folder that it stands for.
  chmodSync(folder, 0o1777)
  const group = basename(folder)
  const script = fileURLToPath(new URL('../../scripts/sweep.mjs', import.meta.url))
  const sweeper = spawn(process.execPath, [script, folder, group, String(process.pid), tmpDir], {
    cwd: '/',
    // In a session of its own: the Ctrl-C that ends the run is not for the sweeper.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // The workers have these from here, and what they start has them from the workers.
  process.env.TMPDIR = folder
  if (makeGroups(`/${group}`).length > 0) process.env[cgroupRootVariable] = `/${group}`
  return async () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    sweeper.stdin.end('finished')
    const left = await text(sweeper.stdout)
    if (left === '') return
    process.exitCode = 1
    throw new Error(`the tests have left behind what is removed now:\n${left}`)
  }
}
