import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Argument, Command, InvalidArgumentError } from 'commander'
import type { Bench, BenchOptions } from './bench.ts'
import { churn } from './churn/churn.ts'
import { coldstart } from './coldstart/coldstart.ts'
import { fanout } from './fanout/fanout.ts'
import { idle } from './idle/idle.ts'
import { Processes } from './processes.ts'
import { step } from './progress.ts'
import { printReport, verdicts } from './report.ts'
import { scheduler } from './scheduler-report.ts'
import { selector } from './selector/selector.ts'

const benches: Readonly<Record<string, Bench>> = { churn, scheduler, selector, fanout, idle, coldstart }

/** Processes that may want to run before the bench begins, in the mean over a minute, without a word about it. */
const quietLoadMax = 0.5

const program = new Command('npm run bench --')
  .description('Measures Myriad in real processes over a real database, beside what this machine can do at best.')
  .addArgument(new Argument('<name>', 'what to measure').choices(Object.keys(benches)))
  .option('--nodes <n>', 'how many machines', count)
  .option('--pods <n>', 'how many pods', count)
  .option('--subscribers <n>', 'how many subscribers', count)
  .option('--json <file>', 'write the figures to this file, too')
  .action(run)

await program.parseAsync()

async function run(name: string, { json: file, ...options }: BenchOptions & { json?: string }): Promise<void> {
  const bench = benches[name]
  if (bench === undefined) throw new Error(`there is no bench called ${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'myriad-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const processes = new Processes()
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new Error(`ended by ${signal}`)))
  })
  const [loadAverage = 0] = loadavg()
  if (loadAverage > quietLoadMax)
    step(`the machine is busy (load average ${loadAverage.toFixed(1)}): figures will suffer`)
  try {
    const report = await Promise.race([bench(options, { processes, folder }), interrupted])
    process.stdout.write(`\n${printReport(report)}\n`)
    const facts = {
      bench: name,
      ...options,
      ...report.json,
      loadAverageBefore: loadAverage,
      barsMet: verdicts(report.figures),
    }
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(facts, undefined, 2)}\n`)
    if (report.failure !== undefined) process.exitCode = 1
  } catch (error) {
    process.stderr.write(`bench ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    await processes.close()
  }
  // What the interrupted bench still waits for is of no interest any more.
  process.exit()
}

function count(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}
