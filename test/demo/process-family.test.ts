import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { ProcessFamily } from '../../src/demo/process-family.ts'
import { listProcesses, type ProcessRow, parseProcessList } from '../../src/demo/process-table.ts'

const folder = '/tmp/none'

function family(...moments: ProcessRow[][]) {
  return new ProcessFamily({ rootPid: 10, folder, list: () => Promise.resolve(moments.shift() ?? []) })
}

function row(pid: number, parentPid: number, startedAt = String(pid)): ProcessRow {
  return { pid, parentPid, startedAt }
}

function pids(rows: readonly ProcessRow[]): number[] {
  return rows.map(({ pid }) => pid).sort((a, b) => a - b)
}

it('the members are the first process and all that descend from it', async () => {
  expect(pids(await family([row(1, 0), row(12, 11), row(11, 10), row(10, 1), row(20, 1)]).observe())).toEqual([
    10, 11, 12,
  ])
})

it('a member that has lost its parent stays one', async () => {
  const members = family([row(10, 1), row(11, 10), row(12, 11)], [row(12, 1), row(13, 12), row(20, 1)])
  await members.observe()
  expect(pids(await members.observe())).toEqual([12, 13])
})

it('another process with the number of an ended member is no member', async () => {
  const members = family([row(10, 1), row(11, 10)], [row(10, 1, 'later'), row(11, 1, 'later')])
  await members.observe()
  expect(await members.observe()).toEqual([])
})

it('what works in the folder of the family is a member whoever its parent is', async () => {
  const inside = { ...row(30, 1), workingFolder: `${folder}/pods/web (deleted)` }
  const beside = { ...row(31, 1), workingFolder: `${folder}-beside` }
  expect(pids(await family([inside, beside]).observe())).toEqual([30])
})

it('the list of ps is read without what has already ended', () => {
  const text = '    1     0 Ss   Fri Nov 20 11:00:00 2026\n   42     1 Z    Fri Nov 20 11:00:01 2026\n'
  expect(parseProcessList(text)).toEqual([{ pid: 1, parentPid: 0, startedAt: 'Fri Nov 20 11:00:00 2026' }])
})

it('a real process and its child are found and killed', async () => {
  const program = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6); console.log(1)'], { stdio: 'inherit' })`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const members = new ProcessFamily({ rootPid: child.pid ?? 0, folder })
  expect(await members.observe()).toHaveLength(2)
  expect(await members.kill()).toEqual([])
  expect((await listProcesses()).some(({ pid }) => pid === child.pid)).toBe(false)
})
