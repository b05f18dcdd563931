import {
  coerceInputValue,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLInputType,
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
import { formatError } from './error-format.ts'

/** Faults that are looked for: who sends more has sent something else than he thought. */
const faultsMax = 1_000

/** The result, or, where nothing ran because the variables do not fit, all that is wrong with them. */
export function withVariableFaults(result: ExecutionResult, args: ExecutionArgs): ExecutionResult {
  const ranNothing = result.errors !== undefined && result.data === undefined
  return ranNothing ? (judgeVariables(args) ?? result) : result
}

/**
 * The refusal of variables that do not fit their types: all faults at once, each with its field path as in manifests
 * (`spec.containers[0].name`). Undefined when they fit.
 */
function judgeVariables({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): ExecutionResult | undefined {
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
    const faults = faultsOf(value, inputType)
    causes.push(...faults.map((fault) => causeOf(schema, { ...fault, variable: name })))
  }
  if (causes.length === 0) return undefined
  return { errors: [formatError(new Refusal('INVALID', sentencesOf(causes), { causes }))] }
}

/** What is wrong with a value, as GraphQL words it. */
function faultsOf(value: unknown, type: GraphQLInputType): Omit<Fault, 'variable'>[] {
  const faults: Omit<Fault, 'variable'>[] = []
  try {
    coerceInputValue(value, type, (path, _, { message }) => {
      if (faults.length === faultsMax) throw new TooManyFaults()
      faults.push({ path, told: message })
    })
  } catch (error) {
    if (!(error instanceof TooManyFaults)) throw error
    faults.unshift({ path: [], told: `more than ${faultsMax} faults: the others have not been looked for` })
  }
  return faults
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
