/** The codes that the server puts in `extensions.code`; `INTERNAL` stands for every fault of its own. */
export type RequestErrorCode =
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'INVALID'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'EXPIRED'
  | 'QUOTA_EXCEEDED'
  | 'TOO_MANY_REQUESTS'
  | 'SLOW_CONSUMER'
  | 'UNAVAILABLE'
  | 'INTERNAL'

/**
 * What is wrong with a field: Kubernetes' `metav1.CauseType`
 * (https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#CauseType).
 */
export type RequestErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueDuplicate'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'

/** One fault in one field of what was sent, mostly with code INVALID. */
export interface RequestErrorCause {
  /** A path such as `spec.containers[0].name`; in manifests `manifests[2].spec.replicas`, the whole object where it is ''. */
  readonly field: string
  readonly reason: RequestErrorReason | (string & {})
  readonly message: string
  /** Where the field is in the text of manifests, counted from 1; only where a text of manifests was sent. */
  readonly line?: number
  readonly column?: number
}

/** What is known of an error beside its code and message. */
export interface RequestErrorOptions {
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * A request that the server turned down, or that did not reach it. `code` says which: UNAVAILABLE when the connection
 * was lost before the answer came, so that the request may or may not have been carried out.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** The server's `extensions.code`; a code that this version does not know is kept as it came. */
  readonly code: RequestErrorCode | (string & {})
  /** What is wrong, all at once; a server tells a few hundred at most. */
  readonly causes: readonly RequestErrorCause[]
  /** How many causes there are beside these. */
  readonly causesLeftOut: number
  /** All of the error's `extensions`, for example `resourceVersion` with SLOW_CONSUMER. */
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: RequestError['code'], message: string, options: RequestErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.extensions = options.extensions ?? {}
    const { causes, causesLeftOut } = this.extensions
    this.causes = Array.isArray(causes) ? (causes as RequestErrorCause[]) : []
    this.causesLeftOut = typeof causesLeftOut === 'number' ? causesLeftOut : 0
  }
}

/**
 * Whether this is a `RequestError`, and of one of these codes, if any are given. Also true of one that another copy of this
 * module has made.
 *
 * ```ts
 * try {
 *   await client.pods.apply(pod)
 * } catch (error) {
 *   if (!isRequestError(error, 'INVALID')) throw error
 *   for (const { field, message } of error.causes) console.error(`${field}: ${message}`)
 * }
 * ```
 */
export function isRequestError<Code extends RequestErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is RequestError & { readonly code: Code } {
  if (!(error instanceof Error) || error.name !== 'RequestError' || !('code' in error)) return false
  return codes.length === 0 || codes.some((code) => code === error.code)
}

/** One entry of a GraphQL response's `errors`. */
export interface ResponseFault {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** A GraphQL response as it travels. */
export interface Response {
  readonly data?: unknown
  readonly errors?: readonly ResponseFault[] | undefined
}

/** The data of a response, or the first of its errors, thrown as a `RequestError`. */
export function dataOf<Data>(response: Response): Data {
  if (response.errors !== undefined && response.errors.length > 0) throw errorOf(response.errors)
  if (response.data === undefined || response.data === null) {
    throw new RequestError('INTERNAL', 'the server answered with neither data nor errors')
  }
  return response.data as Data
}

/** The first of a response's errors as a `RequestError`; the others are in its `cause`. */
export function errorOf(faults: readonly ResponseFault[]): RequestError {
  const [first] = faults
  if (first === undefined) return new RequestError('INTERNAL', 'the server answered with an empty error')
  const code = typeof first.extensions?.code === 'string' ? first.extensions.code : 'INTERNAL'
  return new RequestError(code, first.message, {
    ...(first.extensions === undefined ? {} : { extensions: first.extensions }),
    ...(faults.length > 1 ? { cause: faults } : {}),
  })
}

/**
 * The refusal of the only manifest of a text that was made of an object: its causes name the object's fields, as nobody has
 * seen the text.
 */
export function refusalOfObject(kind: string, error: RequestError): RequestError {
  if (error.causes.length === 0) return error
  const causes = error.causes.map(({ field, reason, message }) => {
    return { field: field.replace(/^manifests\[0\]\.?/, ''), reason, message }
  })
  const sentences = causes.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
  const rest = error.causesLeftOut > 0 ? [`and ${error.causesLeftOut} more`] : []
  const message =
    error.code === 'INVALID' ? `the ${kind} is invalid: ${[...sentences, ...rest].join('; ')}` : error.message
  return new RequestError(error.code, message, { extensions: { ...error.extensions, causes }, cause: error })
}
