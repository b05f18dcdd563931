import { afterEach, describe, expect, it } from 'vitest'
import { setFaultLog } from '../../schema/error-format.ts'
import { type Api, openApi } from '../support/api.ts'
import { createPod, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

describe('an error', () => {
  it.each([
    ['a document that cannot be read', '{ pods( }', {}],
    ['no document', '', {}],
    ['a field that there is not', '{ pood }', {}],
    ['an argument that does not fit', '{ pods(first: "x") { totalCount } }', {}],
    ['a variable that does not fit', 'query ($first: Int) { pods(first: $first) { totalCount } }', { first: 'x' }],
    ['an operation that is not clear', 'query A { cluster { version } } query B { cluster { version } }', {}],
    ['a document with too many words', `{ ${'cluster { version } '.repeat(3_000)} }`, {}],
    ['a document that is too long', `{ cluster { version } } #${'x'.repeat(1024 ** 2)}`, {}],
    ['a resourceVersion that is none', '{ pod(name: "a") { history(after: "x") { totalCount } } }', {}],
  ])('for %s has the code INVALID', async (_, document, variables) => {
    api = await openApi(stores)
    const { errors } = await api.ask(document, variables)
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(errors?.map(() => 'INVALID'))
    expect(errors?.length).toBeGreaterThan(0)
  })

  it.each([1, 6])(
    'tells all that is wrong with the variables of a mutation at once, with their fields, the %d. time',
    async (times) => {
      api = await openApi(stores)
      const input = {
        metadata: { name: 'a', labelz: {} },
        spec: {
          containers: [{ name: 3, image: 'i', imagePullPolicy: 'Sometimes' }, { image: 'i' }],
          restartPolicy: 'Maybe',
        },
      }
      for (let time = 1; time < times; time += 1) await api.ask(createPod, { input })
      const { extensions } = await api.refusal(createPod, { input })
      expect(extensions.code).toBe('INVALID')
      expect(extensions.causes?.map(({ field, reason }) => `${field} ${reason}`).sort()).toEqual([
        'metadata.labelz FieldValueInvalid',
        'spec.containers[0].imagePullPolicy FieldValueNotSupported',
        'spec.containers[0].name FieldValueTypeInvalid',
        'spec.containers[1].name FieldValueRequired',
        'spec.restartPolicy FieldValueNotSupported',
      ])
      expect(extensions.causes?.find(({ field }) => field === 'metadata.labelz')?.message).toContain(
        'did you mean "labels"?',
      )
    },
  )

  it('has the path of the field that it is about, and leaves the others', async () => {
    api = await openApi(stores)
    const { data, errors } = await api.ask<{ namespace: unknown }>(
      '{ namespace(name: "default") { name } resource(kind: "Pood", name: "a") { name } }',
    )
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['resource'], 'INVALID']])
    expect(data?.namespace).toEqual({ name: 'default' })
  })

  it.each([1, 6])('of our own is masked for the client and logged with its stack, the %d. time', async (times) => {
    api = await openApi(stores)
    const logged: unknown[] = []
    setFaultLog((error) => void logged.push(error))
    const planted = new Error('the secret is 42')
    api.store.replica.get = () => {
      throw planted
    }
    const document = '{ pod(name: "a") { name } }'
    for (let time = 1; time < times; time += 1) await api.ask(document)
    logged.length = 0
    const answer = await api.ask(document)
    expect(answer.errors).toMatchObject([
      { message: 'internal error: it has been logged', path: ['pod'], extensions: { code: 'INTERNAL' } },
    ])
    expect(JSON.stringify(answer)).not.toContain('42')
    expect(logged).toEqual([planted])
    setFaultLog((error) => process.emitWarning(String(error)))
  })

  it('of a database that cannot write is UNAVAILABLE', async () => {
    api = await openApi(stores)
    await api.store.close()
    expect((await api.refusal(createPod, { input: podInput('a') })).extensions.code).toBe('UNAVAILABLE')
  })
})
