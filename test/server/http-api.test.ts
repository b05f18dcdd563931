import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import type { Yoga } from '../../src/server/graphql.ts'
import { createHttpApi } from '../../src/server/http-api.ts'
import { OpenOperations } from '../../src/server/open-operations.ts'

it('says that it is not ready while the server closes, and that it is alive', async () => {
  const answer = createHttpApi({
    yoga: undefined as unknown as Yoga,
    metrics: new Registry(),
    tokens: {},
    origins: { hostNames: undefined, allowedOrigins: new Set() },
    bodySizeMax: 1,
    operations: new OpenOperations({ subscriptionsMax: 1, subscriptionsPerConnectionMax: 1 }),
    unreadiness: () => 'the server is closing',
  })
  const http = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const [ready, alive] = [await fetch(`${url}/readyz`), await fetch(`${url}/healthz`)]
  expect([ready.status, await ready.text(), alive.status]).toEqual([503, 'the server is closing\n', 200])
  http.closeAllConnections()
  http.close()
})
