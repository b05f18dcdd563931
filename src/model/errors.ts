const errorCodes = [
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'INVALID',
  'CONFLICT',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'EXPIRED',
  'QUOTA_EXCEEDED',
  'TOO_MANY_REQUESTS',
  'SLOW_CONSUMER',
  'UNAVAILABLE',
] as const

/** Every code that a client can be told in `extensions.code`. Anything else that is thrown is a bug of ours. */
export type ErrorCode = (typeof errorCodes)[number]

/** Whether something is a code of the catalogue. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(value)
}

/** Kubernetes' `metav1.CauseType`, as the API server reports it in `status.details.causes[].reason`. */
export type CauseReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueDuplicate'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'

/** One fault in one field. `field` is a path such as `spec.containers[0].name`. */
export interface Cause {
  readonly field: string
  readonly reason: CauseReason
  readonly message: string
  /** Where the field is in a text of manifests, counted from 1. */
  readonly line?: number
  readonly column?: number
}

export interface RefusalOptions {
  readonly causes?: readonly Cause[]
  /** Facts that a program needs to go on, for example `resourceVersion` with SLOW_CONSUMER. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** An expected refusal: the request was understood and is turned down. Never used for faults of our own. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly causes: readonly Cause[]
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, options: RefusalOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.causes = options.causes ?? []
    this.details = options.details ?? {}
  }
}

/** Whether something was refused because what it needs cannot be had now, and may be had later. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'UNAVAILABLE'
}

/** The refusal of an object whose fields are at fault; all faults are told at once, as Kubernetes words them. */
export function invalid(subject: string, causes: readonly Cause[]): Refusal {
  return new Refusal('INVALID', `${shorten(subject, subjectLengthMax)} is invalid: ${sentencesOf(causes)}`, { causes })
}

/** Causes that are told of one refusal, and the characters of all: nobody reads more, and a large input has a million. */
const causesMax = 200
const charactersMax = 32 * 1024

/** Characters that a path, a message, and what they are about is told with. Each may quote what was sent. */
const fieldLengthMax = 500
const messageLengthMax = 1_500
const subjectLengthMax = 300

/** The causes that are told, each of bounded length, and how many are left out. At least one is told where there are any. */
export function tellable(causes: readonly Cause[]): { readonly told: readonly Cause[]; readonly leftOut: number } {
  const told: Cause[] = []
  let characters = 0
  for (const cause of causes) {
    const { field, message } = cause
    const short = { ...cause, field: shorten(field, fieldLengthMax), message: shorten(message, messageLengthMax) }
    characters += short.field.length + short.message.length
    if (told.length > 0 && (told.length === causesMax || characters > charactersMax)) break
    told.push(short)
  }
  return { told, leftOut: causes.length - told.length }
}

/** Causes as one text, with how many are left out. */
export function sentencesOf(causes: readonly Cause[]): string {
  const { told, leftOut } = tellable(causes)
  return [...told.map(sentenceOf), ...(leftOut > 0 ? [`and ${leftOut} more`] : [])].join('; ')
}

/** A text without its middle, where it is too long: its beginning tells what it is about, its end what is wrong. */
export function shorten(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  const half = Math.floor(lengthMax / 2)
  return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed()
}

/** A cause as one sentence: where, and what. */
function sentenceOf({ field, message, line }: Cause): string {
  const place = line === undefined || message.includes(`line ${line},`) ? field : `${field} (line ${line})`
  return place === '' ? message : `${place}: ${message}`
}

/** Throws when a promise of our own is broken. Never for what a user may cause. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${sentence}`)
}
