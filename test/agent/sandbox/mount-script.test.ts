import { describe, expect, it } from 'vitest'
import { parseMountInfo } from '../../../src/agent/mount-info.ts'
import { mountScript } from '../../../src/agent/sandbox/mount-script.ts'

const plan = {
  make: [],
  links: ['/bin', '/lib'],
  points: [
    { path: '/etc', kind: 'folder' },
    { path: "/it's", kind: 'folder' },
    { path: '/one', kind: 'file' },
  ],
  steps: [
    { step: 'bind', source: '/etc', target: '/etc', readOnly: false },
    { step: 'bind', source: '/files', target: '/files', readOnly: false },
    { step: 'cover', target: '/etc', points: [{ path: '/etc/a/b', kind: 'file' }] },
    { step: 'bind', source: '/vol ume\n#\\', target: "/it's", readOnly: true },
  ],
} as const

describe('the script of a plan', () => {
  it('makes the root, what is mounted on and all mounts, and changes into it', () => {
    const { table, lines } = mountScript({ plan, folder: '/files/run', readOnlyRoot: false, dropped: ['/run/netns/x'] })
    expect(lines).toEqual([
      "mount -t tmpfs -o mode=755 tmpfs '/files/run/view'",
      "mkdir -p -- '/files/run/view/root' '/files/run/view/root/etc' '/files/run/view/root/it'\\''s' '/files/run/view/layers/0/lower' '/files/run/view/layers/0/upper' '/files/run/view/layers/0/work' '/files/run/view/layers/0/upper/a' && : >'/files/run/view/root/one' && : >'/files/run/view/layers/0/upper/a/b'",
      "cp -P -- '/bin' '/lib' '/files/run/view/root/'",
      "(cd '/files/run' && mount -a -T mounts)",
      "(cd '/files/run/view/root' && pivot_root . . && umount -l . '/files/run/view')",
      "{ umount -l '/run/netns/x' 2>/dev/null || :; }",
    ])
    expect(table.split('\n')).toEqual([
      '/files/run/view/root /files/run/view/root none bind',
      '/files /files/run/view/root/files none rbind',
      '/etc /files/run/view/root/etc none rbind',
      '/etc /files/run/view/layers/0/lower none bind',
      'overlay /files/run/view/root/etc overlay lowerdir=view/layers/0/lower,upperdir=view/layers/0/upper,workdir=view/layers/0/work',
      "/vol\\040ume\\012\\043\\134 /files/run/view/root/it's none rbind,ro",
      '',
    ])
  })

  it('leaves out what is not needed, and takes the right to write from the root last', () => {
    const bare = { make: [], links: [], points: [], steps: [] }
    const { lines } = mountScript({ plan: bare, folder: '/run', readOnlyRoot: true, dropped: [] })
    expect(lines.at(-1)).toBe('mount -o remount,bind,ro /')
    expect(lines).toHaveLength(5)
  })
})

it('the mounts of the machine are read with what is escaped in them', () => {
  const text =
    '22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw\n23 27 0:4 net:[1] /run/a\\040b rw - nsfs nsfs rw\n'
  expect(parseMountInfo(text)).toMatchObject([
    { path: '/proc', fsType: 'proc' },
    { path: '/run/a b', fsType: 'nsfs' },
  ])
})
