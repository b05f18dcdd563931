import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { ProcessFamily } from '../../src/demo/process-family.ts'
import { removeAgentGroups } from '../support/agent-groups.ts'
import { Chance } from './chance.ts'
import { type Outcome, printOutcome, torment } from './torment.ts'

const program = new Command('npm run chaos --')
  .description(
    'Kills and stops the parts of a cluster under load, and holds what is left against what was acknowledged.',
  )
  .option('--minutes <n>', 'how long', minutes, 10)
  .option('--seed <n>', 'what chance begins with; without it a new one, which is told', wholeNumber)
  .option('--json <file>', 'write the figures to this file, too')
  .action(run)

await program.parseAsync()

async function run({ minutes, seed, json }: { minutes: number; seed?: number; json?: string }): Promise<void> {
  const chosen = seed ?? new Chance(Date.now()).whole(1, 2 ** 31)
  const folder = mkdtempSync(join(tmpdir(), 'myriad-chaos-'))
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort(signal))
  let outcome: Outcome | undefined
  try {
    outcome = await torment({ folder, seed: chosen, durationMs: minutes * 60_000, signal: interrupted.signal })
    process.stdout.write(`\n${printOutcome(outcome)}\n`)
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcome.figures, undefined, 2)}\n`)
  } catch (error) {
    process.stderr.write(`chaos (seed ${chosen}): ${error instanceof Error ? error.stack : String(error)}\n`)
  } finally {
    // What has lost its parent on the way works in the folder all the same.
    await new ProcessFamily({ rootPid: -1, folder }).kill()
    await removeAgentGroups(folder)
    rmSync(folder, { recursive: true, force: true })
  }
  process.exit(outcome?.isWell === true ? 0 : 1)
}

function minutes(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= 24 * 60) return value
  throw new InvalidArgumentError('It must be a number of minutes, up to a day.')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value < 2 ** 32) return value
  throw new InvalidArgumentError('It must be a whole number below 2^32.')
}
