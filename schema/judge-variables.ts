import {
  coerceInputValue,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isInputType,
  Kind,
  print,
  type TypeNode,
  typeFromAST,
} from 'graphql'
import { type Cause, Refusal, sentencesOf } from '../src/model/errors.ts'
import { excessIn } from '../src/model/json-size.ts'
import { formatError } from './error-format.ts'

/** Faults that are looked for in all variables of a request: who sends more has sent something else than he thought. */
const faultsMax = 1_000

/** The result, or, where nothing ran because the variables do not fit, all that is wrong with them. */
export function withVariableFaults(result: ExecutionResult, args: ExecutionArgs): ExecutionResult {
  const ranNothing = result.errors !== undefined && result.data === undefined
  return ranNothing ? (judgeVariables(args) ?? result) : result
}

/**
 * Values in variables beyond which they are judged before anything is executed. GraphQL's own refusals show an object as a
 * whole for each of its fields that is at fault, and a compiled operation words a million of them.
 */
const unjudgedValuesMax = 5_000

/** The refusal of very many variables that do not fit their types. Undefined when they fit, or are not that many. */
export function judgeManyVariables(args: ExecutionArgs): ExecutionResult | undefined {
  const isMany = excessIn(args.variableValues, { values: unjudgedValuesMax }) !== undefined
  return isMany ? judgeVariables(args) : undefined
}

/**
 * The refusal of variables that do not fit their types: all faults at once, each with its field path as in manifests
 * (`spec.containers[0].name`). Undefined when they fit.
 */
function judgeVariables(args: ExecutionArgs): ExecutionResult | undefined {
  const causes = causesOf(args)
  if (causes.length === 0) return undefined
  return { errors: [formatError(new Refusal('INVALID', sentencesOf(causes), { causes }))] }
}

/** What is wrong with all variables together, up to where there is too much of it. */
function causesOf({ schema, document, operationName, variableValues }: ExecutionArgs): Cause[] {
  const operation = getOperationAST(document, operationName)
  const causes: Cause[] = []
  for (const { variable, type, defaultValue } of operation?.variableDefinitions ?? []) {
    const name = variable.name.value
    const inputType = typeFromAST(schema, type as never)
    const value: unknown = variableValues?.[name]
    if (value === undefined && (defaultValue !== undefined || !isRequired(type))) continue
    if (!isInputType(inputType)) continue
    if (value === undefined || (value === null && isRequired(type))) {
      causes.push({ field: name, reason: 'FieldValueRequired', message: `Required value: of type ${print(type)}` })
      continue
    }
    try {
      coerceInputValue(value, inputType, (path, _, { message }) => {
        if (causes.length >= faultsMax) throw new TooManyFaults()
        causes.push(causeOf(schema, { path, variable: name, told: message }))
      })
    } catch (error) {
      if (!(error instanceof TooManyFaults)) throw error
      const message = `Too many: more than ${faultsMax} faults, and the others have not been looked for`
      return [{ field: name, reason: 'FieldValueTooMany', message }, ...causes]
    }
  }
  return causes
}

class TooManyFaults extends Error {}

function isRequired(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE
}

interface Fault {
  readonly path: readonly (string | number)[]
  readonly variable: string
  readonly told: string
}

function causeOf(schema: GraphQLSchema, { path, variable, told }: Fault): Cause {
  const field = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    // What is in an input is named as in a manifest, what is in a list by the variable.
    typeof path[0] === 'number' ? variable : '',
  )
  const unknown = /^Field "([^"]+)" is not defined by type "[^"]+"\.(?: Did you mean (.+)\?)?$/.exec(told)
  if (unknown !== null) {
    const [, name = '', near] = unknown
    const full = field === '' ? name : `${field}.${name}`
    const hint = near === undefined ? '' : `, did you mean ${near}?`
    return { field: full, reason: 'FieldValueInvalid', message: `unknown field "${full}"${hint}` }
  }
  const choice = /^Value "([^"]*)" does not exist in "([^"]+)" enum\./.exec(told)
  const choices = choice === null ? undefined : schema.getType(choice[2] ?? '')
  if (isEnumType(choices)) {
    const supported = choices.getValues().map((value) => `"${value.name}"`)
    const message = `Unsupported value: "${choice?.[1]}": supported values: ${supported.join(', ')}`
    return { field, reason: 'FieldValueNotSupported', message }
  }
  const missing = /^Field "([^"]+)" of required type "[^"]+" was not provided\.$/.exec(told)
  if (missing !== null) {
    const full = field === '' ? (missing[1] ?? '') : `${field}.${missing[1]}`
    return { field: full, reason: 'FieldValueRequired', message: 'Required value' }
  }
  return { field: field === '' ? variable : field, reason: 'FieldValueTypeInvalid', message: `Invalid value: ${told}` }
}
