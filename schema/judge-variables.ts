import {
  coerceInputValue,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isInputType,
  Kind,
  OperationTypeNode,
  print,
  type TypeNode,
  typeFromAST,
} from 'graphql'
import { type Cause, Refusal } from '../src/model/errors.ts'
import { formatError } from './error-format.ts'

/**
 * The refusal of variables that do not fit their types: all faults at once, each with its field path as in manifests
 * (`spec.containers[0].name`). Undefined when they fit. Only mutations are judged; what a query asks wrongly harms nobody
 * and is told by the executor.
 */
export function judgeVariables({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): ExecutionResult | undefined {
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== OperationTypeNode.MUTATION) return undefined
  const causes: Cause[] = []
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value
    const inputType = typeFromAST(schema, type as never)
    const value: unknown = variableValues?.[name]
    if (value === undefined && (defaultValue !== undefined || !isRequired(type))) continue
    if (!isInputType(inputType)) continue
    if (value === undefined || (value === null && isRequired(type))) {
      causes.push({ field: name, reason: 'FieldValueRequired', message: `Required value: of type ${print(type)}` })
      continue
    }
    coerceInputValue(value, inputType, (path, _, { message }) =>
      causes.push(causeOf(schema, { path, variable: name, told: message })),
    )
  }
  if (causes.length === 0) return undefined
  const sentence = causes.map(({ field, message }) => `${field}: ${message}`).join('; ')
  return { errors: [formatError(new Refusal('INVALID', sentence, { causes }))] }
}

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
    '',
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
