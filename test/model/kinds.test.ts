import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { definitionOf, kindNamed, kinds } from '../../src/model/kinds.ts'

type Type = z.core.$ZodTypes

describe('the registry', () => {
  it.each([
    ['Pod', 'Pod'],
    ['pods', 'Pod'],
    ['PODS', 'Pod'],
    ['po', 'Pod'],
    ['no', 'Node'],
    ['ns', 'Namespace'],
    ['rc', 'ReplicationController'],
    ['rs', 'ReplicaSet'],
    ['replicasets.apps', 'ReplicaSet'],
    ['ev', 'Event'],
  ])('takes %s for %s', (word, kind) => {
    expect(kindNamed(word)?.kind).toBe(kind)
  })

  it('knows no other words', () => {
    expect(kindNamed('podz')).toBeUndefined()
    expect(kindNamed('pods.apps')).toBeUndefined()
  })

  it('has no word that means two kinds, and no two types of one name', () => {
    const words = kinds.flatMap(({ plural, singular, shortNames }) => [...new Set([plural, singular, ...shortNames])])
    expect(new Set(words).size).toBe(words.length)
    expect(new Set(kinds.map(({ typeName }) => typeName)).size).toBe(kinds.length)
  })

  it('finds a kind by its exact name', () => {
    expect(definitionOf('Node').typeName).toBe('ClusterNode')
    expect(() => definitionOf('node')).toThrow('there is a definition of the kind node')
  })
})

describe('the schemas', () => {
  const types = new Map<string, Type>()
  const faults: string[] = []
  for (const { kind, body } of kinds) visit(body as unknown as Type, kind)

  it('have a description for every field and every type, and no name for two types', () => {
    expect(faults).toEqual([])
  })

  it('hold the whole PodSpec', () => {
    expect(fieldsOf('PodSpec')).toHaveLength(41)
    expect(fieldsOf('Volume')).toHaveLength(31)
    expect(fieldsOf('Container')).toHaveLength(25)
    expect(types.size).toBeGreaterThan(150)
  })

  function visit(type: Type, path: string): void {
    const inner = innermost(type)
    const { def } = inner._zod
    if (def.type === 'array') return visit(def.element as Type, `${path}[]`)
    if (def.type !== 'object' && def.type !== 'enum') return
    const meta = (inner as unknown as z.ZodType).meta()
    const id = meta?.id
    if (id === undefined ? path.includes('.') : meta?.description === undefined)
      faults.push(`${path} has no name or no description`)
    if (id !== undefined) {
      const known = types.get(id)
      if (known !== undefined && known !== inner) faults.push(`${path} is another ${id}`)
      if (known !== undefined) return
      types.set(id, inner)
    }
    if (def.type === 'enum') return
    for (const [name, field] of Object.entries(def.shape)) {
      if ((field as z.ZodType).meta()?.description === undefined) faults.push(`${path}.${name} has no description`)
      visit(field as Type, `${path}.${name}`)
    }
  }

  function fieldsOf(id: string): string[] {
    const def = types.get(id)?._zod.def
    return def?.type === 'object' ? Object.keys(def.shape) : []
  }
})

function innermost(type: Type): Type {
  const { def } = type._zod
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return innermost(def.innerType as Type)
    default:
      return type
  }
}
