import type { Resource } from '../model/resource.ts'
import { CommandError, UsageError } from './failure.ts'
import { type Path, parsePath, valuesAt } from './json-path.ts'

/** What `--for` waits for. */
export type Awaited =
  | { readonly kind: 'create' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'state'; readonly isMet: (object: Resource) => boolean }

/** Reads what `--for` was given: `create`, `delete`, `condition=NAME[=VALUE]`, `jsonpath='{PATH}'[=VALUE]`. Throws a UsageError. */
export function parseAwaited(text: string | undefined): Awaited {
  if (text === undefined || text === '') {
    throw new UsageError('--for must say what to wait for: create, delete, condition=NAME or jsonpath={PATH}=VALUE')
  }
  const word = text.toLowerCase()
  if (word === 'create' || word === 'delete') return { kind: word }
  if (text.startsWith('condition=')) return { kind: 'state', isMet: conditionMet(text.slice('condition='.length)) }
  if (text.startsWith('jsonpath=')) return { kind: 'state', isMet: pathMet(text.slice('jsonpath='.length)) }
  throw new UsageError(`unrecognized condition: "${text}"; say create, delete, condition=NAME or jsonpath={PATH}=VALUE`)
}

interface Conditioned extends Resource {
  readonly status?: {
    readonly observedGeneration?: number
    readonly conditions?: readonly {
      readonly type: string
      readonly status: string
      readonly observedGeneration?: number
    }[]
  }
}

/** A condition counts when it was told about the present generation of its object; case means nothing. */
function conditionMet(text: string): (object: Resource) => boolean {
  const [name = '', value = 'true'] = text.split('=', 2)
  if (name === '') throw new UsageError('--for=condition= needs the name of a condition, such as Ready')
  return (object) => {
    const { metadata, status } = object as Conditioned
    const condition = status?.conditions?.find(({ type }) => type.toLowerCase() === name.toLowerCase())
    if (condition === undefined) return false
    const observed = condition.observedGeneration ?? status?.observedGeneration
    if (observed !== undefined && observed < (metadata.generation ?? 0)) return false
    return condition.status.toLowerCase() === value.toLowerCase()
  }
}

/** Splits `{.status.phase}=Running` at the equals sign behind the path; those of filters are in the braces. */
function pathMet(text: string): (object: Resource) => boolean {
  const [, braced, bare, value] = /^(?:\{(.*)\}|([^={}]+))(?:=(.*))?$/s.exec(text) ?? []
  const source = braced ?? bare
  if (source === undefined) {
    throw new UsageError(`jsonpath must be of the form {PATH} or {PATH}=VALUE, not "${text}"`)
  }
  if (value === '') throw new UsageError('jsonpath wait value cannot be empty')
  const path = parsePath(source)
  return (object) => {
    const values = found(path, object)
    if (values.length > 1) throw new CommandError('given jsonpath expression matches more than one value')
    const [one] = values
    if (values.length === 0) return false
    if (value === undefined) return true
    if (typeof one === 'object' && one !== null) {
      throw new CommandError('jsonpath leads to an object or a list, which is compared with no value')
    }
    return String(one) === value
  }
}

/** An index that leads nowhere yet may lead somewhere later. */
function found(path: Path, object: Resource): readonly unknown[] {
  try {
    return valuesAt(path, object)
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}
