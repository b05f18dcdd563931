import { describe, expect, it } from 'vitest'
import { judge, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

function faultsOf(namespace: string, fields: Fields): string[] {
  const metadata = { name: 'web.1', namespace }
  return told(judge({ apiVersion: 'v1', kind: 'Event', metadata, ...fields }).causes)
}

const pod = { kind: 'Pod', name: 'web', namespace: 'web' }
const newer = {
  involvedObject: pod,
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingComponent: 'example.com/scaler',
  reportingInstance: 'scaler-1',
  action: 'Scaling',
  reason: 'Scaled',
}

describe('an event', () => {
  it.each([
    ['where its object is', 'web', { involvedObject: pod }],
    ['in default, when its object has no namespace', 'default', { involvedObject: { kind: 'Node', name: 'n' } }],
    ['that is told the newer way', 'web', newer],
    ['in kube-system, when it is told the newer way', 'kube-system', { ...newer, involvedObject: { kind: 'Node' } }],
  ])('can be %s', (_sentence, namespace, fields) => {
    expect(faultsOf(namespace, fields)).toEqual([])
  })

  it.each([
    ['away from its object', 'default', { involvedObject: pod }, 'involvedObject.namespace: Invalid value: "web"'],
    [
      'away from home',
      'kube-system',
      { involvedObject: { kind: 'Node' } },
      'involvedObject.namespace: Invalid value: ""',
    ],
    ['of nobody', 'web', { ...newer, reportingComponent: '' }, 'reportingComponent: Required value'],
    [
      'of nobody that has a name',
      'web',
      { ...newer, reportingComponent: 'a b' },
      'reportingComponent: Invalid value: "a b"',
    ],
    ['of no instance', 'web', { ...newer, reportingInstance: '' }, 'reportingInstance: Required value'],
    ['of nothing done', 'web', { ...newer, action: undefined }, 'action: Required value'],
    ['for no reason', 'web', { ...newer, reason: undefined }, 'reason: Required value'],
    ['for too long a reason', 'web', { ...newer, reason: 'R'.repeat(129) }, 'can have at most 128 characters'],
    [
      'told at length',
      'web',
      { ...newer, message: 'm'.repeat(1025) },
      'message: Invalid value: "": can have at most 1024',
    ],
  ])('cannot be %s', (_sentence, namespace, fields, fault) => {
    expect(faultsOf(namespace, fields).join('\n')).toContain(fault)
  })
})
