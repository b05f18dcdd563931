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

/** The only candidate where files are meant, which the shell knows better. */
const files: Candidate = { value: ':files' }

/** What the last word can become. */
export async function complete({ program, words, names }: Completing): Promise<readonly Candidate[]> {
  const given = words.slice(0, -1)
  const word = words.at(-1) ?? ''
  const { command, rest } = commandAt(program, given)
  const read = readWords(command, rest)
  const all = await candidatesFor({ command, read, word, names })
  return all.filter((one) => one === files || one.value.startsWith(word))
}

interface Place {
  readonly command: Command
  readonly read: ReadWords
  readonly word: string
  readonly names: NameSource
}

async function candidatesFor({ command, read, word, names }: Place): Promise<readonly Candidate[]> {
  if (read.awaited !== undefined) return optionValues(read.awaited, { read, word, names })
  if (word.startsWith('-') && !read.isEnded) {
    const [, flag, value = ''] = /^(-[^=]+)=(.*)$/s.exec(word) ?? []
    if (flag === undefined) return flagsOf(command)
    const option = command.options.find(({ short, long }) => flag === short || flag === long)
    const values = option === undefined ? [] : await optionValues(option, { read, word: value, names })
    return values.map((one) => (one === files ? files : { ...one, value: `${flag}=${one.value}` }))
  }
  const inner = command.commands.filter((one) => !isHidden(one))
  if (inner.length > 0 && read.positional.length === 0) {
    return inner.map((one) => ({ value: one.name(), description: one.description() }))
  }
  const argument = argumentAt(command, read.positional.length)
  if (argument === undefined) return []
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value }))
  if (argument.name() === 'file') return [files]
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
  { read, word, names }: Pick<Place, 'read' | 'word' | 'names'>,
): Promise<readonly Candidate[]> {
  const { settings, positional } = read
  const name = option.attributeName()
  const [, kind = ''] = /<(.+)>/.exec(option.flags) ?? []
  const choices = option.argChoices ?? fixedValues[kind] ?? []
  if (choices.length > 0) return choices.map((value) => ({ value }))
  if (kind === 'file' || kind === 'folder' || name === 'filename') return [files]
  if (name === 'namespace') return names.namespaces(settings)
  if (name === 'context') return names.contexts(settings)
  if (name === 'container') return names.forArgument({ role: 'container', before: positional, word, settings })
  return kind === 'object' ? names.forArgument({ role: 'object', before: [], word, settings }) : []
}

/** What options can be, by what they say of their value. */
const fixedValues: Readonly<Record<string, readonly string[]>> = {
  format: ['json', 'yaml', 'name', 'wide', 'jsonpath=', 'jsonpath-file=', 'custom-columns=', 'custom-columns-file='],
  state: ['condition=', 'create', 'delete', 'jsonpath='],
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
