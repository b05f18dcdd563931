import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LinkNames, linkNames } from '../../../src/agent/network/link-names.ts'
import { builtProgram, type RunningProgram } from '../../support/built-program.ts'
import { rememberNamespaces } from '../../support/run-traces.ts'
import { logLines } from '../support/container-log.ts'
import { FakeDoor } from '../support/fake-door.ts'
import { type DoorServer, serveDoor } from '../support/graphql-server.ts'
import { deleted, pod } from '../support/pod.ts'
import { until } from '../support/until.ts'
import { makeTestMachine, missingForTestMachine, namespacesBeginningWith, type TestMachine } from './test-machine.ts'

const missing = missingForTestMachine()
const program = builtProgram(new URL('../programs/agent.ts', import.meta.url))
let machine: TestMachine
let door: FakeDoor
let server: DoorServer
let url: string
let dataFolder: string
let names: LinkNames
let agents: RunningProgram[] = []

async function startAgent(...args: string[]): Promise<RunningProgram> {
  const before = door.subscriptions
  const agent = program.startBy(machine.enter, url, dataFolder, '--pod-network=namespace', ...args)
  agents.push(agent)
  await until('the agent follows its assignments', () => door.subscriptions > before)
  return agent
}

async function end(agent: RunningProgram, signal: NodeJS.Signals): Promise<void> {
  agent.process.kill(signal)
  await agent.ended
}

const statusOf = (name: string) => door.statusOf(`uid-${name}`)
const ipOf = (name: string): string => statusOf(name)?.podIP ?? ''
const namespaceOf = (name: string): string => `/run/netns/${names.namespaceOf(`uid-${name}`)}`
const folderOf = (name: string): string => join(dataFolder, 'nodes/box/pods', `default_${name}_uid-${name}`)
const isRunning = (name: string) => (): boolean =>
  statusOf(name)?.containerStatuses?.every(({ state }) => state?.running !== undefined) === true
const podLinks = (): string[] => machine.links().filter((link) => names.isLink(link))
/** What the machine and /run/netns have of this agent. */
const traces = (): string[] => [
  ...machine.links().filter((link) => link === names.bridge || names.isLink(link)),
  ...namespacesBeginningWith(names.namespaceOf('')),
]

/** A server that says who it is, on the same port in each pod, told when it listens. */
const serve = `
require('node:http').createServer((request, response) => response.end(process.env.HOSTNAME + ' for ' + request.socket.remoteAddress))
  .listen(8080, '0.0.0.0', () => console.log('listening'))
process.on('SIGTERM', () => process.exit(0))`
const ask = `fetch(process.argv[1]).then((response) => response.text()).then((text) => process.stdout.write(text))`

function web(name: string, spec: Record<string, unknown> = {}) {
  const main = { name: 'main', image: 'none', command: [process.execPath, '-e', serve.replaceAll('$', '$$$$')] }
  return pod(name, { nodeName: 'box', containers: [main], terminationGracePeriodSeconds: 5, ...spec })
}

function sh(name: string, script: string, spec: Record<string, unknown> = {}) {
  const main = { name: 'main', image: 'none', command: ['sh', '-c', script.replaceAll('$', () => '$$')] }
  return pod(name, { nodeName: 'box', containers: [main], terminationGracePeriodSeconds: 5, ...spec })
}

async function listens(...pods: string[]): Promise<void> {
  await until('all listen', () => pods.every((name) => isRunning(name)() && logLines(folderOf(name)).length > 0))
}

/** What a server says to somebody on the machine, or in the network of a pod. */
function answer(name: string, from?: string): string {
  const enter = from === undefined ? [] : ['nsenter', `--net=${namespaceOf(from)}`]
  const [file, ...words] = [...enter, process.execPath, '-e', ask, `http://${ipOf(name)}:8080`]
  return machine.run(file, ...words)
}

const lack = missing === undefined ? '' : ` (skipped, as this machine lacks ${missing})`
describe.skipIf(missing !== undefined)(`pods in network namespaces${lack}`, () => {
  beforeEach(async () => {
    machine = makeTestMachine(`mt-${process.pid}`)
    door = new FakeDoor()
    server = await serveDoor(door, 'token')
    url = await machine.lead(server.url)
    dataFolder = mkdtempSync(join(tmpdir(), 'namespaces-'))
    names = linkNames(join(dataFolder, 'nodes/box'))
    rememberNamespaces(`${names.namespaceOf('')}*`)
  })
  afterEach(async () => {
    await Promise.all(agents.map((agent) => end(agent, 'SIGTERM')))
    agents = []
    // An agent that was to keep its pods is followed by one that is not.
    if (traces().length > 0) await end(await startAgent(), 'SIGTERM')
    expect(traces()).toEqual([])
    await server.close()
    await machine.close()
    rmSync(dataFolder, { recursive: true, force: true })
  })

  it('reach each other and their machine on the same port, each under its own address', async () => {
    await startAgent()
    for (const name of ['one', 'two']) door.put(web(name))
    await listens('one', 'two')
    expect(ipOf('one')).toMatch(/^10\.244\.\d+\.\d+$/)
    expect(ipOf('one')).not.toBe(ipOf('two'))
    expect(answer('one', 'two')).toBe(`one for ${ipOf('two')}`)
    expect(answer('two', 'one')).toBe(`two for ${ipOf('one')}`)
    expect(answer('one')).toMatch(/^one for 10\.244\.\d+\.1$/)
    const host = web('host', { hostNetwork: true })
    door.put(host)
    await listens('host')
    expect(answer('host', 'one')).toBe(`${hostname()} for ${ipOf('one')}`)
    const conditions = statusOf('one')?.conditions ?? []
    expect(conditions.find(({ type }) => type === 'PodReadyToStartContainers')?.status).toBe('True')
  })

  it('share localhost among their containers, and know their own address', async () => {
    await startAgent()
    const [main] = web('p').spec.containers
    const script = 'until "$0" -e "$1" http://127.0.0.1:8080; do sleep 0.05; done; echo; echo "$POD_IP"; sleep 300'
    const command = ['sh', '-c', script.replaceAll('$', '$$$$'), process.execPath, ask]
    door.put(web('p', { containers: [main, { name: 'side', image: 'none', command }] }))
    await until(
      'the other container has its answer',
      () => logLines(folderOf('p'), 0, 'side').filter((line) => line.startsWith('stdout')).length === 2,
    )
    const said = logLines(folderOf('p'), 0, 'side').filter((line) => line.startsWith('stdout'))
    expect(said).toEqual([`stdout F p for 127.0.0.1`, `stdout F ${ipOf('p')}`])
  })

  it('see the interfaces of their machine with hostNetwork, and only their own without', async () => {
    await startAgent()
    door.put(sh('own', 'cat /proc/self/net/dev; sleep 300'))
    door.put(sh('host', 'cat /proc/self/net/dev; sleep 300', { hostNetwork: true }))
    await until('both have looked', () => ['own', 'host'].every((name) => logLines(folderOf(name)).length > 3))
    const seen = (name: string): string => logLines(folderOf(name)).join('\n')
    expect(seen('own')).toContain('eth0:')
    expect(seen('own')).not.toContain('lan0:')
    expect(seen('host')).toContain('lan0:')
    expect(ipOf('host')).toBe(machine.address)
    expect(namespacesBeginningWith(names.namespaceOf('uid-host'))).toEqual([])
  })

  it('have a resolv.conf, hosts and hostname of their own beside them', async () => {
    await startAgent()
    const dnsConfig = {
      nameservers: ['192.0.2.53'],
      searches: ['a.example'],
      options: [{ name: 'ndots', value: '2' }],
    }
    const hostAliases = [{ ip: '192.0.2.1', hostnames: ['gate', 'gate.example'] }]
    door.put(sh('p', 'sleep 300', { dnsPolicy: 'None', dnsConfig, hostAliases, hostname: 'web', subdomain: 'inner' }))
    await until('it runs', isRunning('p'))
    const read = (name: string): string => readFileSync(join(folderOf('p'), '.network', name), 'utf8')
    expect(read('resolv.conf')).toBe('search a.example\nnameserver 192.0.2.53\noptions ndots:2\n')
    expect(read('hosts')).toContain(`\n${ipOf('p')}\tweb.inner.default.svc.cluster.local\tweb\n`)
    expect(read('hosts')).toContain('\n# Entries added by HostAliases.\n192.0.2.1\tgate\tgate.example\n')
    expect(read('hostname')).toBe('web\n')
  })

  it('keep namespace, address and connections when the agent is killed and another one adopts them', async () => {
    const first = await startAgent()
    for (const name of ['one', 'two']) door.put(web(name))
    await listens('one', 'two')
    const before = {
      ip: ipOf('one'),
      inode: statSync(namespaceOf('one')).ino,
      id: statusOf('one')?.containerStatuses?.[0]?.containerID,
    }
    await end(first, 'SIGKILL')
    expect(answer('one', 'two')).toBe(`one for ${ipOf('two')}`)
    for (const [uid, one] of door.pods) door.pods.set(uid, { ...one, status: {} } as typeof one)
    const reportsBefore = door.reports.length
    await startAgent()
    await until('both are adopted', () => ['one', 'two'].every((name) => isRunning(name)() && ipOf(name) !== ''))
    expect({
      ip: ipOf('one'),
      inode: statSync(namespaceOf('one')).ino,
      id: statusOf('one')?.containerStatuses?.[0]?.containerID,
    }).toEqual(before)
    expect(answer('one', 'two')).toBe(`one for ${ipOf('two')}`)
    const told = door.reports.slice(reportsBefore).flatMap(({ status }) => status?.conditions ?? [])
    const ready = told.filter(({ type }) => type === 'PodReadyToStartContainers')
    expect(new Set(ready.map(({ status }) => status))).toEqual(new Set(['True']))
    door.put(web('three'))
    await listens('three')
    expect(answer('one', 'three')).toBe(`one for ${ipOf('three')}`)
  })

  it('leave nothing behind when they are deleted, and their address is free again', async () => {
    await startAgent()
    door.put(web('one'))
    await listens('one')
    door.put(deleted(web('one'), 5))
    await until('it is gone', () => door.pods.size === 0 && !existsSync(folderOf('one')))
    expect(traces()).toEqual([names.bridge])
  })

  it('leave nothing behind when they were deleted while no agent ran', async () => {
    const first = await startAgent()
    for (const name of ['one', 'two']) door.put(web(name))
    await listens('one', 'two')
    await end(first, 'SIGKILL')
    expect(podLinks()).toHaveLength(2)
    const pid = Number(/\d+/.exec(statusOf('two')?.containerStatuses?.[0]?.containerID ?? '')?.[0])
    door.pods.delete('uid-one')
    // The folder of the other is gone as well: only the names say whose its network was.
    door.pods.delete('uid-two')
    rmSync(folderOf('two'), { recursive: true, maxRetries: 3 })
    process.kill(pid, 'SIGKILL')
    await startAgent()
    await until('all is gone', () => traces().join() === names.bridge)
  })

  it('leave nothing behind when the next agent uses no namespaces', async () => {
    const first = await startAgent()
    for (const name of ['one', 'two']) door.put(web(name))
    await listens('one', 'two')
    await end(first, 'SIGKILL')
    door.pods.delete('uid-one')
    await startAgent('--pod-network=loopback')
    await until('one is gone', () => podLinks().join() === names.linkOf('uid-two'))
    expect(traces()).toContain(names.bridge)
    door.put(deleted(web('two'), 5))
    await until('all is gone', () => traces().length === 0)
  })

  it('give their address back when they have run to their end', async () => {
    await startAgent()
    door.put(sh('p', 'exit 0', { restartPolicy: 'Never' }))
    await until('it has ended', () => statusOf('p')?.phase === 'Succeeded')
    await until('its address is free', () => !existsSync(join(folderOf('p'), '.network/address')))
    expect(podLinks()).toEqual([])
    const conditions = statusOf('p')?.conditions ?? []
    expect(conditions.find(({ type }) => type === 'PodReadyToStartContainers')?.status).toBe('False')
    expect(ipOf('p')).toMatch(/^10\.244\./)
  })

  it('are connected where a crash has left only a part of what they need', async () => {
    await startAgent()
    const namespace = names.namespaceOf('uid-part')
    writeFileSync(`/run/netns/${names.namespaceOf('uid-name')}`, '')
    machine.run('ip', 'link', 'add', 'dev', names.linkOf('uid-link'), 'type', 'veth', 'peer', 'name', 'lost')
    machine.run('ip', 'netns', 'add', namespace)
    machine.run(
      'ip',
      'link',
      'add',
      'dev',
      names.linkOf('uid-part'),
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      namespace,
    )
    for (const name of ['name', 'link', 'part']) door.put(web(name))
    await listens('name', 'link', 'part')
    expect(answer('name', 'link')).toBe(`name for ${ipOf('link')}`)
    expect(answer('link', 'part')).toBe(`link for ${ipOf('part')}`)
    expect(machine.links()).not.toContain('lost')
  })

  it('are found by their processes where the names of their namespaces are gone', async () => {
    const first = await startAgent()
    door.put(web('one'))
    await listens('one')
    const { ino } = statSync(namespaceOf('one'))
    await end(first, 'SIGKILL')
    machine.run('ip', 'netns', 'delete', names.namespaceOf('uid-one'))
    await startAgent()
    await until(
      'it has its name again',
      () => existsSync(namespaceOf('one')) && statSync(namespaceOf('one')).ino === ino,
    )
    expect(answer('one')).toMatch(/^one for 10\.244\.\d+\.1$/)
  })

  it('are told to wait, with the reason, while there is no network for them, and start when there is', async () => {
    await startAgent()
    const inTheWay = `/run/netns/${names.namespaceOf('uid-p')}`
    mkdirSync(inTheWay)
    for (const name of ['p', 'q']) door.put(web(name))
    const waiting = () => statusOf('p')?.containerStatuses?.[0]?.state?.waiting
    await until('it waits', () => waiting()?.reason === 'CreatePodSandboxError')
    expect(waiting()?.message).toMatch(/^Failed to create pod sandbox: .*File exists/)
    await listens('q')
    expect(statusOf('p')?.phase).toBe('Pending')
    rmdirSync(inTheWay)
    await listens('p')
    expect(answer('p', 'q')).toBe(`p for ${ipOf('q')}`)
  })

  it('are left as they are by an agent that shall keep them', async () => {
    const first = await startAgent('--keep-pods')
    door.put(web('one'))
    await listens('one')
    await end(first, 'SIGTERM')
    expect(answer('one')).toMatch(/^one for 10\.244\.\d+\.1$/)
  })
})
