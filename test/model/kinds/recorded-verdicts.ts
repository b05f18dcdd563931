import { kinds } from '../../../src/model/kinds.ts'
import type { Manifest } from './judge.ts'

interface RecordedFault {
  readonly type: string
  readonly field: string
  readonly detail?: string
}

/** What Kubernetes said of an object or of a change. */
export interface RecordedVerdict {
  readonly valid: boolean
  readonly errors: readonly RecordedFault[]
}

/** An object, what was done to it before, and the verdict. */
export interface MutationRow extends RecordedVerdict {
  readonly id: string
  readonly mutation: string
  readonly manifest: Manifest
}

/** An object of upstream's own tests, with the verdicts of two releases on its creation. */
export interface ObjectRow {
  readonly id: string
  readonly fn: string
  readonly manifest: Manifest
  readonly stable: boolean
  readonly viaApi_1_10?: RecordedVerdict
  readonly viaApi_1_20?: RecordedVerdict
}

/** An object before and after a change, with the verdict on the change. */
export interface UpdateRow extends RecordedVerdict {
  readonly fn: string
  readonly new?: Manifest
  readonly old: Manifest
}

interface Judged {
  readonly manifest: Manifest
  readonly verdict: RecordedVerdict
  /** What we say of it; empty when it is accepted. */
  readonly answer: string
}

interface Change {
  readonly reason: string
  readonly concerns: (judged: Judged, firstFault: RecordedFault | undefined) => boolean
}

/** What today's documented Kubernetes judges otherwise than the releases that were recorded. */
const changes: readonly Change[] = [
  {
    reason: 'resourceClaims are known since 1.26',
    concerns: ({ verdict, answer }) => verdict.valid && /\.(resourceClaims|resources\.claims)\[/.test(answer),
  },
  {
    reason: 'names of environment variables may hold any printable ASCII since 1.34',
    concerns: (_, fault) => /\.env\[\d+\]\.name$/.test(fault?.field ?? '') && fault?.type === 'FieldValueInvalid',
  },
  {
    reason: 'several sizes of huge pages are allowed since 1.19',
    concerns: (_, fault) => fault?.detail?.includes('single hugepage size') === true,
  },
  {
    reason: 'gRPC probes are known since 1.24',
    concerns: ({ manifest, verdict }) => !verdict.valid && JSON.stringify(manifest).includes('"grpc"'),
  },
  {
    reason: 'a deadline is positive, also when it is changed',
    concerns: ({ manifest, verdict }) => {
      const { activeDeadlineSeconds } = (manifest['spec'] ?? {}) as { activeDeadlineSeconds?: number }
      return verdict.valid && activeDeadlineSeconds === 0
    },
  },
]

/** Settings that are allowed since 1.23; ephemeral containers as such cannot be created. */
const allowedSince = /\.ephemeralContainers\[\d+\]\.securityContext/

/** Why a verdict is another one today; undefined where it still holds. */
export function changeSince(judged: Judged): string | undefined {
  return changes.find(({ concerns }) => concerns(judged, judged.verdict.errors[0]))?.reason
}

/** The field that a refusal must name; undefined where none was recorded, or another is right today. */
export function fieldToName({ verdict }: Pick<Judged, 'verdict'>): string | undefined {
  // A change that names no resourceVersion is unconditional, which is decided before a change is validated.
  const fault = verdict.errors.find(({ field }) => field !== 'metadata.resourceVersion')
  if (fault === undefined || fault.type === 'Decode' || fault.field === '') return undefined
  return allowedSince.test(fault.field) ? undefined : fault.field
}

/** Whether the kind of a manifest is one of ours, in this version. */
export function isKnown(manifest: Manifest | undefined): manifest is Manifest {
  return kinds.some(({ kind, apiVersion }) => kind === manifest?.kind && apiVersion === manifest.apiVersion)
}

/** The recorded objects of our kinds with the verdict of the newest release, where the releases agree. */
export function stableVerdicts(rows: readonly ObjectRow[]): (ObjectRow & { readonly verdict: RecordedVerdict })[] {
  return rows.flatMap((row) => {
    const verdict = row.viaApi_1_20 ?? row.viaApi_1_10
    return row.stable && isKnown(row.manifest) && verdict !== undefined ? [{ ...row, verdict }] : []
  })
}

/** The recorded changes of objects of our kinds. */
export function knownChanges(rows: readonly UpdateRow[]): (UpdateRow & { readonly next: Manifest })[] {
  return rows.flatMap((row) => {
    const next = row.new
    return kinds.some(({ kind }) => kind === next?.kind) && next !== undefined ? [{ ...row, next }] : []
  })
}
