import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findProgram } from '../../../src/agent/find-program.ts'
import { linkNames } from '../../../src/agent/network/link-names.ts'
import { defaultPath } from '../../../src/agent/runtimes/process/shim.ts'
import { builtProgram, type RunningProgram } from '../../support/built-program.ts'
import { rememberNamespaces } from '../../support/run-traces.ts'
import { logLines } from '../support/container-log.ts'
import { FakeDoor } from '../support/fake-door.ts'
import { type DoorServer, serveDoor } from '../support/graphql-server.ts'
import { pod } from '../support/pod.ts'
import { until } from '../support/until.ts'
import { makeTestMachine, missingForTestMachine, type TestMachine } from './test-machine.ts'

const program = ['iptables', 'nft'].find((name) => findProgram(name, defaultPath) !== undefined)
const missing = missingForTestMachine() ?? (program === undefined ? 'iptables and nft' : undefined)
const agentProgram = builtProgram(new URL('../programs/agent.ts', import.meta.url))
let machine: TestMachine
let door: FakeDoor
let server: DoorServer
let url: string
let dataFolder: string
let neighbour: ChildProcess
let neighbourAddress: string
const agents: RunningProgram[] = []

/** Answers with the address that it sees. */
const echo = `
require('node:http').createServer((request, response) => response.end(request.socket.remoteAddress))
  .listen(8080, '0.0.0.0', () => console.log('listening'))`
const ask = `fetch(process.argv[1]).then((response) => response.text()).then(console.log)`

async function startAgent(...args: string[]): Promise<RunningProgram> {
  const before = door.subscriptions
  rememberNamespaces(`${linkNames(join(dataFolder, 'nodes/box')).namespaceOf('')}*`)
  const agent = agentProgram.startBy(machine.enter, url, dataFolder, '--pod-network=namespace', ...args)
  agents.push(agent)
  await until('the agent follows its assignments', () => door.subscriptions > before)
  return agent
}

/** The rules for packets of this machine that say anything of the bridge of the agent. */
function rules(): string[] {
  const { bridge } = linkNames(join(dataFolder, 'nodes/box'))
  const lists =
    program === 'nft'
      ? [['nft', 'list', 'ruleset']]
      : [
          ['iptables', '-S'],
          ['iptables', '-t', 'nat', '-S'],
        ]
  const lines = lists.flatMap(([file = '', ...words]) => machine.run(file, ...words).split('\n'))
  return lines.filter((line) => line.includes(bridge))
}

const forwarding = (): string => machine.run('cat', '/proc/sys/net/ipv4/ip_forward').trim()

const lack = missing === undefined ? '' : ` (skipped, as this machine lacks ${missing})`
describe.skipIf(missing !== undefined)(`the way out of pods${lack}`, () => {
  beforeEach(async () => {
    machine = makeTestMachine(`mt-w${process.pid}`)
    const { address, enter } = machine.addNeighbour()
    neighbourAddress = address
    const [file = '', ...words] = enter
    neighbour = spawn(file, [...words, process.execPath, '-e', echo], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(neighbour.stdout as NodeJS.ReadableStream, 'data')
    door = new FakeDoor()
    server = await serveDoor(door, 'token')
    url = await machine.lead(server.url)
    dataFolder = mkdtempSync(join(tmpdir(), 'way-out-'))
  })
  afterEach(async () => {
    for (const agent of agents) agent.process.kill('SIGTERM')
    await Promise.all(agents.splice(0).map(({ ended }) => ended))
    const exited = once(neighbour, 'exit')
    neighbour.kill('SIGKILL')
    await exited
    await server.close()
    await machine.close()
    rmSync(dataFolder, { recursive: true, force: true })
  })

  it('leads to other machines under the address of their own, and nothing is left of it in the end', async () => {
    expect(forwarding()).toBe('0')
    const first = await startAgent()
    const command = [process.execPath, '-e', ask, `http://${neighbourAddress}:8080`]
    const containers = [{ name: 'main', image: 'none', command }]
    door.put(pod('p', { nodeName: 'box', containers, restartPolicy: 'Never' }))
    const log = join(dataFolder, 'nodes/box/pods/default_p_uid-p')
    await until('it has asked', () => logLines(log).length > 0)
    expect(logLines(log)).toEqual([`stdout F ${machine.address}`])
    const before = rules()
    expect(before.length).toBeGreaterThan(0)
    first.process.kill('SIGKILL')
    await first.ended
    const second = await startAgent()
    expect(rules()).toEqual(before)
    expect(forwarding()).toBe('1')
    second.process.kill('SIGTERM')
    await second.ended
    expect(rules()).toEqual([])
    expect(forwarding()).toBe('0')
  })

  it('is left open for another agent of the machine', async () => {
    const first = await startAgent()
    const mine = dataFolder
    dataFolder = join(mine, 'other')
    const second = await startAgent()
    first.process.kill('SIGTERM')
    await first.ended
    expect(forwarding()).toBe('1')
    expect(rules().length).toBeGreaterThan(0)
    second.process.kill('SIGTERM')
    await second.ended
    expect(forwarding()).toBe('0')
    dataFolder = mine
  })
})
