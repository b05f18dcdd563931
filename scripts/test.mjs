// Sets up, then runs every check in order and stops at the first that fails.
//   npm test                       all of them
//   npm test -- lint types         some of them
//   npm test -- unit test/model    what follows `unit` goes to Vitest

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, setup } from './setup.mjs'
import { secondsSince } from './step.mjs'

const outputBytesMax = 64 * 1024 * 1024

const checks = {
  format: { does: 'format', command: ['@biomejs/biome/bin/biome', 'check', '.'], remedy: 'npm run format' },
  lint: { does: 'lint', command: ['oxlint/bin/oxlint'] },
  types: { does: 'types', command: ['typescript/bin/tsc', '-p', 'tsconfig.json'] },
  unused: { does: 'unused code', command: ['knip/bin/knip.js'] },
}

const asked = process.argv.slice(2)
const unitAt = asked.indexOf('unit')
const names = unitAt === -1 ? asked : asked.slice(0, unitAt)
for (const name of names) {
  if (name in checks) continue
  console.error(`npm test: there is no check "${name}". There are: ${Object.keys(checks).join(', ')}, unit.`)
  process.exit(2)
}

await setup()
const chosen = asked.length === 0 ? Object.keys(checks) : names
for (const name of chosen) runCheck(checks[name])
if (asked.length === 0 || unitAt !== -1) await runUnitTests(unitAt === -1 ? [] : asked.slice(unitAt + 1))

function runCheck({ does, command: [script, ...args], remedy }) {
  const startedAt = performance.now()
  const { status, stdout, stderr, error } = runTool(script, args)
  if (status === 0) {
    console.log(`✓ ${does} (${secondsSince(startedAt)})`)
    return
  }
  process.stdout.write(stdout ?? '')
  process.stderr.write(stderr ?? '')
  if (error !== undefined) console.error(error.message)
  console.log(
    `✗ ${does} failed (${secondsSince(startedAt)})${remedy === undefined ? '' : `. \`${remedy}\` may correct it.`}`,
  )
  process.exit(1)
}

/** Vitest on this terminal; then the counts alone on the last line, for programs that read the log. */
async function runUnitTests(args) {
  const startedAt = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'myriad-report-'))
  const report = join(folder, 'report.json')
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const file = join(root, 'node_modules/vitest/vitest.mjs')
  const vitest = spawn(process.execPath, [file, ...flags, ...args], {
    cwd: root,
    env: toolEnvironment(),
    stdio: 'inherit',
  })
  // Who interrupts the tests wants them to end, and what they have made to be removed.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vitest.kill(signal))
  const [status] = await once(vitest, 'exit')
  const counts = readCounts(report)
  rmSync(folder, { recursive: true, force: true })
  const passed = status === 0 && counts !== null
  console.log(`${passed ? '✓ tests' : '✗ tests failed'} (${secondsSince(startedAt)})`)
  if (counts !== null) console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`)
  process.exit(passed ? 0 : 1)
}

function readCounts(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch (error) {
    console.error(`Vitest left no report: ${error.message}`)
    return null
  }
}

function runTool(script, args) {
  const file = join(root, 'node_modules', script)
  const options = { cwd: root, env: toolEnvironment(), encoding: 'utf8', maxBuffer: outputBytesMax }
  return spawnSync(process.execPath, [file, ...args], options)
}

/** Vitest colours its output in a pipe as well, and whoever reads a log wants plain text. */
function toolEnvironment() {
  const isPlain = !process.stdout.isTTY && process.env.FORCE_COLOR === undefined
  return isPlain ? { ...process.env, NO_COLOR: '1' } : process.env
}
