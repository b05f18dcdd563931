import type { Server } from '../../../src/server/server.ts'
import { talkTo } from '../../support/test-server.ts'
import { payloadOf, type Row } from './row.ts'

/** An answer as each transport brings it. */
export interface Answered {
  readonly errors?: readonly {
    readonly message: string
    readonly extensions: {
      readonly code: string
      readonly causes?: readonly { readonly field: string; readonly message: string }[]
      readonly causesLeftOut?: number
    }
  }[]
  /** Characters of the whole answer. */
  readonly size: number
}

/** Asks something bad of a server, and brings what it answers. */
export type Ask = (server: Server, row: Row) => Promise<Answered>

/** Over HTTP, answered with JSON. */
export const overHttp: Ask = async (server, row) => {
  const text = await (await post(server, row, 'application/json')).text()
  return { ...(JSON.parse(text) as Answered), size: text.length }
}

/** Over HTTP, answered with events (SSE): the first result counts. */
export const overEvents: Ask = async (server, row) => {
  const response = await post(server, row, 'text/event-stream')
  const text = await response.text()
  if (response.headers.get('content-type')?.includes('json') === true) {
    return { ...(JSON.parse(text) as Answered), size: text.length }
  }
  const [, data = '{}'] = /^event: next\ndata: (.*)$/m.exec(text) ?? []
  return { ...(JSON.parse(data) as Answered), size: text.length }
}

/** Over WebSocket, as a message of the type `error`, or as a result with errors. */
export const overWebSocket: Ask = async (server, row) => {
  const talk = await talkTo(server)
  talk.send(`{"id":"1","type":"subscribe","payload":${payloadOf(row)}}`)
  const { payload } = await talk.message(({ type }) => type === 'next' || type === 'error')
  talk.socket.close()
  const size = JSON.stringify(payload).length
  return Array.isArray(payload) ? { errors: payload as never, size } : { ...(payload as Answered), size }
}

function post(server: Server, row: Row, accept: string): Promise<Response> {
  return fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: payloadOf(row),
  })
}
