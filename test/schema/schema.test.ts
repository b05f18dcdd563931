import { readFileSync } from 'node:fs'
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { printKindTypes } from '../../src/codegen/kind-types.ts'
import { printSchemaTypes } from '../../src/codegen/schema-types.ts'
import { kinds } from '../../src/model/kinds.ts'
import { openApi, testSchema } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()

const printed = `${printSchema(lexicographicSortSchema(testSchema))}\n`

describe('the schema', () => {
  it('is what schema/schema.graphql says: after a change, run `npm run schema`', () => {
    expect(readFileSync('schema/schema.graphql', 'utf8')).toBe(printed)
  })

  it('is what the types of the client are made of: after a change, run `npm run schema`', async () => {
    expect(readFileSync('src/client/generated/schema.ts', 'utf8')).toBe(await printSchemaTypes(testSchema))
    expect(readFileSync('src/client/generated/kinds.ts', 'utf8')).toBe(printKindTypes(testSchema, kinds))
  })

  it('is valid, and what the server tells of it builds it again for clients', async () => {
    expect(validateSchema(testSchema)).toEqual([])
    const api = await openApi(stores)
    const options = { inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true, oneOf: true }
    const client = buildClientSchema(await api.take<IntrospectionQuery>(getIntrospectionQuery(options)))
    await api.close()
    expect(`${printSchema(lexicographicSortSchema(client))}\n`).toBe(printed)
  })

  it('describes every type, field, argument and value', () => {
    expect(undescribed()).toEqual([])
  })

  it.each([
    ['PodSpec', 'serviceAccount', 'Use `serviceAccountName`.'],
    ['PodSpecInput', 'serviceAccount', 'Use `serviceAccountName`.'],
    ['VolumeInput', 'gitRepo', 'Clone in an init container, into an emptyDir.'],
    ['PodSpec', 'serviceAccountName', undefined],
  ])('marks what Kubernetes advises against: %s.%s', (typeName, field, reason) => {
    const type = testSchema.getType(typeName)
    const fields = isObjectType(type) || isInputObjectType(type) ? type.getFields() : {}
    expect(fields[field]).toMatchObject({ name: field, deprecationReason: reason })
  })

  it('has nothing that is required and has a default: the compiler of queries does not fill that in', () => {
    const places = Object.values(testSchema.getTypeMap()).flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((field) => ({ ...field, place: type.name }))
      if (!isObjectType(type) && !isInterfaceType(type)) return []
      return Object.values(type.getFields()).flatMap(({ args, name }) =>
        args.map((arg) => ({ ...arg, place: `${type.name}.${name}` })),
      )
    })
    const own = places.filter(({ place }) => !place.startsWith('__'))
    const faults = own.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue !== undefined)
    expect(faults.map(({ place, name }) => `${place} ${name}`)).toEqual([])
  })

  it('gives each kind its five: get, list, create, update, delete', () => {
    const fieldsOf = (type: 'Query' | 'Mutation') =>
      Object.keys(testSchema.getType(type)?.toConfig()['fields' as never] ?? {})
    for (const { typeName } of kinds) {
      const stem = typeName.charAt(0).toLowerCase() + typeName.slice(1)
      expect(fieldsOf('Query')).toEqual(expect.arrayContaining([stem, `${stem}s`]))
      expect(fieldsOf('Mutation')).toEqual(
        expect.arrayContaining([`create${typeName}`, `update${typeName}`, `delete${typeName}`]),
      )
    }
  })

  it('has the lists of the contract, whose page size may be left out or be null', () => {
    const args = testSchema.getQueryType()?.getFields()['pods']?.args ?? []
    expect(
      args.map(({ name, type, defaultValue }) => `${name}: ${String(type)} = ${String(defaultValue)}`).sort(),
    ).toEqual([
      'after: String = undefined',
      'fieldSelector: String = undefined',
      'first: Int = 50',
      'labelSelector: String = undefined',
      'namespace: String = undefined',
      'orderBy: [PodOrder!] = undefined',
      'where: PodFilter = undefined',
    ])
  })
})

function undescribed(): string[] {
  const found: string[] = []
  const check = (place: string, described: { readonly description?: string | null | undefined }) => {
    if ((described.description ?? '').trim() === '') found.push(place)
  }
  for (const type of Object.values(testSchema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    check(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value)
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    const fields = Object.values(type.getFields()) as (GraphQLInputField | GraphQLField<unknown, unknown>)[]
    for (const field of fields) {
      check(`${type.name}.${field.name}`, field)
      const args: readonly GraphQLArgument[] = 'args' in field ? field.args : []
      for (const arg of args) check(`${type.name}.${field.name}(${arg.name}:)`, arg)
    }
  }
  return found
}
