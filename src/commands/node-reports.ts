import { invalid, Refusal } from '../model/errors.ts'
import type { Node } from '../model/kinds/node.ts'
import { agentConditionTypes } from '../model/kinds/pod/agent-conditions.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
import { parseObject, parseStatus, validateUpdate } from '../model/validation.ts'
import type { Outcome } from '../store/group-commit.ts'
import { nodeNameOf } from '../store/replica.ts'
import { admitNew, type Input, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'

/** What a node agent tells of one pod. `ended`: nothing of it runs any more, so that a deleted pod may go. */
export interface PodStatusReport {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly status?: unknown
  readonly ended?: boolean | null
}

/**
 * What became of a report: GONE when there is no such pod any more, REFUSED when it makes no sense and never will,
 * CONFLICT when others were faster again and again, so that it may be tried once more.
 */
export interface PodStatusOutcome {
  readonly uid: string
  readonly result: 'APPLIED' | 'GONE' | 'REFUSED' | 'CONFLICT'
  readonly message?: string
}

const attemptsMax = 8

/** Registers machines: new ones are created, known ones get the capacity, addresses and labels that are told now. */
export async function registerNodes(
  context: CommandContext,
  manifests: readonly unknown[],
): Promise<{ name: string; message: string }[]> {
  const failed: { name: string; message: string }[] = []
  let open = manifests.map((manifest) => manifest as Input)
  for (let attempt = 0; open.length > 0 && attempt < attemptsMax; attempt += 1) {
    const planned: { input: Input; operation: Operation }[] = []
    for (const input of open) {
      try {
        const operation = planRegistration(context, input)
        if (operation !== undefined) planned.push({ input, operation })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        failed.push({ name: nameIn(input), message: error.message })
      }
    }
    const outcomes = await context.store.commit(
      planned.map(({ operation }) => operation),
      { actor: (operation) => `system:node:${subjectOf(operation).metadata.name}` },
    )
    open = planned.filter((_, index) => outcomes[index]?.ok === false).map(({ input }) => input)
  }
  return [...failed, ...open.map((input) => ({ name: nameIn(input), message: 'changed by others meanwhile' }))]
}

function planRegistration(context: CommandContext, input: Input): Operation | undefined {
  const definition = definitionOf('Node')
  const name = nameIn(input)
  const current = context.store.replica.get({ kind: 'Node', namespace: '', name }) as Node | undefined
  if (current === undefined) return { type: 'create', object: admitNew(definition, input, context) }
  const { object, causes } = parseObject(definition, input, { keepsStatus: true })
  if (object === undefined || causes.length > 0) throw invalid(`Node "${name}"`, causes)
  const told = object as unknown as Node
  const labels = { ...current.metadata.labels, ...told.metadata.labels }
  const annotations = { ...current.metadata.annotations, ...told.metadata.annotations }
  const facts = Object.keys(annotations).length === 0 ? {} : { annotations }
  const next = {
    ...current,
    metadata: { ...current.metadata, labels, ...facts },
    status: { ...current.status, ...told.status },
  }
  if (isSameJson(next, current)) return undefined
  const faults = validateUpdate(definition, next, current)
  if (faults.length > 0) throw invalid(`Node "${name}"`, faults)
  return { type: 'update', object: next, base: current }
}

/** Renews the leases of machines that are registered: proof of life, beside the log. Resolves with how many they are. */
export async function renewLeases(
  context: CommandContext,
  nodeNames: readonly string[],
  durationSeconds: number,
): Promise<number> {
  if (durationSeconds < 1) {
    const message = `Invalid value: ${durationSeconds}: must be greater than or equal to 1`
    throw invalid('the lease', [{ field: 'leaseDurationSeconds', reason: 'FieldValueInvalid', message }])
  }
  const renewedAt = context.now()
  const { replica, leases } = context.store
  const known = nodeNames.filter((name) => replica.get({ kind: 'Node', namespace: '', name }) !== undefined)
  await leases.renew(known.map((name) => ({ name: `node/${name}`, holder: name, durationSeconds, renewedAt })))
  return known.length
}

/** Takes the statuses that agents report, many in one commit; each has its own outcome. */
export async function reportPodStatuses(
  context: CommandContext,
  reports: readonly PodStatusReport[],
): Promise<PodStatusOutcome[]> {
  const results = new Map<string, PodStatusOutcome>()
  let open = reports
  for (let attempt = 0; open.length > 0 && attempt < attemptsMax; attempt += 1) {
    const planned = open.map((report) => ({ report, plan: planReport(context, report) }))
    const committed: { report: PodStatusReport; operation: Operation }[] = []
    for (const { report, plan } of planned) {
      if ('type' in plan) committed.push({ report, operation: plan })
      else results.set(report.uid, plan)
    }
    const outcomes = await context.store.commit(
      committed.map(({ operation }) => operation),
      { actor: (operation) => `system:node:${nodeNameOf(subjectOf(operation)) ?? 'unknown'}` },
    )
    open = await settle(context, committed, outcomes, results)
  }
  for (const { uid } of open) results.set(uid, { uid, result: 'CONFLICT', message: 'changed by others meanwhile' })
  return reports.map(({ uid }) => results.get(uid) ?? { uid, result: 'GONE' })
}

/** Books the outcomes; returns the reports that have to be planned again on a newer version. */
async function settle(
  { store }: CommandContext,
  committed: readonly { report: PodStatusReport }[],
  outcomes: readonly Outcome[],
  results: Map<string, PodStatusOutcome>,
): Promise<PodStatusReport[]> {
  const again: PodStatusReport[] = []
  let newest = 0
  committed.forEach(({ report }, index) => {
    const outcome = outcomes[index]
    if (outcome?.ok === false) {
      again.push(report)
      newest = Math.max(newest, Number(outcome.refusal.details['resourceVersion'] ?? 0))
    } else results.set(report.uid, { uid: report.uid, result: 'APPLIED' })
  })
  await store.reached(newest)
  return again
}

function planReport({ store }: CommandContext, report: PodStatusReport): Operation | PodStatusOutcome {
  const { uid } = report
  const pod = store.replica.byUid(uid) as Pod | undefined
  if (pod === undefined || pod.kind !== 'Pod') return { uid, result: 'GONE' }
  if (nodeNameOf(pod) === undefined) return { uid, result: 'REFUSED', message: 'the pod is not bound to a machine' }
  const told = parseStatus(definitionOf('Pod'), report.status ?? {})
  if (told.causes.length > 0) return { uid, result: 'REFUSED', message: invalid('the status', told.causes).message }
  const status = mergeStatus(pod.status, (told.status ?? {}) as PodStatus)
  const { deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0 } = pod.metadata
  const leaves = report.ended === true && deletionTimestamp !== undefined
  if (leaves && finalizers.length === 0) return { type: 'delete', base: { ...pod, status } }
  if (!leaves && hasEnded(pod.status) && !hasEnded(status)) {
    return { uid, result: 'REFUSED', message: `the pod has ended: its phase ${pod.status?.phase} is final` }
  }
  const metadata =
    leaves && deletionGracePeriodSeconds > 0 ? { ...pod.metadata, deletionGracePeriodSeconds: 0 } : pod.metadata
  const next: Resource = { ...pod, metadata, status }
  if (metadata === pod.metadata && isSameJson(status, pod.status)) return { uid, result: 'APPLIED' }
  return { type: 'update', object: next, base: pod }
}

/** The agent's word, with what others keep: it may repeat their conditions, which it can have seen too long ago. */
function mergeStatus(current: PodStatus | undefined, told: PodStatus): PodStatus {
  const own = (told.conditions ?? []).filter(({ type }) => agentConditionTypes.has(type))
  const types = new Set(own.map(({ type }) => type))
  const conditions = [...own, ...(current?.conditions ?? []).filter(({ type }) => !types.has(type))]
  const qosClass = told.qosClass ?? current?.qosClass
  const { conditions: _, ...rest } = told
  return { ...rest, ...(qosClass === undefined ? {} : { qosClass }), ...(conditions.length > 0 ? { conditions } : {}) }
}

/** Whether nothing of a pod will ever run again. */
function hasEnded(status: PodStatus | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

function subjectOf(operation: Operation): Resource {
  return operation.type === 'delete' ? operation.base : operation.object
}
