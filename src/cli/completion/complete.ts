import type { Argument, Command, Option } from 'commander'
import type { ConnectionSettings } from '../config.ts'
import type { NameSource } from './name-source.ts'

/** Something that can stand where the cursor is. */
export interface Candidate {
  readonly value: string
  /** What it is, for shells that tell. */
  readonly description?: string
}

/** What is completed: the words after `myriad`, of which the last is being written, perhaps still empty. */
export interface Completing {
  readonly program: Command
  readonly words: readonly string[]
  readonly names: NameSource
}

/** What the last word can become. Without any, the shell may offer files. */
export async function complete({ program, words, names }: Completing): Promise<readonly Candidate[]> {
  const given = words.slice(0, -1)
  const word = words.at(-1) ?? ''
  const { command, rest } = commandAt(program, given)
  const read = readWords(command, rest)
  const all = await candidatesFor({ command, read, word, names })
  return all.filter(({ value }) => value.startsWith(word))
}

interface Place {
  readonly command: Command
  readonly read: ReadWords
  readonly word: string
  readonly names: NameSource
}

async function candidatesFor({ command, read, word, names }: Place): Promise<readonly Candidate[]> {
  if (read.awaited !== undefined) return optionValues(read.awaited, { names, settings: read.settings })
  if (word.startsWith('-') && !read.isEnded) return flagsOf(command)
  const inner = command.commands.filter((one) => !isHidden(one))
  if (inner.length > 0 && read.positional.length === 0) {
    return inner.map((one) => ({ value: one.name(), description: one.description() }))
  }
  const argument = argumentAt(command, read.positional.length)
  if (argument === undefined) return []
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value }))
  return names.forArgument({ role: argument.name(), before: read.positional, word, settings: read.settings })
}

function commandAt(program: Command, words: readonly string[]): { command: Command; rest: readonly string[] } {
  const [first, ...others] = words
  const inner = program.commands.find((one) => one.name() === first || one.aliases().includes(first ?? ''))
  return inner === undefined ? { command: program, rest: words } : commandAt(inner, others)
}

/** What the words before the cursor say. */
interface ReadWords {
  readonly positional: readonly string[]
  readonly settings: ConnectionSettings
  /** The option whose value comes next. */
  readonly awaited: Option | undefined
  /** Whether `--` has ended the flags. */
  readonly isEnded: boolean
}

function readWords(command: Command, words: readonly string[]): ReadWords {
  const positional: string[] = []
  const settings: Record<string, string> = {}
  let awaited: Option | undefined
  let isEnded = false
  for (const word of words) {
    if (awaited !== undefined) {
      settings[awaited.attributeName()] = word
      awaited = undefined
    } else if (isEnded || !word.startsWith('-') || word === '-') positional.push(word)
    else if (word === '--') isEnded = true
    else {
      const [flag = '', value] = word.split(/=(.*)/s)
      const option = command.options.find(({ short, long }) => flag === short || flag === long)
      if (option?.required === true && value === undefined) awaited = option
      else if (option !== undefined && value !== undefined) settings[option.attributeName()] = value
    }
  }
  return { positional, settings, awaited, isEnded }
}

async function optionValues(
  option: Option,
  { names, settings }: { readonly names: NameSource; readonly settings: ConnectionSettings },
): Promise<readonly Candidate[]> {
  if (option.argChoices !== undefined) return option.argChoices.map((value) => ({ value }))
  const name = option.attributeName()
  if (name === 'namespace') return names.namespaces(settings)
  if (name === 'context') return names.contexts(settings)
  if (name !== 'output') return []
  const formats = [
    'json',
    'yaml',
    'name',
    'wide',
    'jsonpath=',
    'jsonpath-file=',
    'custom-columns=',
    'custom-columns-file=',
  ]
  return formats.map((value) => ({ value }))
}

function flagsOf(command: Command): Candidate[] {
  const options = command.options.filter(({ hidden }) => !hidden)
  return [
    ...options.map(({ long, short, description }) => ({ value: long ?? short ?? '', description })),
    { value: '--help', description: 'display help for command' },
  ]
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const { registeredArguments: list } = command
  const last = list.at(-1)
  return list[index] ?? (last?.variadic === true ? last : undefined)
}

/** Commander hides commands, but tells nobody which. */
function isHidden(command: Command): boolean {
  return command.name().startsWith('__')
}
