import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../src/model/errors.ts'
import { fieldPredicate, parseFieldSelector } from '../../src/model/field-selector.ts'
import { definitionOf, kinds } from '../../src/model/kinds.ts'
import type { Resource } from '../../src/model/resource.ts'
import { clusterObjectNamed, objectNamed } from '../support/objects.ts'

const pod = definitionOf('Pod')
const causesOf = (text: string, definitions = [pod]) => {
  try {
    return parseFieldSelector(text, definitions)
  } catch (error) {
    return (error as Refusal).causes
  }
}
const selects = (text: string, object: Resource) => {
  const definitions = [definitionOf(object.kind)]
  return fieldPredicate(parseFieldSelector(text, definitions), definitions)?.(object) ?? true
}

describe('a field selector', () => {
  it.each([
    ['', []],
    [',', []],
    ['status.phase=Running', ['status.phase is Running']],
    ['status.phase==Running', ['status.phase is Running']],
    ['status.phase!=Running', ['status.phase is not Running']],
    ['status.phase=', ['status.phase is ']],
    ['spec.nodeName=a,,metadata.name!=b', ['spec.nodeName is a', 'metadata.name is not b']],
    [String.raw`metadata.name=a\,b\=c\\d`, [String.raw`metadata.name is a,b=c\d`]],
    [String.raw`metadata.name=a\\,spec.nodeName=b`, [String.raw`metadata.name is a\ `.trim(), 'spec.nodeName is b']],
  ])('%s is read as %j', (text, requirements) => {
    const parsed = parseFieldSelector(text, [pod])
    expect(parsed.map(({ field, isEqual, value }) => `${field} is ${isEqual ? '' : 'not '}${value}`)).toEqual(
      requirements,
    )
  })

  it.each([
    ['status.phase', '"status.phase" has none of the operators =, == and !='],
    ['metadata.name=a,b', '"b" has none of the operators =, == and !='],
    ['metadata.name=a=b', String.raw`"=" in a value must be written as "\="`],
    [String.raw`metadata.name=a\b`, String.raw`"\b" is no escape sequence`],
    ['metadata.name=a\\', String.raw`"\" is no escape sequence`],
  ])('%s is refused', (text, fault) => {
    const message = `Invalid value: ${JSON.stringify(text)}: unable to parse: ${fault}`
    expect(causesOf(text)).toEqual([{ field: 'fieldSelector', reason: 'FieldValueInvalid', message }])
  })

  it('names every field that one of the kinds cannot be selected by, and the supported ones', () => {
    expect(causesOf('status.phase=a,spec.nodeName=b,constructor=c', [pod, definitionOf('Namespace')])).toMatchObject([
      {
        field: 'fieldSelector',
        reason: 'FieldValueNotSupported',
        message:
          'Unsupported value: "spec.nodeName": Namespace cannot be selected by it; supported values: "metadata.name", "metadata.namespace", "status.phase"',
      },
      { message: expect.stringContaining('"constructor": Pod') as string },
      { message: expect.stringContaining('"constructor": Namespace') as string },
    ])
  })

  it('takes a selector of 16,384 characters, and none that is longer or asks for more than 200 things', () => {
    const refusalOf = (text: string) => {
      try {
        return parseFieldSelector(text, [pod]).length
      } catch (error) {
        return (error as Refusal).causes[0]?.message
      }
    }
    expect(selects(`metadata.name!=${'a'.repeat(16_369)}`, objectNamed('Pod', 'a', { spec: {} }))).toBe(true)
    expect(refusalOf(','.repeat(16_384))).toBe(0)
    expect(refusalOf(','.repeat(16_385))).toBe('Too long: 16385 characters, and a selector may have 16384')
    expect(refusalOf('metadata.name=a,'.repeat(200))).toBe(200)
    expect(refusalOf('metadata.name=a,'.repeat(201))).toBe('Too many: 201 requirements, and a selector may have 200')
  })
})

describe('an object is selected by', () => {
  const running = objectNamed('Pod', 'web', {
    spec: {
      nodeName: 'n1',
      restartPolicy: 'Always',
      schedulerName: 'own',
      serviceAccountName: 'me',
      hostNetwork: true,
    },
    status: { phase: 'Running', podIP: '10.0.0.1', nominatedNodeName: 'n2' },
  })
  const waiting = objectNamed('Pod', 'web', { spec: {}, status: { phase: 'Pending' } })
  const event = {
    ...objectNamed('Event', 'e'),
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'web', uid: 'u', apiVersion: 'v1', fieldPath: 'p' },
    type: 'Warning',
    reason: 'Failed',
    source: { component: 'agent' },
    reportingComponent: 'agent',
  }

  it.each<[string, Resource, boolean]>([
    ['metadata.name=web,metadata.namespace=default', running, true],
    ['metadata.namespace!=default', running, false],
    ['metadata.namespace=', clusterObjectNamed('Node', 'n1'), true],
    ['spec.nodeName=n1,spec.restartPolicy=Always,spec.schedulerName=own,spec.serviceAccountName=me', running, true],
    ['spec.hostNetwork=true,status.phase=Running,status.podIP=10.0.0.1,status.nominatedNodeName=n2', running, true],
    ['status.phase!=Running', running, false],
    ['status.phase!=Running,spec.nodeName=,spec.hostNetwork=false', waiting, true],
    ['spec.unschedulable=false', clusterObjectNamed('Node', 'n1'), true],
    ['spec.unschedulable=true', clusterObjectNamed('Node', 'n1', { spec: { unschedulable: true } }), true],
    ['status.phase=Active', clusterObjectNamed('Namespace', 'a', { status: { phase: 'Active' } }), true],
    ['status.replicas=2', objectNamed('ReplicaSet', 'a', { status: { replicas: 2 } }), true],
    ['status.replicas=0', objectNamed('ReplicationController', 'a'), true],
    ['involvedObject.kind=Pod,involvedObject.name=web,involvedObject.fieldPath=p,type!=Normal', event, true],
    ['involvedObject.uid=u,involvedObject.resourceVersion=,involvedObject.apiVersion=v1', event, true],
    ['source=agent,reportingComponent=agent,reason=Failed,involvedObject.namespace=default', event, true],
    ['source!=agent', event, false],
  ])('%s', (text, object, isSelected) => {
    expect(selects(text, object)).toBe(isSelected)
  })

  it('its name, whatever its kind', () => {
    const predicate = fieldPredicate(parseFieldSelector('metadata.name=a', kinds), kinds)
    const objects = [objectNamed('Pod', 'a'), clusterObjectNamed('Node', 'a'), clusterObjectNamed('Node', 'b')]
    expect(objects.map((object) => predicate?.(object))).toEqual([true, true, false])
  })
})
