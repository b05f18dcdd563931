import { afterEach, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const create = 'mutation ($manifests: String!) { create(manifests: $manifests) { resources { manifest } } }'

interface Created {
  readonly create: { readonly resources: readonly { readonly manifest: Readonly<Record<string, unknown>> }[] }
}

it('an event that is told the newer way is kept with its times, its count and who tells it', async () => {
  api = await openApi(stores)
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web.1' },
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'web' },
    reason: 'Scaled',
    action: 'Scaling',
    eventTime: '2026-01-01T00:00:00.000000Z',
    series: { count: 3, lastObservedTime: '2026-01-01T00:05:00.000000Z' },
    reportingComponent: 'scaler',
    reportingInstance: 'scaler-1',
  }
  const answer = await api.take<Created>(create, { manifests: JSON.stringify(event) })
  expect(answer.create.resources[0]?.manifest).toMatchObject({
    count: 3,
    firstTimestamp: '2026-01-01T00:00:00.000Z',
    lastTimestamp: '2026-01-01T00:05:00.000Z',
    source: { component: 'scaler', host: 'scaler-1' },
  })
})
