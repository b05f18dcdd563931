import { expect, it } from 'vitest'
import type { Cause } from '../../../src/model/errors.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { admitPodSpec } from '../../../src/model/kinds/pod-admission.ts'
import { definitionOf, kinds } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { parseObject, validateUpdate } from '../../../src/model/validation.ts'
import { describeConformance, describeConformanceLines } from '../../support/conformance.ts'
import { judge, type Manifest } from './judge.ts'

interface RecordedFault {
  readonly type: string
  readonly field: string
}

interface RecordedVerdict {
  readonly valid: boolean
  readonly errors: readonly RecordedFault[]
}

/** Rows where today's Kubernetes says something else than the release that was recorded. */
const changedSince = new Map([
  ['x0076', 'resourceClaims are validated since 1.26'],
  ['x0078', 'resourceClaims are validated since 1.26'],
  ['x0097', 'resourceClaims are validated since 1.26'],
  ['x0169', 'names of environment variables may hold any printable ASCII since 1.34'],
  ['x0856', 'names of environment variables may hold any printable ASCII since 1.34'],
  ['v0048', 'several sizes of huge pages are allowed since 1.19'],
  ['v0228', 'preferAvoidPods is gone since 1.24'],
  ['m0344', 'gRPC probes are known since 1.24'],
])

/** Rows that are refused as recorded, but at another field. */
const toldElsewhere = new Map([
  ['v0117', 'the path names labelSelector today'],
  ['v0225', 'taints are told where they are, below spec'],
  ['v0232', 'taints are told where they are, below spec'],
  ['v0234', 'taints are told where they are, below spec'],
  ['m0402', 'securityContext of ephemeral containers is allowed since 1.23'],
])

function isKnown(manifest: Manifest | undefined): manifest is Manifest {
  return kinds.some(({ kind, apiVersion }) => kind === manifest?.kind && apiVersion === manifest.apiVersion)
}

function expectVerdict(id: string, manifest: Manifest, { valid, errors }: RecordedVerdict): void {
  const { causes } = judge(manifest)
  if (changedSince.has(id)) return expect(causes.length === 0).toBe(!valid)
  expect(causes.length === 0, JSON.stringify(causes)).toBe(valid)
  const [first] = errors
  if (first === undefined || first.type === 'Decode' || toldElsewhere.has(id)) return
  expect(causes.map(textOf).join('\n')).toContain(first.field)
}

function textOf(cause: Cause): string {
  return `${cause.field}: ${cause.message}`
}

interface MutationRow extends RecordedVerdict {
  readonly id: string
  readonly mutation: string
  readonly manifest: Manifest
}

describeConformanceLines<MutationRow>('06b-mutations.jsonl', (all) => {
  const rows = all.filter((row) => isKnown(row.manifest))
  it.each(rows.map((row) => [row.id, row.manifest.kind, row.mutation, row] as const))(
    '%s: %s, %s',
    (id, _kind, _mutation, row) => {
      expectVerdict(id, row.manifest, row)
    },
  )
})

interface ObjectRow {
  readonly id: string
  readonly fn: string
  readonly manifest: Manifest
  readonly stable: boolean
  readonly viaApi_1_10?: RecordedVerdict
  readonly viaApi_1_20?: RecordedVerdict
}

describeConformanceLines<ObjectRow>('03b-object-validation.jsonl', (all) => {
  const rows = all
    .filter((row) => row.stable && isKnown(row.manifest))
    .flatMap((row) => {
      const verdict = row.viaApi_1_20 ?? row.viaApi_1_10
      return verdict === undefined ? [] : [[row.id, row.fn, row.manifest, verdict] as const]
    })
  it.each(rows)('%s: %s', (id, _fn, manifest, verdict) => {
    expectVerdict(id, manifest, verdict)
  })
})

interface UpdateRow {
  readonly fn: string
  readonly new?: Manifest
  readonly old: Manifest
  readonly valid: boolean
}

describeConformanceLines<UpdateRow>('03c-update-validation.jsonl', (all) => {
  const rows = all.filter((row) => kinds.some(({ kind }) => kind === row.new?.kind))
  it.each(rows.map((row, index) => [index, row.fn, row] as const))('row %i: %s', (_index, _fn, row) => {
    const before = complete(row.old)
    const after = complete(row.new ?? row.old)
    const definition = definitionOf(row.old.kind)
    const faults = [...after.causes, ...validateUpdate(definition, after.object, before.object)]
    const unchanged = new Set(before.causes.map((cause) => cause.field))
    const isDeadlineOfZero =
      (row.new?.['spec'] as { activeDeadlineSeconds?: number } | undefined)?.activeDeadlineSeconds === 0
    const news = faults.filter((cause) => !unchanged.has(cause.field) && !cause.field.endsWith('ontainers[0].name'))
    expect(news.length === 0, JSON.stringify(news)).toBe(row.valid && !isDeadlineOfZero)
  })
})

/** The objects of these rows lack much that an object has on its way in: what is missing is not what they are about. */
function complete(manifest: Manifest): { object: Resource; causes: readonly Cause[] } {
  const definition = definitionOf(manifest.kind)
  const input = { ...manifest, apiVersion: definition.apiVersion }
  const { object, causes } = parseObject(definition, input, { keepsStatus: true, fieldValidation: 'Warn' })
  const metadata = {
    ...object?.metadata,
    name: object?.metadata.name ?? 'unnamed',
    ...(definition.scope === 'Namespaced' && { namespace: object?.metadata.namespace ?? 'default' }),
  }
  const given = { ...object, metadata } as Resource
  return { object: definition.applyDefaults?.(given) ?? given, causes }
}

interface ManifestRow {
  readonly id: string
  readonly path: string
  readonly manifest: Manifest
  readonly oracle: { readonly v110?: Partial<RecordedVerdict>; readonly v120?: Partial<RecordedVerdict> }
  readonly defaulted?: unknown
}

describeConformanceLines<ManifestRow>('06-manifests.jsonl', (all) => {
  const rows = all.filter((row) => isKnown(row.manifest)).map((row) => [row.id, row.path, row] as const)
  it.each(rows)('%s: %s', (id, _path, { manifest, oracle, defaulted }) => {
    const { valid, errors = [] } = oracle.v120?.valid === undefined ? (oracle.v110 ?? {}) : oracle.v120
    if (valid !== undefined) expectVerdict(id, manifest, { valid, errors })
    const { object, causes } = judge(manifest)
    if (defaulted === undefined || causes.length > 0) return
    expect(significant(object)).toMatchObject(significant(defaulted, manifest) as object)
  })

  const understood = rows.filter(([, , { manifest }]) => judge(manifest).object !== undefined)
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
