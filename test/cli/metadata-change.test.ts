import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/failure.ts'
import { metadataPatch, overwriteFault, parseMetadataChange, splitArguments } from '../../src/cli/metadata-change.ts'
import { describeConformance } from '../support/conformance.ts'

type Labels = Readonly<Record<string, string>>

describe('the arguments of label and annotate', () => {
  it.each([
    ['sets behind names', ['pod', 'web', 'a=b', 'c-'], ['pod', 'web'], ['a=b', 'c-']],
    ['a slashed name', ['pod/web', 'a=b=c'], ['pod/web'], ['a=b=c']],
    ['nothing to change', ['pod', 'web'], ['pod', 'web'], []],
  ])('%s', (_, args, targets, changes) => {
    expect(splitArguments(args)).toEqual({ targets, changes })
  })

  it.each(['ab', '-', '=b'])('%s is no change', (change) => {
    expect(() => parseMetadataChange([change], 'labels')).toThrow(UsageError)
  })

  it('cannot set and remove the same key', () => {
    expect(() => parseMetadataChange(['a=b', 'a-'], 'labels')).toThrow('both modify and remove the label "a"')
  })

  it('keeps a value that is there, unless it is the same', () => {
    const present = { a: '1', b: '2' }
    expect(overwriteFault(present, { set: { a: '1', c: '3' }, remove: [] }, 'labels')).toBeUndefined()
    expect(overwriteFault(present, { set: { a: '9', b: '8' }, remove: [] }, 'labels')).toBe(
      "'a' already has a value (1); 'b' already has a value (2), and --overwrite is false",
    )
  })

  it('changes only what is different, and tells what was not there to be removed', () => {
    expect(metadataPatch({ a: '1', b: '2' }, { set: { a: '1', c: '3' }, remove: ['b', 'x'] }, 'labels')).toEqual({
      patch: { metadata: { labels: { b: null, c: '3' } } },
      missing: ['x'],
    })
    expect(metadataPatch({ a: '1' }, { set: { a: '1' }, remove: [] }, 'annotations').patch).toBeUndefined()
  })
})

interface Tables {
  readonly parseLabels: readonly { labels: string[]; expectErr: boolean; expected: Labels; expectedRemove?: string[] }[]
  readonly parseAnnotations: readonly {
    annotations: string[]
    expectErr: boolean
    expected: Labels
    expectedErr: string
    expectedRemove: string[]
  }[]
  readonly validateLabelOverwrite: readonly { labels: Labels; meta: { Labels?: Labels }; expectErr: boolean }[]
  readonly labelFunc: readonly Update[]
  readonly updateAnnotations: readonly Update[]
}

interface Update {
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly remove?: string[]
  readonly obj: { readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels } }
  readonly expected: { readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels } }
}

describeConformance<{ tables: Tables }>('05n-kubectl-semantics.json', ({ tables }) => {
  it.each(tables.parseLabels)('parseLabels $labels', ({ labels, expected, expectedRemove = [] }) => {
    expect(parseMetadataChange(labels, 'labels')).toEqual({ set: expected, remove: expectedRemove })
  })

  it.each(tables.parseAnnotations)('parseAnnotations $annotations', (row) => {
    const parse = () => parseMetadataChange(row.annotations, 'annotations')
    if (row.expectErr) expect(parse).toThrow(row.expectedErr)
    else expect(parse()).toEqual({ set: row.expected, remove: row.expectedRemove })
  })

  it.each(tables.validateLabelOverwrite)('validateLabelOverwrite $labels', ({ labels, meta, expectErr }) => {
    const fault = overwriteFault(meta.Labels ?? {}, { set: labels, remove: [] }, 'labels')
    expect(fault !== undefined).toBe(expectErr)
  })

  it.each([
    ...tables.labelFunc.map((row) => ['labels', row] as const),
    ...tables.updateAnnotations.map((row) => ['annotations', row] as const),
  ])('an update of %s', (field, row) => {
    const present = row.obj.metadata?.[field] ?? {}
    const { patch } = metadataPatch(present, { set: row[field] ?? {}, remove: row.remove ?? [] }, field)
    const changed = { ...present, ...(patch?.['metadata'] as Readonly<Record<string, Labels>> | undefined)?.[field] }
    const left = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null))
    expect(left).toEqual(row.expected.metadata?.[field] ?? {})
  })
})
