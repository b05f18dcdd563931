/** A step of a script for kubectl, as it was recorded. */
export interface RecordedStep {
  readonly section?: string
  readonly note?: string
  readonly sh?: string
  readonly run?: string
  readonly expectFailure?: boolean
  readonly assert?: string
  readonly args?: readonly string[]
}

/** A step that can be carried out here, or why it cannot. */
export type ScriptStep =
  | { readonly kind: 'namespace' }
  | { readonly kind: 'section' }
  | { readonly kind: 'run'; readonly words: readonly string[]; readonly fails: boolean; readonly variable?: string }
  | { readonly kind: 'expect'; readonly words: readonly string[]; readonly output: string }
  | { readonly kind: 'contains'; readonly variable: string; readonly text: string; readonly not: boolean }
  /** What a description has, all of it; where `not` is said, what it has not. */
  | {
      readonly kind: 'describe'
      readonly words: readonly string[]
      readonly texts: readonly string[]
      readonly not: boolean
    }
  /** `changes`: what comes after it need not hold, since it has not been done. */
  | { readonly kind: 'foreign'; readonly reason: string; readonly changes: boolean; readonly variable?: string }

/** Reads a recorded step; undefined for what does nothing. */
export function readStep(step: RecordedStep): ScriptStep | undefined {
  if (step.section !== undefined) return { kind: 'section' }
  if (step.sh !== undefined) {
    return step.sh === 'create_and_use_new_namespace' ? { kind: 'namespace' } : foreign('a step of the shell', true)
  }
  if (step.run !== undefined) return readRun(step.run, step.expectFailure === true)
  return step.assert === undefined ? undefined : readAssertion(step.assert, step.args ?? [])
}

function readAssertion(
  assertion: string,
  [target = '', template = '', output = '', ...more]: readonly string[],
): ScriptStep {
  if (assertion === 'if_has_string' || assertion === 'if_has_not_string') {
    const variable = /^\$\{(\w+)\}$/.exec(target)?.[1]
    if (variable !== undefined) return { kind: 'contains', variable, text: template, not: assertion.includes('not') }
  }
  if (assertion.startsWith('describe_')) return readDescription(assertion, [target, template, output, ...more])
  if (assertion !== 'get_object_assert' && assertion !== 'get_object_jsonpath_assert') {
    return foreign(`an assertion: ${assertion}`)
  }
  const path = assertion === 'get_object_assert' ? pathOf(template) : template
  const words = wordsOf(target)
  if (more.length > 0) return foreign(`a flag that kubectl has given up: ${more.join(' ')}`)
  if (path === undefined || words === undefined) return foreign('a Go template')
  if (/--record|record-change/.test(output)) return foreign('a flag that kubectl has given up: --record')
  if (target === 'nodes') return foreign('a machine of theirs')
  if (output.includes('$')) return foreign('a variable of the shell')
  // What is not there is nothing in a path, and words in a Go template.
  return {
    kind: 'expect',
    words: ['get', ...words, '-o', `jsonpath=${path}`],
    output: output.replaceAll('<no value>', ''),
  }
}

/** `describe_object_assert KIND NAME TEXT…`, `describe_resource_events_assert KIND [true|false]` and their likes. */
function readDescription(assertion: string, args: readonly string[]): ScriptStep {
  const given = args.filter((arg) => arg !== '')
  const count = assertion.includes('_object_') ? 2 : 1
  const words = ['describe', ...given.slice(0, count).flatMap((arg) => arg.split(' '))]
  const rest = given.slice(count)
  if (!assertion.endsWith('_events_assert')) return { kind: 'describe', words, texts: rest, not: false }
  const [answer] = rest
  const flags = answer === undefined ? [] : [`--show-events=${answer}`]
  return { kind: 'describe', words: [...words, ...flags], texts: ['Events:'], not: answer === 'false' }
}

/** Flags of then that mean nothing for what is looked at. */
const formerFlags = /^--(?:record(?:=\w+)?|save-config)$/

function readRun(text: string, fails: boolean): ScriptStep {
  const captured = /^(\w+)=\$\((?:!\s*)?kubectl (.*?)(?:\s2>&1)?\)$/s.exec(text)
  const plain = /^(?:!\s*)?kubectl (.*?)(?:\s#.*)?$/s.exec(text)
  const words = wordsOf(captured?.[2] ?? plain?.[1] ?? '$')?.filter((word) => !formerFlags.test(word))
  if (words === undefined) return foreign('a command of the shell', true)
  if (text.includes('recursive/')) return foreign('manifests that are broken on purpose, which are not recorded', true)
  if (words[0] === 'run') return foreign('run, which made Deployments then', true)
  const variable = captured?.[1] === undefined ? {} : { variable: captured[1] }
  if (words.some((word) => /go-template/.test(word))) return { ...foreign('a Go template'), ...variable }
  return { kind: 'run', words, fails, ...variable }
}

function foreign(reason: string, changes = false): ScriptStep & { readonly kind: 'foreign' } {
  return { kind: 'foreign', reason, changes }
}

/** Splits a command as a shell does; undefined for one that has more than words and quotes. */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const word = /^(?:'[^']*'|"(?:\\.|[^"\\$])*"|\\.|[^\s'"\\$|<>`;&])+/.exec(rest)?.[0]
    if (word === undefined) return undefined
    words.push(
      word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) => {
        if (typeof double === 'string') return double.replaceAll(/\\(.)/g, '$1')
        return String(single ?? escaped)
      }),
    )
    rest = rest.slice(word.length).trimStart()
  }
  return words
}

/** The path that stands for a Go template, where one does. */
function pathOf(template: string): string | undefined {
  const path = template
    .replaceAll(/\{\{\s*range\s*\.items\s*\}\}/g, '{range .items[*]}')
    .replaceAll(/\{\{\s*range\s*\.?([\w.]+)\s*\}\}/g, '{range .$1.*}')
    .replaceAll(/\{\{\s*end\s*\}\}/g, '{end}')
    .replaceAll(/\{\{\s*\.\s*\}\}/g, '{@}')
    .replaceAll(/\{\{\s*\(index (\.[\w.]+) (\d+)\)(\.[\w.]+)\s*\}\}/g, '{$1[$2]$3}')
    .replaceAll(/\{\{\s*(\.[\w.]+)\s*\}\}/g, '{$1}')
  return /\{\{|\$/.test(path) ? undefined : path
}
