import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSourceTree } from './support/source-tree.ts'
import { fileLinesMax, findTidyFaults } from './support/tidy.ts'

describe('the repository', () => {
  it('keeps the rules of the project', () => {
    const folders = ['schema', 'src', 'client-examples', 'scripts', 'prisma', 'test']
    const tree = new Map([
      ...readSourceTree(folders, /\.(?:ts|mjs|prisma|sql|html|css)$/),
      ...readSourceTree(['.'], /^(?:[A-Z]+\.md|[\w.]+\.config\.ts)$/),
    ])
    expect(tree.size).toBeGreaterThan(100)
    expect(findTidyFaults(tree)).toEqual([])
  })

  it('has a lock file that matches package.json and names no registry', () => {
    const project = readJson('../package.json')
    const lock = readJson('../package-lock.json')
    const packages = lock['packages'] as Record<string, Record<string, unknown>>
    for (const field of ['dependencies', 'devDependencies']) expect(packages['']?.[field]).toEqual(project[field])
    expect(Object.entries(packages).filter(([, entry]) => 'resolved' in entry)).toEqual([])
  })
})

describe('the check of the rules', () => {
  const note = ['TO', 'DO'].join('')
  const home = ['', 'home', 'someone', 'file'].join('/')

  it.each([
    ['a short module', 'src/model/pod-name.ts', `export const a = 1\n`],
    ['a module of the greatest length', 'src/model/a.ts', '// line\n'.repeat(fileLinesMax)],
    ['a longer test', 'test/model/a.test.ts', '// line\n'.repeat(fileLinesMax + 1)],
    ['the folder schema/types', 'schema/types/pod.ts', `export const a = 1`],
    ['a default export of a configuration', 'vitest.config.ts', `export default {}`],
    ['the environment in the one place for it', 'src/server/config.ts', `export const a = process.env.HOME`],
    ['the environment in a script', 'scripts/a.mjs', `console.log(process.env.HOME)`],
    ['a word of that kind in a string', 'src/model/a.ts', `export const a = '${note}'`],
    ['a path that every machine has', 'src/agent/a.ts', `export const a = '/var/log/pods'`],
  ])('allows %s', (_, path, source) => {
    expect(findTidyFaults(new Map([[path, source]]))).toEqual([])
  })

  it.each([
    ['a long module', 'src/model/a.ts', '// line\n'.repeat(301), 'has 301 lines, and 300 is the most'],
    ['a default export', 'src/model/a.ts', `export default 1`, 'has a default export'],
    ['a renamed default export', 'src/a.ts', `const a = 1; export { a as default }`, 'has a default export'],
    ['camel case', 'src/model/podName.ts', '', 'is not named in kebab-case'],
    ['snake case', 'src/model/pod_name.ts', '', 'is not named in kebab-case'],
    ['a folder in capitals', 'src/Model/pod.ts', '', 'is not named in kebab-case'],
    ['utils', 'src/model/utils.ts', '', 'is named for a category, not for a thing'],
    ['types', 'src/model/types.ts', '', 'is named for a category, not for a thing'],
    ['helpers of something', 'test/support/pod-helpers.ts', '', 'is named for a category, not for a thing'],
    ['a manager', 'src/control/pod-manager.ts', '', 'is named for a category, not for a thing'],
    [
      'the environment elsewhere',
      'src/agent/a.ts',
      `export const a = process.env['HOME']`,
      'reads the environment, which is the work of src/server/config.ts',
    ],
    [
      'the environment by import',
      'src/agent/a.ts',
      `import { env } from 'node:process'`,
      'reads the environment, which is the work of src/server/config.ts',
    ],
    ['a comment that defers', 'src/model/a.ts', `// ${note}: later`, 'leaves work for later in a comment'],
    ['a note that defers', 'README.md', `${note}: later`, 'leaves work for later in a note'],
    ['a path of one machine', 'src/model/a.ts', `export const a = '${home}'`, 'names a path of one machine'],
  ])('refuses %s', (_, path, source, fault) => {
    expect(findTidyFaults(new Map([[path, source]]))).toEqual([`${path}: ${fault}`])
  })
})

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<string, unknown>
}
