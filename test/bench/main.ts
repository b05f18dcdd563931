import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Argument, Command, InvalidArgumentError } from 'commander'
import type { Bench, BenchOptions } from './bench.ts'
import { churn } from './churn/churn.ts'
import { coldstart } from './coldstart/coldstart.ts'
import { fanout } from './fanout/fanout.ts'
import { idle } from './idle/idle.ts'
import { Processes } from './processes.ts'
import { printReport, verdicts } from './report.ts'
import { scheduler } from './scheduler-report.ts'
import { selector } from './selector/selector.ts'

const benches: Readonly<Record<string, Bench>> = { churn, scheduler, selector, fanout, idle, coldstart }

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
  const processes = new Processes()
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new Error(`ended by ${signal}`)))
  })
  try {
    const report = await Promise.race([bench(options, { processes, folder }), interrupted])
    process.stdout.write(`\n${printReport(report)}\n`)
    const facts = { bench: name, ...options, ...report.json, barsMet: verdicts(report.figures) }
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(facts, undefined, 2)}\n`)
    if (report.failure !== undefined) process.exitCode = 1
  } catch (error) {
    process.stderr.write(`bench ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    await processes.close()
    rmSync(folder, { recursive: true, force: true })
  }
  // What the interrupted bench still waits for is of no interest any more.
  process.exit()
}

function count(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}
