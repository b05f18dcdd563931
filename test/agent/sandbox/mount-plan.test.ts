import { describe, expect, it } from 'vitest'
import {
  type HostEntry,
  hostPathOf,
  type Mount,
  type MountWish,
  planMounts,
} from '../../../src/agent/sandbox/mount-plan.ts'

const entries: Readonly<Record<string, HostEntry>> = {
  '/': { kind: 'folder' },
  '/bin': { kind: 'link', to: 'usr/bin' },
  '/dev': { kind: 'folder' },
  '/dev/pts': { kind: 'folder' },
  '/etc': { kind: 'folder' },
  '/etc/hosts': { kind: 'file' },
  '/loop': { kind: 'link', to: '/loop' },
  '/proc': { kind: 'folder' },
  '/proc/self': { kind: 'folder' },
  '/processes': { kind: 'link', to: '/proc/self' },
  '/usr': { kind: 'folder' },
  '/usr/bin': { kind: 'folder' },
  '/pods': { kind: 'folder' },
  '/pods/own': { kind: 'folder' },
  '/volume': { kind: 'folder' },
  '/volume/there': { kind: 'folder' },
}
const host = {
  look: (path: string): HostEntry => entries[path] ?? { kind: 'nothing' },
  top: ['bin', 'dev', 'etc', 'usr'],
  mountPoints: ['/', '/dev', '/dev/pts', '/usr/bin'],
}

/** A folder that is mounted; a file with `: file` behind it. */
function plan(targets: readonly string[], more: Partial<MountWish> = {}) {
  const mounts = targets.map((target): Mount => {
    const [path = '', kind] = target.split(': ')
    return kind === 'file'
      ? { source: '/volume/file', target: path, kind: 'file' }
      : { source: '/volume', target: path, kind: 'folder' }
  })
  return planMounts({ mounts, folders: [], kept: [], readOnlyRoot: false, ...more }, host)
}

/** The steps beyond the folders of the host, one line each. */
function linesOf({ steps, points, make }: ReturnType<typeof plan>): string[] {
  return [
    ...points.slice(3).map(({ path, kind }) => `point ${kind} ${path}`),
    ...make.map(({ path, kind }) => `make ${kind} ${path}`),
    ...steps.flatMap((step) => {
      if (step.step === 'cover') return [`cover ${step.target} for ${step.points.map(({ path }) => path).join(' ')}`]
      if (['/dev', '/etc', '/usr'].includes(step.target) && step.source === step.target) return []
      return [`${step.readOnly ? 'read-only ' : ''}bind ${step.source} at ${step.target}`]
    }),
  ]
}

describe('the plan of the mounts of a container', () => {
  it('is the host, entry by entry, when nothing is asked for', () => {
    const bind = (path: string) => ({ step: 'bind', source: path, target: path, readOnly: false })
    expect(plan([])).toEqual({
      make: [],
      links: ['/bin'],
      points: ['/dev', '/etc', '/usr'].map((path) => ({ path, kind: 'folder' })),
      steps: ['/dev', '/etc', '/usr'].map(bind),
    })
  })

  it.each([
    ['binds on what is there', ['/etc'], {}, ['bind /volume at /etc']],
    ['binds a file on a file', ['/etc/hosts: file'], {}, ['bind /volume/file at /etc/hosts']],
    ['makes in the new root what is missing at the top', ['/a/b'], {}, ['point folder /a/b', 'bind /volume at /a/b']],
    [
      'makes a second below a first that was made',
      ['/a/b', '/a/c: file'],
      {},
      ['point folder /a/b', 'point file /a/c', 'bind /volume at /a/b', 'bind /volume/file at /a/c'],
    ],
    [
      'covers a folder of the host once for all that is missing in it',
      ['/etc/a', '/etc/b/c: file'],
      {},
      ['cover /etc for /etc/a /etc/b/c', 'bind /volume at /etc/a', 'bind /volume/file at /etc/b/c'],
    ],
    [
      'shows again what is mounted below a folder that is covered',
      ['/dev/log: file'],
      {},
      ['cover /dev for /dev/log', 'bind /dev/pts at /dev/pts', 'bind /volume/file at /dev/log'],
    ],
    ['follows links of the host', ['/bin/a'], {}, ['cover /usr/bin for /usr/bin/a', 'bind /volume at /usr/bin/a']],
    [
      'makes in a volume what is missing in that',
      ['/etc', '/etc/inner'],
      {},
      ['make folder /volume/inner', 'bind /volume at /etc', 'bind /volume at /etc/inner'],
    ],
    ['finds what a volume has', ['/etc', '/etc/there'], {}, ['bind /volume at /etc', 'bind /volume at /etc/there']],
    [
      'mounts outer volumes before inner ones',
      ['/etc/there', '/etc'],
      {},
      ['bind /volume at /etc', 'bind /volume at /etc/there'],
    ],
    ['makes a folder to work in', [], { folders: ['/a/b'] }, ['point folder /a/b']],
    [
      "makes on the host what is missing in the pod's own folder",
      [],
      { kept: ['/pods/own'], folders: ['/pods/own/a'] },
      ['make folder /pods/own/a'],
    ],
    [
      "shows the pod's own folder again where one above it is covered",
      ['/pods/a'],
      { kept: ['/pods/own'] },
      ['cover /pods for /pods/a', 'bind /pods/own at /pods/own', 'bind /volume at /pods/a'],
    ],
    [
      'keeps mounts of the host from being written when the root is',
      ['/etc'],
      { readOnlyRoot: true },
      ['bind /volume at /etc', 'read-only bind /usr/bin at /usr/bin'],
    ],
  ])('%s', (_sentence, targets, more, lines) => {
    expect(linesOf(plan(targets, more))).toEqual(lines)
  })

  it.each([
    ['/etc/hosts', '"/etc/hosts" is no folder'],
    ['/etc: file', '"/etc" is a folder'],
    ['/etc/hosts/a', '"/etc/hosts/a" cannot be made: "/etc/hosts" is no folder'],
    ['/loop/a', '"/loop/a" leads through too many links'],
    ['/', 'nothing can be mounted on "/"'],
    ['/proc', 'nothing can be mounted on "/proc"'],
    ['/processes/a', 'nothing can be mounted on "/proc/self/a"'],
  ])('refuses to mount on %s', (target, message) => {
    expect(() => plan([target])).toThrow(message)
  })
})

it.each([
  ['/a/b/c', '/deep/c'],
  ['/a/c', '/one/c'],
  ['/ab', '/ab'],
])('%s lies on the host at %s', (path, hostPath) => {
  const mounts = [
    { source: '/one', target: '/a', kind: 'folder' },
    { source: '/deep', target: '/a/b', kind: 'folder' },
  ] as const
  expect(hostPathOf(path, mounts)).toBe(hostPath)
})
