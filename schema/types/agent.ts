import { registerNodes } from '../../src/commands/node-registration.ts'
import {
  type PodStatusOutcome,
  type PodStatusReport,
  renewLeases,
  reportPodStatuses,
} from '../../src/commands/node-reports.ts'
import { Refusal } from '../../src/model/errors.ts'
import type { AssignmentBatch } from '../../src/watch/assignments.ts'
import { forAgents } from '../access.ts'
import type { Builder } from '../builder.ts'

interface Registration {
  readonly count: number
  readonly failed: readonly { readonly name: string; readonly message: string }[]
}

/** Machines or reports that one call may speak of. */
const batchSizeMax = 20_000

/** The door of the node agents: registering machines, leases, assigned pods, reports. */
export function addAgent(builder: Builder): void {
  addRegistration(builder)
  addReports(builder)
  addAssignments(builder)
}

function addRegistration(builder: Builder): void {
  const failure = builder.objectRef<Registration['failed'][number]>('RegistrationFailure').implement({
    description: 'A machine that could not be registered.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      message: t.exposeString('message', { description: 'Why.' }),
    }),
  })
  const registration = builder.objectRef<Registration>('RegistrationResult').implement({
    description: 'What became of a registration.',
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'Machines that are registered now.' }),
      failed: t.field({ type: [failure], description: 'The others.', resolve: ({ failed }) => [...failed] }),
    }),
  })
  builder.mutationField('registerClusterNodes', (t) =>
    t.field({
      type: registration,
      extensions: forAgents,
      description: 'For node agents: makes machines known, or tells what they have now.',
      args: {
        nodes: t.arg({ type: ['JSON'], required: true, description: 'Manifests of kind Node, with their status.' }),
      },
      resolve: async (_, { nodes }, context) => {
        assertBatch('nodes', nodes)
        const failed = await registerNodes(context, nodes)
        return { count: nodes.length - failed.length, failed }
      },
    }),
  )
  builder.mutationField('renewLeases', (t) =>
    t.int({
      extensions: forAgents,
      description:
        'For node agents: proof of life of machines. Answers with how many of them are registered and not given up: an agent of more registers them again.',
      args: {
        nodeNames: t.arg.stringList({ required: true, description: 'The machines that live.' }),
        leaseDurationSeconds: t.arg.int({
          defaultValue: 40,
          description: 'How long the proof holds.',
        }),
      },
      resolve: (_, { nodeNames, leaseDurationSeconds }, context) => {
        assertBatch('nodeNames', nodeNames)
        return renewLeases(context, nodeNames, leaseDurationSeconds ?? 40)
      },
    }),
  )
}

function addReports(builder: Builder): void {
  const report = builder.inputType('PodStatusReport', {
    description: 'What a node agent tells of one pod.',
    fields: (t) => ({
      uid: t.id({ required: true, description: 'The pod.' }),
      namespace: t.string({ required: true, description: 'Its namespace.' }),
      name: t.string({ required: true, description: 'Its name.' }),
      status: t.field({ type: 'JSON', description: 'Its PodStatus as in manifests.' }),
      ended: t.boolean({
        defaultValue: false,
        description: 'Nothing of it runs any more: a pod that is being deleted may go.',
      }),
    }),
  })
  const result = builder.enumType('ReportResult', {
    description: 'What became of a report.',
    values: {
      APPLIED: { description: 'It was written, or known already.' },
      GONE: { description: 'There is no such pod any more.' },
      REFUSED: { description: 'It makes no sense, as the message tells: sending it again is in vain.' },
      CONFLICT: { description: 'Others were faster again and again: send it once more.' },
    } as const,
  })
  const outcome = builder.objectRef<PodStatusOutcome>('PodStatusOutcome').implement({
    description: 'What became of the report on one pod.',
    fields: (t) => ({
      uid: t.id({ description: 'The pod.', resolve: ({ uid }) => uid }),
      result: t.field({ type: result, description: 'What became of it.', resolve: (it) => it.result }),
      message: t.string({
        nullable: true,
        description: 'Why it was refused.',
        resolve: ({ message }) => message ?? null,
      }),
    }),
  })
  builder.mutationField('reportPodStatuses', (t) =>
    t.field({
      type: [outcome],
      extensions: forAgents,
      description: 'For node agents: the statuses of pods, many at once; each has its own outcome.',
      args: { reports: t.arg({ type: [report], required: true, description: 'The reports.' }) },
      resolve: (_, { reports }, context) => {
        assertBatch('reports', reports)
        return reportPodStatuses(context, reports as readonly PodStatusReport[])
      },
    }),
  )
}

function addAssignments(builder: Builder): void {
  const batch = builder.objectRef<AssignmentBatch>('PodAssignments').implement({
    description: 'Pods that a node agent has to run.',
    fields: (t) => ({
      resourceVersion: t.field({
        type: 'ResourceVersion',
        description: 'What the batch shows.',
        resolve: ({ revision }) => String(revision),
      }),
      complete: t.exposeBoolean('complete', {
        description: 'Whether all present pods have been told; from then on batches hold what has changed.',
      }),
      pods: t.field({ type: ['JSON'], description: 'Pods as they are now.', resolve: ({ pods }) => [...pods] }),
      removed: t.idList({ description: 'Uids of pods that are gone.', resolve: ({ removed }) => [...removed] }),
    }),
  })
  builder.subscriptionField('podAssignments', (t) =>
    t.field({
      type: batch,
      extensions: forAgents,
      description: 'For node agents: the pods that are bound to some machines, then what changes of them.',
      args: { nodeNames: t.arg.stringList({ required: true, description: 'The machines.' }) },
      subscribe: (_, { nodeNames }, context) => {
        assertBatch('nodeNames', nodeNames)
        return context.assignments.follow(nodeNames, context.signal?.())
      },
      resolve: (assignments) => assignments,
    }),
  )
}

/** Throws INVALID for more items than one call of an agent may have. */
export function assertBatch(field: string, items: readonly unknown[]): void {
  if (items.length <= batchSizeMax) return
  const message = `Too many: ${items.length}: must have at most ${batchSizeMax} items`
  throw new Refusal('INVALID', `${field}: ${message}`, { causes: [{ field, reason: 'FieldValueTooMany', message }] })
}
