import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Server } from '../../../src/server/server.ts'
import { controllerInput, createController, createPod, podInput } from '../../support/manifests.ts'
import { testServers } from '../../support/test-server.ts'
import { manifestRows } from './manifest-rows.ts'
import { objectRows } from './object-rows.ts'
import { questionRows, subscriptionRows } from './question-rows.ts'
import type { Row } from './row.ts'
import { type Ask, overEvents, overHttp, overWebSocket } from './transports.ts'

const faults: unknown[] = []
const servers = testServers(faults, afterAll)
let server: Server

beforeAll(async () => {
  server = await servers.start()
  for (const [document, input] of [
    [createPod, podInput('p')],
    [createController, controllerInput('web', 2)],
  ] as const) {
    const answer = await overHttp(server, { says: '', document, variables: { input }, fields: [], message: '' })
    expect(answer.errors).toBeUndefined()
  }
  await server.store.retention.compact(server.store.replica.revision)
})

const operations = [...manifestRows, ...objectRows, ...questionRows].map((row) => [row.says, row] as const)
const subscriptions = subscriptionRows.map((row) => [row.says, row] as const)

describe.each([
  ['HTTP', overHttp, operations],
  ['SSE', overEvents, [...operations, ...subscriptions]],
  ['WebSocket', overWebSocket, [...operations, ...subscriptions]],
] as const)('over %s', (_, ask, rows) => {
  it.each(rows)('%s is refused with one error, and nothing is changed', async (__, row) => {
    const before = server.store.replica.revision
    await expectRefusal(ask, row)
    expect(server.store.replica.revision).toBe(before)
    const good = { says: '', document: '{ __typename }', fields: [], message: '' }
    expect(await ask(server, good)).toMatchObject({ data: { __typename: 'Query' } })
    expect(faults).toEqual([])
  })
})

async function expectRefusal(ask: Ask, { fields, message, code = 'INVALID', leftOut, ...row }: Row): Promise<void> {
  const { errors = [], size } = await ask(server, { ...row, fields, message })
  expect(errors).toHaveLength(1)
  const [error] = errors
  expect(error?.extensions.code).toBe(code)
  expect(error?.extensions.causes?.map(({ field }) => field) ?? []).toEqual(fields)
  expect(error?.message).toContain(message)
  expect(error?.extensions.causesLeftOut).toBe(leftOut)
  expect(size).toBeLessThan(200_000)
}
