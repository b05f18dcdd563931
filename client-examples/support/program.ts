import { isRequestError } from 'myriad/client'

/** What is wrong with the words that a program was called with. */
export class UsageError extends Error {}

/**
 * Runs a program with its arguments. Its exit code is what `main` resolves with; 1 for what the server or the system refuses,
 * told in a sentence; 2 for a `UsageError` and for arguments that `parseArgs` refuses, told with the usage.
 */
export async function runProgram(usage: string, main: (args: string[]) => Promise<number>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help')) return console.log(usage)
  try {
    process.exitCode = await main(args)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'code' in error ? String(error.code) : undefined
    if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true) {
      console.error(`${error.message}\n\n${usage}`)
      process.exitCode = 2
      return
    }
    // A mistake of the program itself is told by Node, with its stack.
    if (code === undefined && error.cause === undefined && /^(?:Type|Reference)Error$/.test(error.name)) throw error
    console.error(faultsOf(error).join('\n'))
    process.exitCode = 1
  }
}

/** The number that a flag was given, above zero; a `UsageError` for anything else. */
export function positiveNumber(flag: string, text: string, max = numberMax): number {
  const number = Number(text)
  if (number > 0 && number <= max) return number
  throw new UsageError(`${flag} must be a number above 0 and at most ${max}, not "${text}"`)
}

/** The same for what is counted. */
export function positiveInteger(flag: string, text: string, max = numberMax): number {
  const number = positiveNumber(flag, text, max)
  if (Number.isInteger(number)) return number
  throw new UsageError(`${flag} must be a whole number, not "${text}"`)
}

/** So many seconds are 23 days: timers go no further. */
const numberMax = 2_000_000

/** All that is wrong with a manifest, each with its field; otherwise the error's own sentence. */
function faultsOf(error: Error): string[] {
  const causes = isRequestError(error, 'INVALID') ? error.causes : []
  const reason = error.cause instanceof Error ? [error.message, error.cause.message].join(': ') : error.message
  return causes.length === 0 ? [reason] : causes.map(({ field, message }) => `${field}: ${message}`)
}
