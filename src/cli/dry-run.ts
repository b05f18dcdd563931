import { Option } from 'commander'
import { UsageError } from './failure.ts'

/** Whether something is only tried: judged by the server, or not sent to it where that is possible. */
export type DryRun = 'none' | 'server' | 'client'

/** `--dry-run[=none|server|client]`; without a value it is the server's judgement. */
export function dryRunOption(): Option {
  return new Option('--dry-run [where]', 'change nothing: "server" judges all, "client" asks it as little as possible')
    .default('none')
    .preset('server')
    .argParser(parseDryRun)
}

function parseDryRun(text: string): DryRun {
  if (text === 'none' || text === 'server' || text === 'client') return text
  throw new UsageError(`invalid dry-run value (${text}): must be "none", "server", or "client"`)
}

/** What stands behind the outcome of something that was only tried. */
export function dryRunSuffix(dryRun: DryRun): string {
  if (dryRun === 'none') return ''
  return dryRun === 'server' ? ' (server dry run)' : ' (dry run)'
}
