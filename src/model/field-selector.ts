import { type Cause, invalid, type Refusal } from './errors.ts'
import { shown } from './fault.ts'
import type { KindDefinition, SelectableFields } from './kind.ts'
import type { Resource } from './resource.ts'
import { assertRequirementCount, assertSelectorLength } from './selector-size.ts'

/** One condition on one field: that its text is this value, or that it is not. */
export interface FieldRequirement {
  readonly field: string
  readonly isEqual: boolean
  readonly value: string
}

/** Requirements that must all hold. Without any, everything is selected. */
export type FieldSelector = readonly FieldRequirement[]

/** What objects of every kind can be selected by. */
const commonFields: SelectableFields = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
}

/**
 * Reads a field selector such as `status.phase!=Running,spec.nodeName=a` for objects of some kinds (apimachinery
 * `fields.ParseSelector`, its grammar). An empty text selects everything. Throws the refusal INVALID for a text that is no
 * selector, and for fields that one of the kinds cannot be selected by, all of them at once.
 */
export function parseFieldSelector(text: string, definitions: readonly KindDefinition[]): FieldSelector {
  assertSelectorLength('fieldSelector', text)
  const requirements = splitTerms(text).flatMap((term) => (term === '' ? [] : [parseTerm(term, text)]))
  assertRequirementCount('fieldSelector', requirements)
  const causes = requirements.flatMap(({ field }) => {
    const strangers = definitions.filter((definition) => valueReader(definition, field) === undefined)
    return strangers.map((definition) => unsupported(field, definition))
  })
  if (causes.length > 0) throw invalid('request', causes)
  return requirements
}

/** The value that a field must have for an object to be selected; undefined where it may have several. */
export function requiredValue(selector: FieldSelector, field: string): string | undefined {
  return selector.find((requirement) => requirement.field === field && requirement.isEqual)?.value
}

/** Whether an object's fields satisfy every requirement; undefined for a selector that selects everything. */
export function fieldPredicate(
  selector: FieldSelector,
  definitions: readonly KindDefinition[],
): ((object: Resource) => boolean) | undefined {
  if (selector.length === 0) return undefined
  const testsOfKind = new Map(
    definitions.map((definition) => {
      const tests = selector.map(({ field, isEqual, value }) => {
        const read = valueReader(definition, field)
        return (object: Resource) => (read?.(object) === value) === isEqual
      })
      return [definition.kind, tests] as const
    }),
  )
  return (object) => testsOfKind.get(object.kind)?.every((test) => test(object)) === true
}

function valueReader(definition: KindDefinition, field: string): SelectableFields[string] | undefined {
  const { selectableFields = {} } = definition
  if (Object.hasOwn(commonFields, field)) return commonFields[field]
  return Object.hasOwn(selectableFields, field) ? selectableFields[field] : undefined
}

function unsupported(field: string, { kind, selectableFields = {} }: KindDefinition): Cause {
  const fields = [...Object.keys(commonFields), ...Object.keys(selectableFields)].toSorted()
  const supported = fields.map((name) => JSON.stringify(name)).join(', ')
  const message = `Unsupported value: ${JSON.stringify(field)}: ${kind} cannot be selected by it; supported values: ${supported}`
  return { field: 'fieldSelector', reason: 'FieldValueNotSupported', message }
}

/** Splits at the commas that no backslash stands before. */
function splitTerms(text: string): readonly string[] {
  const terms: string[] = []
  let start = 0
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1
    else if (text[index] === ',') {
      terms.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...terms, text.slice(start)]
}

function parseTerm(term: string, text: string): FieldRequirement {
  const operator = /!=|==|=/.exec(term)
  if (operator === null) throw refusal(text, `"${term}" has none of the operators =, == and !=`)
  const value = unescapeValue(term.slice(operator.index + operator[0].length), text)
  return { field: term.slice(0, operator.index), isEqual: operator[0] !== '!=', value }
}

/** In a value a backslash, a comma and an equals sign stand behind a backslash, and nothing else does. */
function unescapeValue(value: string, text: string): string {
  return value.replace(/\\([^]?)|[,=]/g, (found, escaped: string | undefined) => {
    if (escaped === undefined) throw refusal(text, `"${found}" in a value must be written as "\\${found}"`)
    if (escaped === '\\' || escaped === ',' || escaped === '=') return escaped
    throw refusal(text, `"${found}" is no escape sequence`)
  })
}

function refusal(text: string, fault: string): Refusal {
  const message = `Invalid value: ${shown(text)}: unable to parse: ${fault}`
  return invalid('request', [{ field: 'fieldSelector', reason: 'FieldValueInvalid', message }])
}
