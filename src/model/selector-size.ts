import { invalid } from './errors.ts'

/** Characters that a selector may have; Kubernetes' take their place in a URL. */
const lengthMax = 16_384

/** Requirements that a selector may have: each is held against every object of a list. */
const requirementsMax = 200

type SelectorField = 'labelSelector' | 'fieldSelector'

/** Throws the refusal INVALID of a text that is too long for a selector, before it is read. */
export function assertSelectorLength(field: SelectorField, { length }: string): void {
  if (length <= lengthMax) return
  const message = `Too long: ${length} characters, and a selector may have ${lengthMax}`
  throw invalid('request', [{ field, reason: 'FieldValueTooLong', message }])
}

/** Throws the refusal INVALID of a selector that asks for too much. */
export function assertRequirementCount(field: SelectorField, { length }: readonly unknown[]): void {
  if (length <= requirementsMax) return
  const message = `Too many: ${length} requirements, and a selector may have ${requirementsMax}`
  throw invalid('request', [{ field, reason: 'FieldValueTooMany', message }])
}
