import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a batch is run. */
export interface IpBatchOptions {
  /** Where programs are looked for. */
  readonly path: string
  /** Files in the lines are relative to it. */
  readonly folder?: string
}

/** What went wrong in a batch. Lines count from 0. */
export interface IpBatchFaults {
  readonly byLine: ReadonlyMap<number, string>
  /** Set when the batch broke off, so that any line may not have been run. */
  readonly whole: string | undefined
}

const msMax = 30_000

/**
 * Runs lines of ip(8) in one process, one after the other; a line that fails does not keep the next from being run.
 * Rejects only when there is no such program.
 */
export async function runIpBatch(
  lines: readonly string[],
  { path, folder = '/' }: IpBatchOptions,
): Promise<IpBatchFaults> {
  if (lines.length === 0) return { byLine: new Map(), whole: undefined }
  const ip = spawn('ip', ['-force', '-batch', '-'], {
    cwd: folder,
    env: { PATH: path, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: msMax,
  })
  const ended = new Promise<string>((resolve, reject) => {
    ip.once('error', reject)
    ip.once('exit', (code, signal) => resolve(code === null ? `signal ${signal}` : `exit code ${code}`))
  })
  // A program that ends before it has read all is told by its end.
  ip.stdin.on('error', () => ip.stdin.destroy())
  ip.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const [end, errors] = await Promise.all([ended, text(ip.stderr), text(ip.stdout)])
  return parseFaults(errors, end)
}

/** Reads what `ip -force -batch` says of failures: what is wrong, and then which line that was. */
export function parseFaults(errors: string, end: string): IpBatchFaults {
  const byLine = new Map<number, string>()
  let said: string[] = []
  for (const line of errors.split('\n').map((one) => one.trim())) {
    const number = /^Command failed -:(\d+)$/.exec(line)?.[1]
    if (number !== undefined) {
      byLine.set(Number(number) - 1, said.join('; ') || 'it failed')
      said = []
    } else if (line !== '' && !line.startsWith('Command failed ')) said.push(line.replace(/^RTNETLINK answers: /, ''))
  }
  // With -force the exit code is 1 when a line has failed; a batch that broke off says nothing of lines after its complaint.
  const brokeOff = end !== 'exit code 0' && (byLine.size === 0 || said.length > 0)
  return { byLine, whole: brokeOff ? said.join('; ') || `ip ended with ${end}` : undefined }
}
