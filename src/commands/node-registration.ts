import { invalid, Refusal } from '../model/errors.ts'
import type { Node } from '../model/kinds/node.ts'
import type { NodeStatus } from '../model/kinds/node-status.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Operation } from '../model/operation.ts'
import type { ObjectMeta } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
import { timestamp } from '../model/timestamp.ts'
import { parseObject, validateUpdate } from '../model/validation.ts'
import type { Outcome } from '../store/group-commit.ts'
import { admitNew, type Input, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'

type Condition = NonNullable<NodeStatus['conditions']>[number]

const attemptsMax = 8

/** Says which labels a machine's agent has told, so that those that it tells no longer can go and a user's stay. */
const toldLabelsAnnotation = 'node.myriad/registered-labels'

/**
 * Registers machines: new ones are created, known ones get what is told of them now. Of a known one its spec, with the
 * taints, and the labels and annotations that others gave it stay as they are.
 */
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
      { actor: (operation) => `system:node:${nameOf(operation)}` },
    )
    open = planned.filter((_, index) => outcomes[index]?.ok === false).map(({ input }) => input)
    await context.store.reached(Math.max(0, ...outcomes.map(newerRevision)))
  }
  return [...failed, ...open.map((input) => ({ name: nameIn(input), message: 'changed by others meanwhile' }))]
}

function planRegistration(context: CommandContext, input: Input): Operation | undefined {
  const definition = definitionOf('Node')
  const name = nameIn(input)
  const current = context.store.replica.get({ kind: 'Node', namespace: '', name }) as Node | undefined
  if (current === undefined) {
    const object = admitNew(definition, input, context)
    return { type: 'create', object: { ...object, metadata: withToldLabels(object.metadata, object.metadata.labels) } }
  }
  const { object, causes } = parseObject(definition, input, { keepsStatus: true })
  if (object === undefined || causes.length > 0) throw invalid(`Node "${name}"`, causes)
  // Machines that say what they have and not what of it pods may use give all of it.
  const told = (definition.applyDefaults?.(object as unknown as Node) ?? object) as unknown as Node
  const annotations = { ...current.metadata.annotations, ...told.metadata.annotations }
  const metadata = withToldLabels({ ...current.metadata, annotations }, told.metadata.labels)
  const next = { ...current, metadata, status: mergeStatus(current.status, told.status, context.now()) }
  if (isSameJson(next, current)) return undefined
  const faults = validateUpdate(definition, next, current)
  if (faults.length > 0) throw invalid(`Node "${name}"`, faults)
  return { type: 'update', object: next, base: current }
}

function withToldLabels(metadata: ObjectMeta, told: ObjectMeta['labels'] = {}): ObjectMeta {
  const before = new Set((metadata.annotations?.[toldLabelsAnnotation] ?? '').split(','))
  const others = Object.entries(metadata.labels ?? {}).filter(([key]) => !before.has(key))
  const keys = Object.keys(told).toSorted().join(',')
  const { [toldLabelsAnnotation]: _, ...annotations } = metadata.annotations ?? {}
  const labels = { ...Object.fromEntries(others), ...told }
  const { labels: __, annotations: ___, ...rest } = metadata
  const noted = keys === '' ? annotations : { ...annotations, [toldLabelsAnnotation]: keys }
  return { ...rest, ...unlessEmpty('labels', labels), ...unlessEmpty('annotations', noted) }
}

function unlessEmpty(field: string, map: Readonly<Record<string, string>>): Partial<ObjectMeta> {
  return Object.keys(map).length === 0 ? {} : { [field]: map }
}

/** The reason of conditions that stand for an agent which was never heard of; they go when it is heard. */
const neverHeard = 'NodeStatusNeverUpdated'

/** The agent's word, with the conditions that it does not speak of. */
function mergeStatus(current: NodeStatus | undefined, told: NodeStatus | undefined, now: number): NodeStatus {
  const toldTypes = new Map((told?.conditions ?? []).map((condition) => [condition.type, condition]))
  const before = (current?.conditions ?? []).filter(({ type, reason }) => reason !== neverHeard || toldTypes.has(type))
  const conditions = [
    ...before.map((known) => mergeCondition(known, toldTypes.get(known.type), now)),
    ...[...toldTypes.values()].filter(({ type }) => !before.some((known) => known.type === type)),
  ]
  const { conditions: _, ...kept } = { ...current, ...told }
  return conditions.length === 0 ? kept : { ...kept, conditions }
}

/** A condition is in its status since it last became another. A heartbeat alone is no news: leases are there for that. */
function mergeCondition(known: Condition, told: Condition | undefined, now: number): Condition {
  if (told === undefined) return known
  if (told.status !== known.status) return { ...told, lastTransitionTime: timestamp(now) }
  const next = { ...told, ...pick(known, 'lastTransitionTime') }
  const isNews = !isSameJson({ ...next, lastHeartbeatTime: '' }, { ...known, lastHeartbeatTime: '' })
  return isNews ? next : known
}

function pick<Of extends object, Key extends keyof Of>(value: Of, key: Key): Partial<Pick<Of, Key>> {
  return value[key] === undefined ? {} : ({ [key]: value[key] } as Pick<Of, Key>)
}

function newerRevision(outcome: Outcome): number {
  return outcome.ok ? 0 : Number(outcome.refusal.details['resourceVersion'] ?? 0)
}

function nameOf(operation: Operation): string {
  return (operation.type === 'delete' ? operation.base : operation.object).metadata.name
}
