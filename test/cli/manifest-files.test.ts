import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { locateFaults } from '../../src/cli/manifest-faults.ts'
import { readManifestFiles } from '../../src/cli/manifest-files.ts'
import { joinFiles, placeOfLine } from '../../src/cli/manifest-text.ts'
import { RequestError } from '../../src/client/index.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function folderOf(files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-files-'))
  folders.push(folder)
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), `# ${file}\n`)
  }
  return folder
}

async function* nothing(): AsyncGenerator<string> {
  yield '# stdin'
}

describe('files of manifests', () => {
  const files = ['b.yaml', 'a.yml', 'c.json', 'readme.md', 'in/d.yaml']
  const read = async (folder: string, paths: readonly string[], recursive = false) => {
    const filename = paths.map((path) => (path === '-' ? path : join(folder, path)))
    const found = await readManifestFiles({ filename, recursive }, { input: nothing() })
    return found.map(({ name }) => (name === 'stdin' ? name : relative(folder, name)))
  }

  it('are a folder by name, with -R those below, a pattern, standard input, in the order of the arguments', async () => {
    const folder = await folderOf(files)
    expect(await read(folder, ['.'])).toEqual(['a.yml', 'b.yaml', 'c.json'])
    expect(await read(folder, ['.'], true)).toEqual(['a.yml', 'b.yaml', 'c.json', 'in/d.yaml'])
    expect(await read(folder, ['*.yaml', 'readme.md', '-'])).toEqual(['b.yaml', 'readme.md', 'stdin'])
  })

  it('are refused where there is none, in one sentence', async () => {
    const folder = await folderOf(['x/readme.md'])
    await expect(read(folder, ['nix.yaml'])).rejects.toThrow(/^the path ".*nix.yaml" does not exist$/)
    await expect(read(folder, ['x'])).rejects.toThrow('recognized file extensions are [.json .yaml .yml]')
    await expect(read(folder, ['-', '-'])).rejects.toThrow('standard input can be read only once')
    await expect(readManifestFiles({ filename: ['http://x/a.yaml'] }, { input: nothing() })).rejects.toThrow(
      'is an address: fetch it first',
    )
  })
})

describe('places in joined files', () => {
  it.each(['\n', ''])('are those of the files, which end with "%s"', (end) => {
    const files = ['a', 'b', 'c'].map((name) => ({ name, text: `${name}1\n${name}2\n${name}3${end}` }))
    const lines = joinFiles(files).split('\n')
    for (const [index, line] of lines.entries()) {
      if (line === '' || line === '---') continue
      const place = placeOfLine(files, index + 1)
      expect(`${place.file}${place.line}`).toBe(line)
    }
  })
})

describe('faults of manifests', () => {
  const web = { name: 'web.yaml', text: 'kind: Pod\nspec:\n  replicas: -1\n  ports:\n  - port: 7\n' }
  const list = { name: 'list.yaml', text: 'kind: List\nitems:\n- kind: Pod\n  spec: {a: 1}\n' }
  const located = (causes: readonly object[]) =>
    locateFaults(new RequestError('INVALID', 'all of it', { extensions: { causes } }), [web, list]).message

  it('are told with file, line and column, in the order of the lines', () => {
    const message = located([
      { field: 'manifests[1].items[0].spec.a', line: 11, column: 10, message: 'unknown' },
      { field: 'manifests[0].spec.ports[0].port', line: 5, column: 5, message: 'too low' },
      { field: 'manifests[0].spec.replicas', line: 3, column: 3, message: 'negative' },
    ])
    expect(message.split('\n')).toEqual([
      '3 faults, nothing was changed:',
      'web.yaml:3:3: spec.replicas: negative',
      'web.yaml:5:5: spec.ports[0].port: too low',
      'list.yaml:4:10: items[0].spec.a: unknown',
    ])
  })

  it('of syntax are where the server says in words', () => {
    const cause = { field: 'manifests[1]', line: 9, column: 2, message: 'malformed YAML at line 9, column 2: bad' }
    expect(located([cause])).toBe('list.yaml:2:2: malformed YAML: bad')
  })

  it('of a key that stands twice name the line of the other one in its file', () => {
    const words = 'Duplicate value: the key "a" is in this object already'
    expect(
      located([{ field: 'manifests[1].items[0].spec.a', line: 11, column: 10, message: `${words} (line 10)` }]),
    ).toBe(`list.yaml:4:10: items[0].spec.a: ${words} (line 3)`)
  })

  it('without a line have no place, and what has no causes stays as it is', () => {
    expect(located([{ field: 'manifests', message: 'Required value' }])).toBe('Required value')
    expect(located([])).toBe('all of it')
  })
})
