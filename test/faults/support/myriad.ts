import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { ProcessFamily } from '../../../src/demo/process-family.ts'
import { removeAgentGroups } from '../../support/agent-groups.ts'
import { builtProgram, type RunningProgram } from '../../support/built-program.ts'
import { runCgroupRoot } from '../../support/run-traces.ts'

/** The product as users start it, in folders of its own. */
export interface Myriad {
  newFolder(): string
  /** Runs `myriad ARGS`; what it prints, on either output, are its lines. */
  start(...args: string[]): RunningProgram
  /** The same behind a command that becomes it, such as one that enters a namespace. */
  startBehind(command: readonly string[], ...args: string[]): RunningProgram
  /** A line that matches, as soon as it is printed; from line number `from` on. Fails when the program ends before. */
  line(program: RunningProgram, pattern: RegExp, from?: number): Promise<RegExpExecArray>
  /** Asks a server, and resolves with the data. Throws the first error. */
  ask<Data>(url: string, query: string, variables?: object): Promise<Data>
}

/** The data of a pod that `ask` is asked for. */
export interface PodView {
  readonly name: string
  readonly status: {
    readonly phase?: string
    readonly containerStatuses?: readonly {
      readonly restartCount: number
      readonly containerID?: string
      readonly state?: { readonly waiting?: { readonly reason: string; readonly message?: string } }
    }[]
  }
}

/** The token of the servers that need one. */
export const token = '0123456789abcdef'

const patienceMs = 15_000

/** Starts the product for the tests of a file; whatever is left of it after a test is killed, and its folders removed. */
export function myriad(): Myriad {
  const program = builtProgram(new URL('../../../src/main.ts', import.meta.url))
  const started: RunningProgram[] = []
  let first: string | undefined
  afterEach(async () => {
    first = undefined
    await Promise.all(started.splice(0).map(({ ended }) => ended))
  })
  // What is set up last is cleaned up first: that kills what the programs wait for.
  const newFolder = temporaryFolders()
  const startBehind: Myriad['startBehind'] = (command, ...args) => {
    // In a folder of this test, by which all that it starts is found again.
    const running = program.startIn((first ??= newFolder()), args, command)
    started.push(running)
    return running
  }
  return {
    newFolder,
    startBehind,
    start: (...args) => startBehind([], ...args),
    line,
    ask,
  }
}

/** A line that matches, as soon as it is printed; from line number `from` on. Fails when the program ends before. */
export async function line(program: RunningProgram, pattern: RegExp, from = 0): Promise<RegExpExecArray> {
  for (const until = performance.now() + patienceMs; ; ) {
    for (const text of program.lines.slice(from)) {
      const found = pattern.exec(text)
      if (found !== null) return found
    }
    const ended = program.process.exitCode ?? program.process.signalCode
    if (ended !== null || performance.now() > until) {
      throw new Error(`no line ${String(pattern)} (ended: ${ended}) in:\n${program.lines.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Folders for tests; after each they are removed, and whatever still works in them is killed. */
export function temporaryFolders(): () => string {
  const folders: string[] = []
  afterEach(async () => {
    for (const folder of folders.splice(0)) {
      await new ProcessFamily({ rootPid: -1, folder }).kill()
      await removeAgentGroups(folder, runCgroupRoot)
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'myriad-fault-'))
    folders.push(folder)
    return folder
  }
}

async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as {
    data?: Data
    errors?: { message: string; extensions: object }[]
  }
  if (errors?.[0] !== undefined) throw Object.assign(new Error(errors[0].message), errors[0].extensions)
  return data as Data
}
