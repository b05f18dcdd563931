import { describe, expect, it } from 'vitest'
import { parseCgroupMounts } from '../../../src/agent/cgroups/cgroup-mounts.ts'

describe('the hierarchies that are mounted', () => {
  it('are one where there is only version 2', () => {
    const mountinfo = [
      '22 27 0:21 / /proc rw,relatime - proc proc rw',
      '35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate',
    ].join('\n')
    expect(parseCgroupMounts(mountinfo, '0::/system.slice/myriad.service\n')).toEqual([
      { version: 2, controllers: [], folder: '/sys/fs/cgroup', own: '/sys/fs/cgroup/system.slice/myriad.service' },
    ])
  })

  it('are several with version 1, of which those count that limit something', () => {
    const mountinfo = [
      '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
      '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
      '38 31 0:35 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio',
      '40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd',
      '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw',
    ].join('\n')
    const memberships = '4:memory:/a/b\n1:cpu,cpuacct:/\n9:name=systemd:/x\n0::/c:d\n'
    expect(parseCgroupMounts(mountinfo, memberships)).toEqual([
      { version: 1, controllers: ['cpu'], folder: '/sys/fs/cgroup/cpu,cpuacct', own: '/sys/fs/cgroup/cpu,cpuacct' },
      { version: 1, controllers: ['memory'], folder: '/sys/fs/cgroup/memory', own: '/sys/fs/cgroup/memory/a/b' },
      { version: 2, controllers: [], folder: '/sys/fs/cgroup/unified', own: '/sys/fs/cgroup/unified/c:d' },
    ])
  })

  it.each([
    ['a group below what is mounted', '/docker/abc', '/docker/abc/inner', '/my cgroups/inner'],
    ['the group that is mounted', '/docker/abc', '/docker/abc', '/my cgroups'],
    ['a group that cannot be seen', '/docker/abc', '/docker/abcdef', '/my cgroups'],
  ])('show the own group: %s', (_sentence, root, path, own) => {
    const mountinfo = `35 24 0:30 ${root} /my\\040cgroups rw - cgroup2 cgroup2 rw`
    expect(parseCgroupMounts(mountinfo, `0::${path}\n`)[0]?.own).toBe(own)
  })
})
