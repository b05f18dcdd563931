import { assert, type Cause, invalid, type Refusal } from './errors.ts'
import { shown } from './fault.ts'
import { compareInt64 } from './int64.ts'
import { requirementFaults } from './requirement-faults.ts'
import { assertRequirementCount, assertSelectorLength } from './selector-size.ts'
import { type Token, tokensOf } from './selector-token.ts'

export { requirementFaults } from './requirement-faults.ts'

/** How a requirement relates a label to its values. `=` and `==` are `In` with one value, `!=` is `NotIn` with one. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'

/** One condition on one label. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
  /** How an equality was written, so that it is written so again; without it `in (…)` and `notin (…)` are written. */
  readonly symbol?: '=' | '==' | '!=' | undefined
}

/** Requirements that must all hold. Without any, everything is selected. In the order of their keys when made here. */
export type Selector = readonly Requirement[]

/** The labels of an object. */
export type Labels = Readonly<Record<string, string>>

/** A requirement as manifests carry it, in label selectors and node selectors; not yet known to be valid. */
export interface LabelSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[] | undefined
}

/** Kubernetes `metav1.LabelSelector`: both parts must hold. */
export interface LabelSelector {
  readonly matchLabels?: Labels | undefined
  readonly matchExpressions?: readonly LabelSelectorRequirement[] | undefined
}

/**
 * Reads a label selector such as `app=web,tier in (fe,be),!canary,generation>3` (apimachinery `labels.Parse`, its grammar).
 * An empty text selects everything. Throws the refusal INVALID, with what was found where, for a text that is no selector.
 */
export function parseSelector(text: string): Selector {
  assertSelectorLength('labelSelector', text)
  const reader: Reader = { text, tokens: tokensOf(text), next: 0 }
  const first = peek(reader)
  if (first.kind === 'end') return []
  if (!startsRequirement(first)) throw unexpected(reader, first, "!, identifier, or 'end of string'")
  const requirements: Requirement[] = []
  while (true) {
    requirements.push(parseRequirement(reader))
    assertRequirementCount('labelSelector', requirements)
    const separator = take(reader)
    if (separator.kind === 'end') return sortByKey(requirements)
    if (separator.text !== ',') throw unexpected(reader, separator, "',' or 'end of string'")
    if (!startsRequirement(peek(reader))) throw unexpected(reader, peek(reader), "identifier after ','")
  }
}

/** Whether the labels satisfy every requirement (apimachinery `labels.Selector.Matches`). No labels are an empty set. */
export function matches(selector: Selector, labels: Labels | undefined): boolean {
  for (let index = 0; index < selector.length; index += 1) {
    const requirement = selector[index]
    if (requirement !== undefined && !satisfies(requirement, labels)) return false
  }
  return true
}

/**
 * Whether a node's labels satisfy one requirement of a node selector term (component-helpers `nodeaffinity`): as a label
 * selector's, so that `NotIn` and `DoesNotExist` hold where the key is missing, but an invalid requirement never holds.
 */
export function matchesNodeSelectorRequirement(
  requirement: LabelSelectorRequirement,
  labels: Labels | undefined,
): boolean {
  const checked = checkedRequirements.get(requirement) ?? checkRequirement(requirement)
  return checked !== 'invalid' && satisfies(checked, labels)
}

/**
 * The selector that asks for each of these labels with `=`. An empty map gives the selector of everything; whether that is
 * meant is for the caller to decide: a ReplicationController or a Service with an empty map selects nothing.
 */
export function selectorOfMap(map: Labels): Selector {
  return sortByKey(Object.entries(map).map(([key, value]) => ({ key, operator: 'In', values: [value], symbol: '=' })))
}

/**
 * The selector that a `metav1.LabelSelector` stands for (`LabelSelectorAsSelector`): an empty one selects everything; an
 * absent one selects nothing, which the caller knows. Throws the refusal INVALID when a part of it is invalid.
 */
export function selectorOfLabelSelector(labelSelector: LabelSelector): Selector {
  const { matchLabels = {}, matchExpressions = [] } = labelSelector
  const labelCauses = Object.entries(matchLabels).flatMap(([key, value]) => {
    return requirementFaults(key, '=', [value]).map((fault) => causeOf('matchLabels', fault))
  })
  const expressionCauses = matchExpressions.flatMap(({ key, operator, values = [] }, index) => {
    const field = `matchExpressions[${index}]`
    if (isSetOperator(operator)) return requirementFaults(key, operator, values).map((fault) => causeOf(field, fault))
    return [causeOf(`${field}.operator`, `${JSON.stringify(operator)} is not a valid label selector operator`)]
  })
  const causes = [...labelCauses, ...expressionCauses]
  if (causes.length > 0) throw invalid('labelSelector', causes)
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    return { key, operator: operator as Operator, values }
  })
  return sortByKey([...selectorOfMap(matchLabels), ...expressions])
}

/** The selector as text that parses to the same selector again, requirements and values in their canonical order. */
export function formatSelector(selector: Selector): string {
  return sortByKey(selector).map(formatRequirement).join(',')
}

/** The requirements in the order of their keys, as every selector here is kept; a stable order. */
function sortByKey(requirements: readonly Requirement[]): Selector {
  return [...requirements].sort((a, b) => compareTexts(a.key, b.key))
}

/** Less than, equal or greater by code unit, never by locale. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface Reader {
  readonly text: string
  readonly tokens: readonly Token[]
  next: number
}

function peek(reader: Reader): Token {
  const token = reader.tokens[reader.next] ?? reader.tokens.at(-1)
  assert(token !== undefined, 'the words of a text end with its end')
  return token
}

function take(reader: Reader): Token {
  const token = peek(reader)
  reader.next += 1
  return token
}

function startsRequirement(token: Token): boolean {
  return token.kind === 'identifier' || token.text === '!'
}

function parseRequirement(reader: Reader): Requirement {
  const isNegated = peek(reader).text === '!'
  if (isNegated) take(reader)
  const key = take(reader)
  if (key.kind !== 'identifier') throw unexpected(reader, key, 'identifier')
  const requirement = isNegated
    ? { key: key.text, operator: 'DoesNotExist' as const, values: [] }
    : { key: key.text, ...parseCondition(reader) }
  const faults = requirementFaults(requirement.key, requirement.operator, requirement.values)
  if (faults.length > 0) throw refusal(reader, `at character ${key.position}: ${faults.join(', ')}`)
  return requirement
}

function parseCondition(reader: Reader): Omit<Requirement, 'key'> {
  const next = peek(reader)
  if (next.kind === 'end' || next.text === ',') return { operator: 'Exists', values: [] }
  take(reader)
  switch (next.text) {
    case 'in':
      return { operator: 'In', values: parseValues(reader) }
    case 'notin':
      return { operator: 'NotIn', values: parseValues(reader) }
    case '=':
    case '==':
      return { operator: 'In', values: parseValue(reader), symbol: next.text }
    case '!=':
      return { operator: 'NotIn', values: parseValue(reader), symbol: next.text }
    case '>':
      return { operator: 'Gt', values: parseValue(reader) }
    case '<':
      return { operator: 'Lt', values: parseValue(reader) }
    default:
      throw unexpected(reader, next, 'in, notin, =, ==, !=, gt, lt')
  }
}

function parseValue(reader: Reader): readonly string[] {
  const next = peek(reader)
  if (next.kind === 'end' || next.text === ',') return ['']
  if (next.kind !== 'identifier') throw unexpected(reader, next, 'identifier')
  return [take(reader).text]
}

/**
 * Values in parentheses, sorted, each once. A value may be left out and then is the empty text, as apimachinery's parser has
 * it: it takes two commas together, so that an even number of them before the end is a fault.
 */
function parseValues(reader: Reader): readonly string[] {
  const open = take(reader)
  if (open.text !== '(') throw unexpected(reader, open, "'('")
  if (takeIf(reader, ')')) return ['']
  const values = new Set<string>()
  while (true) {
    const token = take(reader)
    if (token.kind === 'identifier') {
      values.add(token.text)
      if (takeIf(reader, ')')) break
      if (peek(reader).text !== ',') throw unexpected(reader, peek(reader), "',' or ')'")
    } else if (token.text === ',') {
      const isLast = takeIf(reader, ')')
      if (isLast || values.size === 0 || takeIf(reader, ',')) values.add('')
      if (isLast) break
    } else {
      throw unexpected(reader, token, "',', ')' or identifier")
    }
  }
  return [...values].sort(compareTexts)
}

function takeIf(reader: Reader, text: string): boolean {
  const isNext = peek(reader).text === text
  if (isNext) take(reader)
  return isNext
}

function unexpected(reader: Reader, token: Token, expected: string): Refusal {
  const found = token.kind === 'end' ? 'the end' : `'${token.text}'`
  return refusal(reader, `found ${found} at character ${token.position}, expected: ${expected}`)
}

function refusal(reader: Reader, fault: string): Refusal {
  const message = `Invalid value: ${shown(reader.text)}: unable to parse: ${fault}`
  return invalid('request', [{ field: 'labelSelector', reason: 'FieldValueInvalid', message }])
}

function isSetOperator(operator: string): boolean {
  return operator === 'In' || operator === 'NotIn' || operator === 'Exists' || operator === 'DoesNotExist'
}

function causeOf(field: string, message: string): Cause {
  return { field, reason: 'FieldValueInvalid', message }
}

function satisfies(requirement: Requirement, labels: Labels | undefined): boolean {
  // A label's name may be that of a method of Object: only texts count.
  const label: unknown = labels?.[requirement.key]
  const value = typeof label === 'string' ? label : undefined
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value)
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && compareInt64(value, requirement.values[0] ?? '') === 1
    case 'Lt':
      return value !== undefined && compareInt64(value, requirement.values[0] ?? '') === -1
    default:
      return false
  }
}

function formatRequirement({ key, operator, values, symbol }: Requirement): string {
  if (symbol !== undefined) return `${key}${symbol}${values.join(',')}`
  switch (operator) {
    case 'In':
      return `${key} in (${[...values].sort(compareTexts).join(',')})`
    case 'NotIn':
      return `${key} notin (${[...values].sort(compareTexts).join(',')})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
    case 'Gt':
      return `${key}>${values.join(',')}`
    case 'Lt':
      return `${key}<${values.join(',')}`
    default:
      return key
  }
}

/** What is known of requirements that nodes were asked about: a scheduler asks about one of them for thousands of nodes. */
const checkedRequirements = new WeakMap<LabelSelectorRequirement, Requirement | 'invalid'>()

function checkRequirement(requirement: LabelSelectorRequirement): Requirement | 'invalid' {
  const { key, operator, values = [] } = requirement
  const isValid = !/^[!=]/.test(operator) && requirementFaults(key, operator, values).length === 0
  const checked = isValid ? { key, operator: operator as Operator, values } : 'invalid'
  checkedRequirements.set(requirement, checked)
  return checked
}
