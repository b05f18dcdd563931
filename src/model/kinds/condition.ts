import { oneOf, optional, required, text, time } from './field.ts'

/** The three answers of a condition. */
const conditionStatus = oneOf('ConditionStatus', 'Whether a condition holds.', ['True', 'False', 'Unknown'])

/** The fields that the conditions of all kinds have. */
export const conditionFields = {
  type: required(text, 'What the condition is about.'),
  status: required(conditionStatus, 'Whether it holds.'),
  reason: optional(text, 'Why, in one CamelCase word, for programs.'),
  message: optional(text, 'Why, in a sentence, for people.'),
  lastTransitionTime: optional(time, 'When the status last became another.'),
}
