import { Command, type Option } from 'commander'
import { addConnectionOptions } from './config.ts'
import { UsageError } from './failure.ts'

/**
 * The arguments as the parser of them takes them, of what kubectl takes: `--watch=true` as `--watch`, and with `false` nothing;
 * `-n=web` as `-nweb`; flags of the connection that stand before the command behind it. Throws a UsageError for a flag that is
 * said to be neither true nor false.
 */
export function plainArguments(program: Command, args: readonly string[]): string[] {
  const leading = leadingFlags(args)
  const rest = args.slice(leading.length)
  const { command, depth } = commandNamed(program, rest)
  const words = [...rest.slice(0, depth), ...leading, ...rest.slice(depth)]
  const end = words.indexOf('--')
  const [flags, others] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end)]
  return [...flags.flatMap((word) => plainFlag(word, command.options)), ...others]
}

/** The command that words name, as far as they name one, and how many of them do: `config view`. */
export function commandNamed(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly depth: number } {
  let [command, depth] = [program, 0]
  for (const word of words) {
    const inner = command.commands.find((candidate) => candidate.name() === word || candidate.aliases().includes(word))
    if (inner === undefined) break
    command = inner
    depth += 1
  }
  return { command, depth }
}

/** The flags of the connection, with their values, that the arguments begin with. */
function leadingFlags(args: readonly string[]): readonly string[] {
  const { options } = addConnectionOptions(new Command())
  let length = 0
  for (let arg = args[length]; arg !== undefined; arg = args[length]) {
    const [, flag = arg, value] = /^(--?[^=]+)=(.*)$/s.exec(arg) ?? []
    const isShortWithValue = /^-[a-z]./.test(arg) && options.some((option) => option.short === arg.slice(0, 2))
    if (!isShortWithValue && !options.some((option) => isNamed(option, flag))) break
    length += isShortWithValue || value !== undefined ? 1 : 2
  }
  return args.slice(0, length)
}

function isNamed({ short, long }: Option, flag: string): boolean {
  return flag === short || flag === long
}

function plainFlag(word: string, options: readonly Option[]): string[] {
  const [, flag = '', value = ''] = /^(--?[^=]+)=(.*)$/s.exec(word) ?? []
  const option = options.find((candidate) => isNamed(candidate, flag))
  if (option === undefined) return [word]
  if (!option.isBoolean() && !option.negate) return flag.startsWith('--') ? [word] : [`${flag}${value}`]
  if (value === 'true') return [flag]
  if (value === 'false') return []
  throw new UsageError(`${flag} must be true or false, not "${value}"`)
}
