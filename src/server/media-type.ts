/** What results are sent as; a stream of them only as events. */
const streamTypes = ['text/event-stream']
const resultTypes = [...streamTypes, 'application/graphql-response+json', 'application/json', 'multipart/mixed']

/** Whether a client takes a result in one of the forms that there are (RFC 9110, `Accept`). */
export function takesResults(accept: string | null | undefined): boolean {
  return takes(accept, resultTypes)
}

/** Whether a client takes the results of a subscription. */
export function takesStreams(accept: string | null | undefined): boolean {
  return takes(accept, streamTypes)
}

/** The charset that a media type names where that is not UTF-8; undefined where it is, or none is named. */
export function otherCharset(type: string): string | undefined {
  const charset = /;\s*charset="?([^";\s]*)/i.exec(type)?.[1]
  return charset === undefined || /^utf-?8$/i.test(charset) ? undefined : charset
}

/** An `Accept` without the charset where that is UTF-8, which is what results are in anyway. */
export function withoutCharset(accept: string): string {
  return accept.replaceAll(/;\s*charset="?utf-?8"?\s*(?=[;,]|$)/gi, '')
}

function takes(accept: string | null | undefined, types: readonly string[]): boolean {
  if (accept === null || accept === undefined || accept === '') return true
  const ranges = accept.toLowerCase().replaceAll(/\s/g, '').split(',')
  return ranges.some((range) => {
    const [name = '', ...parameters] = range.split(';')
    const isTaken = otherCharset(range) === undefined && !parameters.some((one) => /^q=0(?:\.0*)?$/.test(one))
    return isTaken && (name === '*/*' || types.some((type) => name === type || name === anyLike(type)))
  })
}

function anyLike(type: string): string {
  return `${type.split('/', 1)[0]}/*`
}
