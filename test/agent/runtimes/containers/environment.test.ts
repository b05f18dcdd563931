import { describe, expect, it } from 'vitest'
import { StartFailure } from '../../../../src/agent/runtimes/containers/container-engine.ts'
import { commandOf, environmentOf } from '../../../../src/agent/runtimes/containers/environment.ts'
import type { Container } from '../../../../src/model/kinds/pod/container.ts'
import { pod } from '../../support/pod.ts'

function variablesOf(container: Record<string, unknown>): Map<string, string> {
  const metadata = { labels: { 'app.kubernetes.io/name': 'web' }, annotations: { note: 'hello' } }
  const owner = pod('web-1', { containers: [{ name: 'main', image: 'i', ...container }] }, { metadata })
  const facts = { pod: owner, podIP: '10.0.0.7', hostIP: '192.0.2.1', allocatable: {} }
  return environmentOf(owner.spec.containers[0] as Container, facts)
}

describe('the environment of a container', () => {
  it('is what env says, each value using those before it', () => {
    const env = [
      { name: 'FIRST', value: 'a' },
      { name: 'EARLY', value: '$(LATE)' },
      { name: 'LATE', value: '$(FIRST)b' },
      { name: 'EMPTY' },
      { name: 'FIRST', value: 'again' },
    ]
    expect(Object.fromEntries(variablesOf({ env }))).toEqual({
      FIRST: 'again',
      EARLY: '$(LATE)',
      LATE: 'ab',
      EMPTY: '',
    })
  })

  it.each([
    ['metadata.name', 'web-1'],
    ['metadata.namespace', 'default'],
    ['metadata.uid', 'uid-web-1'],
    ["metadata.labels['app.kubernetes.io/name']", 'web'],
    ["metadata.annotations['note']", 'hello'],
    ["metadata.annotations['none']", ''],
    ['spec.nodeName', 'node-1'],
    ['status.podIP', '10.0.0.7'],
    ['status.hostIP', '192.0.2.1'],
  ])('knows the field %s', (fieldPath, value) => {
    expect(variablesOf({ env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }] }).get('X')).toBe(value)
  })

  it.each([
    [
      'an unknown field',
      { env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath: 'spec.nothing' } } }] },
      'spec.nothing',
    ],
    [
      'a config map',
      { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'conf', key: 'k' } } }] },
      '"conf" not found',
    ],
    ['a secret', { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'safe', key: 'k' } } }] }, '"safe" not found'],
    ['all of a config map', { envFrom: [{ configMapRef: { name: 'conf' } }] }, '"conf" not found'],
    ['all of a secret', { envFrom: [{ secretRef: { name: 'safe' } }] }, '"safe" not found'],
  ])('cannot be made when %s is not to be had', (_sentence, container, message) => {
    const attempt = () => variablesOf(container)
    expect(attempt).toThrow(StartFailure)
    expect(attempt).toThrow(message)
  })

  it('leaves out what is optional and is not to be had', () => {
    const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'conf', key: 'k', optional: true } } }]
    expect(variablesOf({ env, envFrom: [{ secretRef: { name: 'safe', optional: true } }] }).size).toBe(0)
  })
})

it('expands variables in command and args', () => {
  const container = { command: ['echo', '$(A)'], args: ['$$(A)', '$(B)'] } as unknown as Container
  expect(commandOf(container, new Map([['A', '1']]))).toEqual(['echo', '1', '$(A)', '$(B)'])
})
