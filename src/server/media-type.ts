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

function takes(accept: string | null | undefined, types: readonly string[]): boolean {
  if (accept === null || accept === undefined || accept === '') return true
  const ranges = accept.split(',').map((range) => (range.split(';', 1)[0] ?? '').trim().toLowerCase())
  return ranges.some((range) => range === '*/*' || types.some((type) => range === type || range === anyLike(type)))
}

function anyLike(type: string): string {
  return `${type.split('/', 1)[0]}/*`
}
