import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CgroupMount } from '../../../../src/agent/cgroups/cgroup-mounts.ts'
import { Cgroups, type CgroupsOptions } from '../../../../src/agent/cgroups/cgroups.ts'
import { ContainerRuntime } from '../../../../src/agent/runtimes/containers/container-runtime.ts'
import { ProcessEngine } from '../../../../src/agent/runtimes/process/process-engine.ts'
import { startTicksOf } from '../../../../src/agent/runtimes/process/process-identity.ts'
import { systemClock, Timers } from '../../../../src/agent/timers.ts'
import type { PodStatus } from '../../../../src/model/kinds/pod/pod-status.ts'
import { asOrdinaryUser } from '../../../support/as-ordinary-user.ts'
import { pod } from '../../support/pod.ts'
import { makeTestCgroups, missingForCgroups, type TestCgroups } from '../../support/test-cgroups.ts'
import { until } from '../../support/until.ts'

const missing = missingForCgroups()
const quiet = { info: () => {}, warn: () => {} }
const kept = { keepPods: true, gracePeriodSecondsMax: 30 }
const open: ContainerRuntime[] = []
let folder: string
let groups: TestCgroups

/** A process runtime with cgroups, and the last status of each pod. */
function make(options: Omit<CgroupsOptions, 'name' | 'timers'>) {
  const timers = new Timers(systemClock, (error) => {
    throw error
  })
  const cgroups = new Cgroups({ name: `test-${basename(folder)}`, timers, ...options })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP: '192.0.2.1', cgroups, timers, log: quiet })
  const runtime = new ContainerRuntime({ engine, timers, hostIP: '192.0.2.1', log: quiet })
  return { cgroups, runtime, statuses: new Map<string, PodStatus>() }
}

/** One that runs, whose groups are in these hierarchies. */
async function run(mounts: readonly CgroupMount[] = groups.mounts, podProcessesMax?: number) {
  const { cgroups, runtime, statuses } = make({ root: groups.root, mounts, podProcessesMax })
  const ended = new Set<string>()
  await runtime.open({
    podChanged: (uid, status) => statuses.set(uid, status),
    podEnded: (uid, status) => {
      statuses.set(uid, status)
      ended.add(uid)
    },
  })
  open.push(runtime)
  const main = (uid: string) => statuses.get(uid)?.containerStatuses?.[0]
  return { runtime, cgroups, ended, main }
}

function sh(name: string, script: string, limits: Record<string, string> = {}) {
  const command = ['sh', '-c', script.replaceAll('$', () => '$$')]
  const containers = [{ name: 'main', image: 'none', command, resources: { limits, requests: limits } }]
  return pod(name, { containers, restartPolicy: 'Never', terminationGracePeriodSeconds: 2 })
}

const said = (name: string): string => join(folder, name)
const numberIn = (file: string): number => Number.parseInt(readFileSync(file, 'utf8'), 10)
const isWritten = (file: string) => (): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
const folderIn = (controller: string, name: string): string => {
  const mount = groups.mounts.find(({ controllers }) => controllers.includes(controller))
  return join(mount?.folder ?? '', groups.root, `test-${basename(folder)}`, `poduid-${name}`, 'main-0')
}
/** A process that leaves its parent, session and process group, as a daemon does, and writes down who it is. */
const daemon = (file: string): string => `setsid sh -c 'sh -c "echo \\$\\$ >${file}; exec sleep 300" & exit' &`
/** Takes more memory than it may have; what Node itself needs fits in. */
const hog = `exec ${process.execPath} -e 'const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1))'`

describe.skipIf(missing !== undefined)(`a container with limits${missing === undefined ? '' : `: ${missing}`}`, () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'limited-containers-'))
    groups = makeTestCgroups()
  })

  afterEach(async () => {
    await Promise.all(open.splice(0).map((runtime) => runtime.close({ keepPods: false, gracePeriodSecondsMax: 1 })))
    const left = groups.groups()
    groups.remove()
    rmSync(folder, { recursive: true, force: true })
    expect(left).toEqual([])
  })

  it('is told as OOMKilled when it takes more memory than it may', async () => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', hog, { memory: '100Mi' }))
    await until('it has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
    expect(groups.groups().filter((group) => group.includes('main-0'))).toEqual([])
  })

  it('is told as OOMKilled also when nobody was there to see it', async () => {
    const first = await run()
    const go = said('go')
    first.runtime.runPod(sh('p', `until [ -e ${go} ]; do sleep 0.02; done; ${hog}`, { memory: '100Mi' }))
    await until('it runs', () => first.main('uid-p')?.state?.running !== undefined)
    await first.runtime.close(kept)
    writeFileSync(go, '')
    await until('it has ended', () => existsSync(join(folder, 'pods/default_p_uid-p/.runs/main/0/drained')))
    for (const _ of ['second', 'third']) {
      const later = await run()
      later.runtime.runPod(sh('p', ''))
      expect(later.main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
      await later.runtime.close(kept)
    }
  })

  it('is not told as OOMKilled when somebody kills it', async () => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', 'kill -s KILL $$', { memory: '100Mi' }))
    await until('it has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' })
  })

  it('gets no more processor time than its limit', async () => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', 'while :; do :; done', { cpu: '100m' }))
    await until('it runs', () => main('uid-p')?.state?.running !== undefined)
    const statistic = (name: string): number =>
      Number(
        new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(join(folderIn('cpu', 'p'), 'cpu.stat'), 'utf8'))?.[1],
      )
    await until('it was held back', () => statistic('nr_throttled') >= 5)
    expect(numberIn(join(folderIn('cpu', 'p'), 'cpu.cfs_quota_us'))).toBe(10_000)
    expect(numberIn(join(folderIn('cpu', 'p'), 'cpu.shares'))).toBe(102)
    // Ticks of 10 ms, in all its periods together at most 10 ms each; a slice may run over by some milliseconds.
    const pid = /\d+/.exec(main('uid-p')?.containerID ?? '')?.[0]
    const periods = statistic('nr_periods')
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    expect(Number(fields[11]) + Number(fields[12])).toBeLessThan(2 * (periods + 2))
  })

  it('may be allowed more than a group above it, which then holds', async () => {
    const mount = groups.mounts.find(({ controllers }) => controllers.includes('cpu'))
    writeFileSync(join(mount?.folder ?? '', groups.root, 'cpu.cfs_quota_us'), '50000')
    const { runtime, cgroups, main } = await run()
    expect(cgroups.bounds().milliCpu).toBe(500)
    runtime.runPod(sh('p', 'exit 3', { cpu: '2' }))
    await until('it has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(3)
  })

  it('has no more processes than its pod may have', async () => {
    const { runtime, main } = await run(groups.mounts, 5)
    runtime.runPod(sh('p', 'for i in 1 2 3 4 5 6 7 8; do sleep 300 & done; exit 3'))
    await until('it has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated?.exitCode).not.toBe(3)
  })

  const ways: [string, (mount: CgroupMount) => boolean][] = [
    ['by the kernel at once', () => true],
    ['one by one while all stand still', ({ version }) => version === 1],
    ['one by one', ({ version, controllers }) => version === 1 && !controllers.includes('freezer')],
  ]

  it.each(ways)('ends with all that it has started, killed %s', async (_way, isUsed) => {
    const { runtime, main } = await run(groups.mounts.filter(isUsed))
    const file = said('daemon')
    runtime.runPod(sh('p', `${daemon(file)} until [ -s ${file} ]; do sleep 0.02; done; exit 4`))
    await until('it has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(startTicksOf(numberIn(file))).toBeNull()
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 4, reason: 'Error' })
  })

  it.each(ways)('is stopped with all that it has started, killed %s', async (_way, isUsed) => {
    const { runtime, ended, main } = await run(groups.mounts.filter(isUsed))
    const file = said('daemon')
    runtime.runPod(sh('p', `trap '' TERM; ${daemon(file)} while :; do sleep 1; done`))
    await until('its daemon runs', isWritten(file))
    runtime.stopPod(sh('p', ''), 1)
    await until('the pod has ended', () => ended.has('uid-p'))
    expect(startTicksOf(numberIn(file))).toBeNull()
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(137)
  })

  it('is adopted with its groups, and what an earlier agent has left in others is killed and removed', async () => {
    const first = await run()
    const file = said('daemon')
    first.runtime.runPod(sh('p', `${daemon(file)} while :; do sleep 1; done`))
    await until('its daemon runs', isWritten(file))
    const stray = sh('q', '')
    for (const container of stray.spec.containers) first.cgroups.makeRun(stray, container, 7)
    expect(groups.groups().filter((group) => group.endsWith('poduid-q/main-7'))).not.toEqual([])
    await first.runtime.close(kept)
    const second = await run()
    expect(groups.groups().filter((group) => group.includes('uid-q'))).toEqual([])
    second.runtime.runPod(sh('p', ''))
    await until('it is adopted', () => second.main('uid-p')?.state?.running !== undefined)
    second.runtime.stopPod(sh('p', ''), 0)
    await until('the pod has ended', () => second.ended.has('uid-p'))
    expect(startTicksOf(numberIn(file))).toBeNull()
  })

  it('is not started when it cannot go into its group, and says so', async () => {
    const { runtime, cgroups, main } = await run()
    const makeRun = cgroups.makeRun.bind(cgroups)
    cgroups.makeRun = (...args) => {
      const group = makeRun(...args)
      expect(group.remove()).toBe(true)
      return group
    }
    runtime.runPod(sh('p', 'exit 0'))
    await until('it is told', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(main('uid-p')?.state?.terminated?.message).toContain('cgroup.procs')
  })
})

describe('a container on a machine that gives no cgroups to its agent', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'limited-containers-'))
  })

  afterEach(async () => {
    await Promise.all(open.splice(0).map((runtime) => runtime.close(kept)))
    rmSync(folder, { recursive: true, force: true })
  })

  it('runs without, and it is said why', async () => {
    chmodSync(folder, 0o777)
    const { cgroups, runtime, statuses } = await asOrdinaryUser(() => Promise.resolve(make({})))
    expect([...cgroups.limits]).toEqual([])
    expect(cgroups.fault).toMatch(/EACCES|EROFS|no cgroups are mounted|no hierarchy/)
    await runtime.open({ podChanged: (uid, status) => statuses.set(uid, status), podEnded: () => {} })
    runtime.runPod(sh('p', 'exit 0', { memory: '100Mi', cpu: '100m' }))
    await until('it is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
  })
})
