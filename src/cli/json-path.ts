import { UsageError } from './failure.ts'

/** What a step of a path does with each value that it is given. */
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descendants' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number; readonly end: number | undefined; readonly step: number }
  | { readonly kind: 'union'; readonly paths: readonly Path[] }
  | { readonly kind: 'filter'; readonly left: Operand; readonly operator: string; readonly right: Operand }
  | { readonly kind: 'having'; readonly operand: Operand }

export type Path = readonly Step[]

/** One side of a comparison in a filter. */
export type Operand = { readonly path: Path } | { readonly value: string | number | boolean | null }

/**
 * Reads a path such as `.items[?(@.type=="Ready")].name`, in kubectl's dialect of JSONPath
 * (https://kubernetes.io/docs/reference/kubectl/jsonpath): `$` and `@` are the present object and may be left out, `\.` is a
 * dot within a name, `['a.b']` means the same as `.a.b`. The dialect is neither RFC 9535 nor what libraries speak, and it is
 * smaller than a translation would be. Throws a UsageError for what is no path.
 */
export function parsePath(text: string): Path {
  const steps: Step[] = []
  let rest = text
  while (rest !== '') {
    const { step, length } = readStep(rest, text)
    if (step !== undefined) steps.push(step)
    rest = rest.slice(length)
  }
  return steps
}

/**
 * All values that a path leads to from `value`, in order. What is not there is left out, unless fields must be there: then a
 * field that nothing of what there is has throws a RangeError. So does an index that leads nowhere.
 */
export function valuesAt(path: Path, value: unknown, { allowsMissing = true } = {}): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (values, step) => {
      const found = take(step, values)
      const isMissing = step.kind === 'field' && values.length > 0 && found.length === 0
      if (isMissing && !allowsMissing) throw new RangeError(`${step.name} is not found`)
      return found
    },
    [value],
  )
}

interface Read {
  readonly step: Step | undefined
  readonly length: number
}

function readStep(rest: string, whole: string): Read {
  if (/^[$@\s]/.test(rest)) return { step: undefined, length: 1 }
  if (rest.startsWith('..')) return { step: { kind: 'descendants' }, length: /^\.\.[^[.*]/.test(rest) ? 1 : 2 }
  if (rest.startsWith('[')) return readBracket(rest, whole)
  const isDotted = rest.startsWith('.')
  const word = isDotted ? rest.slice(1) : rest
  const name = /^(?:\\.|[^\s.,[\]{}$@\\])*/s.exec(word)?.[0] ?? ''
  const length = name.length + (isDotted ? 1 : 0)
  if (length === 0) throw invalid(whole, `unexpected "${rest.charAt(0)}"`)
  if (name === '') return { step: undefined, length }
  if (name === '*') return { step: { kind: 'wildcard' }, length }
  return { step: { kind: 'field', name: name.replaceAll(/\\(.)/gs, '$1') }, length }
}

function readBracket(rest: string, whole: string): Read {
  const end = closingBracket(rest)
  if (end < 0) throw invalid(whole, 'unterminated array')
  return { step: bracketStep(rest.slice(1, end).trim(), whole), length: end + 1 }
}

/** Where the bracket that a text begins with is closed, quotes and brackets within being passed over; -1 where it is not. */
function closingBracket(text: string): number {
  let depth = 0
  let quote = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (quote !== '') {
      if (character === '\\') index += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') depth += 1
    else if (character === ']') depth -= 1
    if (depth === 0) return index
  }
  return -1
}

function bracketStep(inside: string, whole: string): Step {
  const filter = /^\?\((.*)\)$/s.exec(inside)
  if (filter !== null) return filterStep(filter[1] ?? '', whole)
  if (inside === '*') return { kind: 'wildcard' }
  const parts = inside.split(',').map((part) => part.trim())
  if (parts.length > 1) return { kind: 'union', paths: parts.map((part) => [bracketStep(part, whole)]) }
  const quoted = /^'([^']*)'$/.exec(inside)
  if (quoted !== null) return { kind: 'union', paths: [parsePath(`.${quoted[1] ?? ''}`)] }
  return positionStep(inside, whole)
}

function positionStep(inside: string, whole: string): Step {
  const position = /^(-?\d*)(?:(:)(-?\d*)(?::(-?\d*))?)?$/.exec(inside)
  if (position === null || inside === '') throw invalid(whole, `invalid array index ${inside}`)
  const [, start = '', colon, end = '', step = ''] = position
  if (colon === undefined) return { kind: 'index', index: Number(start) }
  const stride = step === '' ? 1 : Number(step)
  if (!(stride > 0)) throw invalid(whole, 'step must be > 0')
  return { kind: 'slice', start: Number(start), end: end === '' ? undefined : Number(end), step: stride }
}

function filterStep(text: string, whole: string): Step {
  const comparison = /^((?:"[^"]*"|'[^']*'|[^!<>="'])+)(==|!=|<=|>=|<|>)(.+)$/s.exec(text)
  if (comparison === null) return { kind: 'having', operand: operandOf(text.trim(), whole) }
  const [, left = '', operator = '', right = ''] = comparison
  return { kind: 'filter', left: operandOf(left.trim(), whole), operator, right: operandOf(right.trim(), whole) }
}

function operandOf(text: string, whole: string): Operand {
  const quoted = /^(["'])(.*)\1$/s.exec(text)
  if (quoted !== null) return { value: (quoted[2] ?? '').replaceAll(/\\(.)/gs, '$1') }
  if (text === 'true' || text === 'false') return { value: text === 'true' }
  if (text === 'null' || text === 'nil') return { value: null }
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) }
  if (text === '') throw invalid(whole, 'a filter compares with nothing')
  return { path: parsePath(text) }
}

function take(step: Step, values: readonly unknown[]): readonly unknown[] {
  if (step.kind === 'union') return step.paths.flatMap((path) => values.flatMap((value) => valuesAt(path, value)))
  return values.flatMap((value) => takeFrom(step, value))
}

function takeFrom(step: Exclude<Step, { readonly kind: 'union' }>, value: unknown): readonly unknown[] {
  if (step.kind === 'field') {
    return isMap(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : []
  }
  if (step.kind === 'wildcard') return childrenOf(value)
  if (step.kind === 'descendants') return withDescendants(value)
  if (!Array.isArray(value)) return []
  const elements: readonly unknown[] = value
  if (step.kind === 'index') return elementAt(elements, step.index)
  if (step.kind === 'slice') return sliceOf(elements, step)
  return elements.filter((element) => holds(step, element))
}

function elementAt(elements: readonly unknown[], index: number): readonly unknown[] {
  const at = index < 0 ? index + elements.length : index
  if (at >= 0 && at < elements.length) return [elements[at]]
  throw new RangeError(`array index out of bounds: index ${index}, length ${elements.length}`)
}

function sliceOf(elements: readonly unknown[], { start, end, step }: Step & { readonly kind: 'slice' }): unknown[] {
  return elements.slice(start, end).filter((_, index) => index % step === 0)
}

function holds(step: Step & { readonly kind: 'filter' | 'having' }, element: unknown): boolean {
  if (step.kind === 'having') return operandValues(step.operand, element).length > 0
  const [left] = operandValues(step.left, element)
  const [right] = operandValues(step.right, element)
  if (left === undefined || right === undefined) return false
  if (step.operator === '==') return left === right
  if (step.operator === '!=') return left !== right
  const isComparable = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string')
  return isComparable && isOrdered(left, step.operator, right as never)
}

function isOrdered<Value extends string | number>(left: Value, operator: string, right: Value): boolean {
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function operandValues(operand: Operand, element: unknown): readonly unknown[] {
  return 'path' in operand ? valuesAt(operand.path, element) : [operand.value]
}

function withDescendants(value: unknown): readonly unknown[] {
  const children = childrenOf(value)
  return children.length === 0 ? [] : [value, ...children.flatMap(withDescendants)]
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isMap(value) ? Object.values(value) : []
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(path: string, reason: string): UsageError {
  return new UsageError(`error parsing jsonpath ${path}: ${reason}`)
}
