import { isInt64 } from './int64.ts'
import { labelValueFaults, qualifiedNameFaults } from './names.ts'

/**
 * What is wrong with a requirement, as apimachinery's `labels.NewRequirement` words it, each with its field in front
 * (`values[0][tier]: Invalid value: …`); empty when it is right. Takes `=`, `==` and `!=` as operators too.
 */
export function requirementFaults(key: string, operator: string, values: readonly string[]): string[] {
  const faults = qualifiedNameFaults(key)
  return [
    ...(faults.length === 0 ? [] : [invalidValue('key', key, faults.join('; '))]),
    ...valueCountFaults(operator, values),
    ...values.flatMap((value, index) => {
      const valueFaults = labelValueFaults(value)
      return valueFaults.length === 0 ? [] : [invalidValue(`values[${index}][${key}]`, value, valueFaults.join('; '))]
    }),
  ]
}

function valueCountFaults(operator: string, values: readonly string[]): string[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : [invalidValues(values, "for 'in', 'notin' operators, values set can't be empty")]
    case '=':
    case '==':
    case '!=':
      return values.length === 1 ? [] : [invalidValues(values, 'exact-match compatibility requires one single value')]
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? []
        : [invalidValues(values, 'values set must be empty for exists and does not exist')]
    case 'Gt':
    case 'Lt':
      return integerFaults(values)
    default:
      return [`operator: Unsupported value: ${JSON.stringify(operator)}: supported values: ${supportedOperators}`]
  }
}

function integerFaults(values: readonly string[]): string[] {
  const message = "for 'Gt', 'Lt' operators, the value must be an integer"
  return [
    ...(values.length === 1 ? [] : [invalidValues(values, "for 'Gt', 'Lt' operators, exactly one value is required")]),
    ...values.flatMap((value, index) => (isInt64(value) ? [] : [invalidValue(`values[${index}]`, value, message)])),
  ]
}

const supportedOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', '=', '==', '!=']
  .map((operator) => JSON.stringify(operator))
  .join(', ')

function invalidValue(field: string, value: string, message: string): string {
  return `${field}: Invalid value: ${JSON.stringify(value)}: ${message}`
}

function invalidValues(values: readonly string[], message: string): string {
  return `values: Invalid value: ${JSON.stringify(values)}: ${message}`
}
