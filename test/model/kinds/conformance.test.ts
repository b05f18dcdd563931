import { expect, it } from 'vitest'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { admitPodSpec } from '../../../src/model/kinds/pod-admission.ts'
import { definitionOf } from '../../../src/model/kinds.ts'
import { withKubernetesPath } from '../../../src/model/kubernetes-path.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { describeConformance, describeConformanceLines } from '../../support/conformance.ts'
import { judge, judgeChange, type Manifest, told } from './judge.ts'
import {
  changeSince,
  fieldToName,
  isKnown,
  knownChanges,
  type MutationRow,
  type ObjectRow,
  type RecordedVerdict,
  stableVerdicts,
  type UpdateRow,
} from './recorded-verdicts.ts'

function expectVerdict(manifest: Manifest, verdict: RecordedVerdict, causes = judge(manifest).causes): void {
  const answer = told(causes.map(withKubernetesPath)).join('\n')
  if (changeSince({ manifest, verdict, answer }) !== undefined) return
  expect(answer === '', answer).toBe(verdict.valid)
  expect(answer).toContain(fieldToName({ verdict }) ?? '')
}

describeConformanceLines<MutationRow>('06b-mutations.jsonl', (all) => {
  const rows = all.filter((row) => isKnown(row.manifest))
  it.each(rows.map((row) => [row.id, row.manifest.kind, row.mutation, row] as const))(
    '%s: %s, %s',
    (_id, _kind, _mutation, row) => {
      expectVerdict(row.manifest, row)
    },
  )
})

describeConformanceLines<ObjectRow>('03b-object-validation.jsonl', (all) => {
  it.each(stableVerdicts(all).map((row) => [row.id, row.fn, row] as const))('%s: %s', (_id, _fn, row) => {
    expectVerdict(row.manifest, row.verdict)
  })
})

describeConformanceLines<UpdateRow>('03c-update-validation.jsonl', (all) => {
  it.each(knownChanges(all).map((row, index) => [index, row.fn, row] as const))('row %i: %s', (_index, _fn, row) => {
    expectVerdict(row.next, row, judgeChange(row.old, row.next))
  })
})

interface ManifestRow {
  readonly id: string
  readonly path: string
  readonly manifest: Manifest
  readonly oracle: { readonly v110?: Partial<RecordedVerdict>; readonly v120?: Partial<RecordedVerdict> }
  readonly defaulted?: unknown
  /** What `kubectl get` prints of it, before anything is observed of it. */
  readonly kubectlGet?: string
}

describeConformanceLines<ManifestRow>('06-manifests.jsonl', (all) => {
  const rows = all.filter((row) => isKnown(row.manifest)).map((row) => [row.id, row.path, row] as const)
  it.each(rows)('%s: %s', (_id, _path, { manifest, oracle, defaulted }) => {
    const { valid, errors = [] } = oracle.v120?.valid === undefined ? (oracle.v110 ?? {}) : oracle.v120
    if (valid !== undefined) expectVerdict(manifest, { valid, errors })
    const { object, causes } = judge(manifest)
    if (defaulted === undefined || causes.length > 0) return
    expect(significant(object)).toMatchObject(significant(defaulted, manifest) as object)
  })

  const understood = rows.filter(([, , { manifest }]) => judge(manifest).object !== undefined)
  const printed = understood.filter(([, , { kubectlGet }]) => kubectlGet !== undefined)
  it.each(printed)('%s has the row that kubectl prints', (_id, _path, { manifest, kubectlGet = '' }) => {
    const { object } = judge(manifest)
    const { columns, kind } = definitionOf(manifest.kind)
    const observed = { ...object, ...(kind === 'Namespace' && { status: { phase: 'Active' } }) } as Resource
    const row = columns.filter(({ wide = false }) => !wide).map(({ cell }) => cell(observed, 0))
    expect(row.filter((cell) => cell !== '')).toEqual(kubectlGet.trimEnd().split('\n').at(-1)?.split(/\s+/))
  })

  it.each(understood)('%s gets nothing more from its defaults the second time', (_id, _path, { manifest }) => {
    const { object } = judge(manifest)
    const { applyDefaults } = definitionOf(manifest.kind)
    expect(object && (applyDefaults?.(object) ?? object)).toBe(object)
  })
})

/** What a value says, without what means nothing in Kubernetes' types, and the divisor, which is told even when it is none. */
function significant(value: unknown, manifest?: Manifest): unknown {
  if (manifest?.kind === 'Namespace') return {}
  if (Array.isArray(value)) return value.map((one: unknown) => significant(one))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([field, one]) => field !== 'divisor' && field !== 'creationTimestamp' && !isNothing(one))
    .map(([field, one]) => [field, significant(one)] as const)
  return Object.fromEntries(entries.filter(([, one]) => !isNothing(one)))
}

function isNothing(value: unknown): boolean {
  if (value === '' || value === 0 || value === false || value === null || value === undefined) return true
  return typeof value === 'object' && Object.values(value).every(isNothing)
}

interface RecordedToleration {
  readonly Key: string
  readonly Operator: string
  readonly Value: string
  readonly Effect: string
  readonly TolerationSeconds: number | null
}

interface RecordedPod {
  readonly Spec: { readonly Tolerations: readonly RecordedToleration[] | null }
}

interface TolerationRow {
  readonly description: string
  readonly requestedPod: RecordedPod
  readonly expectedPod: RecordedPod
}

describeConformance<{ tables: { defaultTolerationSeconds: readonly TolerationRow[] } }>(
  '05c-taints-tolerations.json',
  ({ tables }) => {
    it.each(tables.defaultTolerationSeconds.map((row) => [row.description, row] as const))(
      '%s',
      (_description, row) => {
        const spec = { containers: [], tolerations: tolerationsOf(row.requestedPod) } as unknown as Pod['spec']
        expect(admitPodSpec(spec).tolerations).toEqual(tolerationsOf(row.expectedPod))
      },
    )
  },
)

function tolerationsOf({ Spec }: RecordedPod): unknown[] {
  return (Spec.Tolerations ?? []).map(({ Key, Operator, Value, Effect, TolerationSeconds }) => ({
    ...(Key !== '' && { key: Key }),
    ...(Operator !== '' && { operator: Operator }),
    ...(Value !== '' && { value: Value }),
    ...(Effect !== '' && { effect: Effect }),
    ...(TolerationSeconds !== null && { tolerationSeconds: TolerationSeconds }),
  }))
}
