// Makes a clone ready to run: installs the packages, compiles SQLite, generates the database client, builds. Uses nothing
// but Node, so that it runs before anything is installed. A step whose inputs have not changed since it last succeeded
// is skipped. Migrating is not here: the server does it when it opens its database.

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashOf } from './content-hash.mjs'
import { withSetupLock } from './setup-lock.mjs'
import { runStep, StepFailure } from './step.mjs'

/** The folder of the clone, absolute. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const oldestNode = { major: 20, minor: 19 }
const sqlite = 'node_modules/better-sqlite3'
const sqliteBinary = `${sqlite}/build/Release/better_sqlite3.node`

/**
 * Brings the clone up to date, then returns. On failure prints what the failing step said and one sentence on what to
 * do, and ends the process with exit code 1. Several set-ups of one clone may be started at once: one works, the others
 * wait for it.
 */
export async function setup() {
  try {
    checkNode()
    if (steps.every(isFresh)) return
    await withSetupLock(root, runStaleSteps)
  } catch (error) {
    process.stderr.write(`setup: ${error instanceof StepFailure ? error.message : error.stack}\n`)
    process.exit(1)
  }
}

async function runStaleSteps() {
  for (const step of steps) {
    if (isFresh(step)) continue
    const expected = step.inputsHash()
    rmSync(join(root, step.stamp), { force: true })
    await step.run()
    if (!existsSync(join(root, step.product))) throw new StepFailure(`${step.product} is missing. ${step.advice}`)
    // An input that was edited while the step ran leaves the old hash behind, and the step stale.
    writeFileSync(join(root, step.stamp), expected)
  }
}

/**
 * In order. `product` and `stamp` are paths in the clone; a stamp lies inside what it vouches for, so that whoever removes
 * the one removes the other.
 */
const steps = [
  {
    product: 'node_modules/typescript/package.json',
    stamp: 'node_modules/.setup-stamp',
    advice: 'Check that the npm registry can be reached and the disk is not full, then run it again.',
    inputsHash: () => hashOf(root, ['package-lock.json'], dependenciesOf(join(root, 'package.json'))),
    // Not `npm ci`: it refuses a lock file without the optional packages of other platforms that a registry does not
    // have (https://github.com/npm/cli/issues/9846). Install scripts stay off; the one that matters is the next step.
    run() {
      const flags = ['--no-save', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
      return npmStep('installing packages', ['install', ...flags], this.advice)
    },
  },
  {
    product: sqliteBinary,
    stamp: `${sqlite}/build/.setup-stamp`,
    advice:
      'It needs a C++ compiler, make and Python 3 (Debian: apt-get install build-essential python3; macOS: xcode-select --install), and the headers of this Node.',
    inputsHash: () =>
      hashOf(root, [`${sqlite}/package.json`], process.versions.modules, process.platform, process.arch),
    async run() {
      if (sqliteLoads()) return
      const flags = ['--ignore-scripts=false', '--foreground-scripts', '--loglevel=error']
      await npmStep('compiling SQLite (about a minute)', ['rebuild', 'better-sqlite3', ...flags], this.advice)
      if (!sqliteLoads()) throw new StepFailure(`SQLite was compiled but does not load. ${this.advice}`)
    },
  },
  {
    product: 'prisma/generated/client.ts',
    stamp: 'prisma/generated/.setup-stamp',
    advice: 'Look at prisma/schema.prisma.',
    inputsHash: () => hashOf(root, ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']),
    run() {
      const cli = join(root, 'node_modules/prisma/build/index.js')
      return runStep({
        name: 'generating the database client',
        command: [process.execPath, cli, 'generate'],
        cwd: root,
        // Any existing file: the engine is not used here, and without the setting Prisma would try to download it.
        env: { PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'package.json'), CHECKPOINT_DISABLE: '1' },
        advice: this.advice,
      })
    },
  },
  {
    product: 'dist/src/main.js',
    stamp: 'dist/.setup-stamp',
    advice: 'Correct the errors above, then run it again.',
    inputsHash: () =>
      hashOf(root, [
        'src',
        'schema',
        'client-examples',
        'scripts/bundle.mjs',
        'test/bench',
        'test/chaos',
        'test/agent/programs',
        'test/client/programs',
        'test/faults/programs',
        'test/store/programs',
        'test/support/objects.ts',
        'prisma/schema.prisma',
        'tsconfig.json',
        'tsconfig.build.json',
        'package-lock.json',
      ]),
    async run() {
      // Built aside and moved in one piece, so that a failed build leaves the last good one.
      rmSync(join(root, 'dist.next'), { recursive: true, force: true })
      const compiler = join(root, 'node_modules/typescript/bin/tsc')
      const flags = ['-p', 'tsconfig.build.json', '--outDir', 'dist.next', '--pretty', 'false']
      await runStep({
        name: 'building',
        command: [process.execPath, compiler, ...flags],
        cwd: root,
        advice: this.advice,
      })
      await runStep({
        name: 'bundling',
        command: [process.execPath, join(root, 'scripts/bundle.mjs'), 'dist.next'],
        cwd: root,
        advice: this.advice,
      })
      // `npx myriad` runs the file itself.
      chmodSync(join(root, 'dist.next/src/main.js'), 0o755)
      rmSync(join(root, 'dist'), { recursive: true, force: true })
      renameSync(join(root, 'dist.next'), join(root, 'dist'))
    },
  },
]

function isFresh(step) {
  const stamp = join(root, step.stamp)
  if (!existsSync(join(root, step.product)) || !existsSync(stamp)) return false
  return readFileSync(stamp, 'utf8') === step.inputsHash()
}

function npmStep(name, args, advice) {
  // The npm that started this script, or the one on the path.
  const own = process.env.npm_execpath ?? ''
  const npm = /npm-cli\.[cm]?js$/.test(own) ? [process.execPath, own] : ['npm']
  return runStep({ name, command: [...npm, ...args], cwd: root, env: headersOfThisNode(), advice })
}

/** Where the headers of this very Node lie, if they came with it: node-gyp would download them from nodejs.org. */
function headersOfThisNode() {
  const prefix = dirname(dirname(process.execPath))
  const file = join(prefix, 'include/node/node_version.h')
  if (!existsSync(file)) return {}
  const text = readFileSync(file, 'utf8')
  const number = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1]
  const version = `${number('MAJOR')}.${number('MINOR')}.${number('PATCH')}`
  return version === process.versions.node ? { npm_package_config_node_gyp_nodedir: prefix } : {}
}

function sqliteLoads() {
  const program = `new (require('better-sqlite3'))(':memory:').close()`
  return spawnSync(process.execPath, ['-e', program], { cwd: root, stdio: 'ignore' }).status === 0
}

function dependenciesOf(file) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(readFileSync(file, 'utf8'))
  return JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides])
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return
  throw new StepFailure(
    `Myriad needs Node ${oldestNode.major}.${oldestNode.minor} or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org or your distribution.`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup()
  process.stderr.write('setup: ready\n')
}
