import { describe, expect, it } from 'vitest'
import { Cgroups, type CgroupsOptions } from '../../../src/agent/cgroups/cgroups.ts'
import { Timers } from '../../../src/agent/timers.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { FakeCgroup2 } from '../support/fake-cgroup2.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { pod } from '../support/pod.ts'

const mount = '/cg'

function open(files: FakeCgroup2, own = mount, more: Partial<CgroupsOptions> = {}) {
  const clock = new ManualClock()
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const mounts = [{ version: 2 as const, controllers: [], folder: mount, own }]
  return { clock, cgroups: new Cgroups({ name: 'agent', timers, mounts, files, ...more }) }
}

function limited(name: string): Pod {
  const resources = { limits: { cpu: '500m', memory: '64Mi' }, requests: { cpu: '250m', memory: '64Mi' } }
  return pod(name, { containers: [{ name: 'main', image: 'none', resources }] })
}

function makeRun(cgroups: Cgroups, one: Pod, restartCount = 0) {
  const [group] = one.spec.containers.map((container) => cgroups.makeRun(one, container, restartCount))
  if (group === undefined) throw new Error('a pod has a container')
  return group
}

describe('cgroups of version 2', () => {
  it('are made at the top where that is allowed, each run in a group of its own below its pod', () => {
    const files = new FakeCgroup2(mount)
    files.put('/cg/user/session', ['77'])
    const { cgroups } = open(files, '/cg/user/session', { podProcessesMax: 100 })
    expect(Object.fromEntries(cgroups.limits)).toEqual({ cpu: 2, memory: 2, pids: 2 })
    expect(cgroups.fault).toBeUndefined()
    const { prepare } = makeRun(cgroups, limited('p'))
    expect(prepare).toEqual([`echo 0 >'/cg/agent/poduid-p/main-0/cgroup.procs'`])
    const values = ['cpu.max', 'cpu.weight', 'memory.max', 'memory.oom.group', 'pids.max']
    const valuesIn = (folder: string) => values.map((name) => files.valueOf(`${folder}/${name}`))
    expect(valuesIn('/cg/agent/poduid-p')).toEqual(['50000 100000', '35', '67108864', undefined, '100'])
    expect(valuesIn('/cg/agent/poduid-p/main-0')).toEqual(['50000 100000', '35', '67108864', '1', undefined])
    expect([...(files.groups.get('/cg/user/session')?.processes ?? [])]).toEqual(['77'])
  })

  it('are made below the own group when only that was handed over, whose processes make room', () => {
    const files = new FakeCgroup2(mount)
    files.put('/cg/user/service', ['77', '78'])
    for (const folder of ['/cg', '/cg/user']) files.write(`${folder}/cgroup.subtree_control`, '+cpu +memory +pids')
    files.writable = ['/cg/user/service']
    const { cgroups } = open(files, '/cg/user/service')
    expect([...cgroups.limits.keys()]).toEqual(['cpu', 'memory', 'pids'])
    expect([...(files.groups.get('/cg/user/service/myriad-agent')?.processes ?? [])]).toEqual(['77', '78'])
    makeRun(cgroups, limited('p'))
    expect(files.groups.has('/cg/user/service/agent/poduid-p/main-0')).toBe(true)
    const next = open(files, '/cg/user/service/myriad-agent').cgroups
    expect([...next.limits.keys()]).toEqual(['cpu', 'memory', 'pids'])
    expect(files.groups.has('/cg/user/service/myriad-agent/agent')).toBe(false)
  })

  it('are made at the top of what a container sees, whose processes make room', () => {
    const files = new FakeCgroup2(mount, { isRoot: false })
    files.put(mount, ['1', '20'])
    expect([...open(files).cgroups.limits.keys()]).toEqual(['cpu', 'memory', 'pids'])
    expect([...(files.groups.get('/cg/myriad-agent')?.processes ?? [])]).toEqual(['1', '20'])
  })

  it('are made where the setting says', () => {
    const files = new FakeCgroup2(mount)
    files.put('/cg/all/pods')
    const { cgroups } = open(files, mount, { root: '/all/pods' })
    expect(files.groups.has('/cg/all/pods/agent')).toBe(true)
    expect([...cgroups.limits.keys()]).toEqual(['cpu', 'memory', 'pids'])
  })

  it('hold what they can: a controller that is not there is told', () => {
    const { cgroups } = open(new FakeCgroup2(mount, { controllers: ['pids', 'memory'] }))
    expect([...cgroups.limits.keys()]).toEqual(['memory', 'pids'])
    expect(cgroups.fault).toBe('no hierarchy of cgroups has a controller that works for cpu')
    makeRun(cgroups, limited('p'))
  })

  it('are not used, without a trace, where nothing is allowed', () => {
    const files = new FakeCgroup2(mount)
    files.writable = ['/elsewhere']
    const { cgroups } = open(files)
    expect(cgroups.fault).toContain('EACCES')
    expect([...files.groups.keys()]).toEqual([mount])
    expect(makeRun(cgroups, limited('p'))).toMatchObject({ prepare: [], finish: [] })
  })

  it('are removed with the run and the pod; what still has processes is killed and removed later', async () => {
    const files = new FakeCgroup2(mount)
    const { cgroups, clock } = open(files)
    makeRun(cgroups, limited('p'))
    makeRun(cgroups, limited('p'), 1)
    cgroups.remove({ uid: 'uid-p', container: 'main', restartCount: 0 })
    expect(files.groups.has('/cg/agent/poduid-p/main-0')).toBe(false)
    files.put('/cg/agent/poduid-p/main-1', ['99'])
    cgroups.remove({ uid: 'uid-p', container: 'main', restartCount: 1 })
    expect(files.groups.get('/cg/agent/poduid-p/main-1')?.processes.size).toBe(0)
    await clock.advance(100)
    expect(files.groups.has('/cg/agent/poduid-p')).toBe(false)
    await cgroups.close(0)
    expect([...files.groups.keys()]).toEqual([mount])
  })

  it('of an earlier agent are killed and removed but for those that are adopted', () => {
    const files = new FakeCgroup2(mount)
    const earlier = open(files).cgroups
    for (const name of ['p', 'q']) makeRun(earlier, limited(name))
    files.put('/cg/agent/poduid-p/main-0', ['41'])
    const { cgroups } = open(files)
    cgroups.removeOthers([{ uid: 'uid-p', container: 'main', restartCount: 0 }])
    expect(files.groupsIn('/cg/agent')).toEqual(['poduid-p'])
    expect([...(files.groups.get('/cg/agent/poduid-p/main-0')?.processes ?? [])]).toEqual(['41'])
  })

  it('are not emptied any more when a run is started again under the same name', async () => {
    const files = new FakeCgroup2(mount)
    makeRun(open(files).cgroups, limited('p'))
    files.put('/cg/agent/poduid-p/main-0', ['41'])
    const { cgroups, clock } = open(files)
    cgroups.removeOthers([])
    makeRun(cgroups, limited('p'))
    files.put('/cg/agent/poduid-p/main-0', ['42'])
    await clock.advance(10_000)
    expect([...(files.groups.get('/cg/agent/poduid-p/main-0')?.processes ?? [])]).toEqual(['42'])
  })

  it('tell when the kernel has killed something for want of memory', () => {
    const files = new FakeCgroup2(mount)
    const { cgroups } = open(files)
    const group = makeRun(cgroups, limited('p'))
    files.write('/cg/agent/poduid-p/main-0/memory.events', 'low 0\nmax 9\noom 1\noom_kill 0\n')
    expect(group.wasOutOfMemory()).toBe(false)
    files.write('/cg/agent/poduid-p/main-0/memory.events', 'low 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 1\n')
    expect(group.wasOutOfMemory()).toBe(true)
  })

  it('bound the machine by the groups above those of the pods', () => {
    const files = new FakeCgroup2(mount)
    files.put('/cg/box')
    const { cgroups } = open(files)
    expect(cgroups.bounds()).toEqual({ milliCpu: undefined, memoryBytes: undefined, memoryAvailableBytes: undefined })
    const below = open(files, mount, { root: '/box' }).cgroups
    files.write('/cg/box/cpu.max', '150000 100000')
    files.write('/cg/box/memory.max', '1000000')
    files.write('/cg/box/memory.current', '700000')
    files.write('/cg/box/memory.stat', 'anon 1\ninactive_file 200000\n')
    expect(below.bounds()).toEqual({ milliCpu: 1_500, memoryBytes: 1_000_000, memoryAvailableBytes: 500_000 })
  })
})
