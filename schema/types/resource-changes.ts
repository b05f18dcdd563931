import { deleteObject } from '../../src/commands/delete.ts'
import { patchObject } from '../../src/commands/patch.ts'
import { scaleObject } from '../../src/commands/scale.ts'
import { type Target, targetOf } from '../../src/commands/write.ts'
import type { Builder } from '../builder.ts'
import type { Toolbox } from '../kind-types.ts'
import { kindCalled } from './resource.ts'

type ArgumentBuilder = Parameters<Parameters<Builder['mutationField']>[1]>[0]['arg']

/** The mutations that change one object of any kind: `patch`, `delete`, `scale`. */
export function addResourceChanges(toolbox: Toolbox): void {
  addPatch(toolbox)
  addDelete(toolbox)
  addScale(toolbox)
}

function addPatch({ builder, resources }: Toolbox): void {
  builder.mutationField('patch', (t) =>
    t.field({
      type: resources.resource,
      description: 'Changes an object by a JSON merge patch (RFC 7386): null removes, lists are taken as a whole.',
      args: {
        ...targetArguments(t.arg),
        patch: t.arg({
          type: 'JSON',
          required: true,
          description: 'What changes, in the shape of the manifest. A metadata.resourceVersion in it must be current.',
        }),
        dryRun: dryRunArgument(t.arg),
      },
      resolve: (_, { patch, dryRun, ...place }, context) =>
        patchObject(context, targetIn(place), { patch, dryRun: dryRun ?? false }),
    }),
  )
}

function addDelete({ builder, resources, propagationPolicy }: Toolbox): void {
  builder.mutationField('delete', (t) =>
    t.field({
      type: resources.resource,
      description: 'Deletes an object, gracefully where it has a grace period. Answers with its last version.',
      args: {
        ...targetArguments(t.arg),
        gracePeriodSeconds: t.arg.int({ description: 'Overrides the grace period; 0 removes the object at once.' }),
        propagationPolicy: t.arg({ type: propagationPolicy as never, description: 'What becomes of the dependents.' }),
        uid: t.arg.id({ description: 'Only the object of this uid; CONFLICT when another one has its name by now.' }),
        dryRun: dryRunArgument(t.arg),
      },
      resolve: (_, { gracePeriodSeconds, propagationPolicy: policy, uid, dryRun, ...place }, context) =>
        deleteObject(context, targetIn(place), {
          gracePeriodSeconds: gracePeriodSeconds ?? undefined,
          propagationPolicy: policy ?? undefined,
          uid: uid ?? undefined,
          dryRun: dryRun ?? false,
        }),
    }),
  )
}

function addScale({ builder, resources }: Toolbox): void {
  builder.mutationField('scale', (t) =>
    t.field({
      type: resources.resource,
      description: 'Sets how many replicas an object wants.',
      args: {
        ...targetArguments(t.arg),
        replicas: t.arg.int({ required: true, description: 'How many, 0 or more.' }),
        currentReplicas: t.arg.int({ description: 'How many it must want now; CONFLICT when it does not.' }),
        resourceVersion: t.arg({ type: 'ResourceVersion', description: 'The version that must be current.' }),
        dryRun: dryRunArgument(t.arg),
      },
      resolve: (_, { replicas, currentReplicas, resourceVersion, dryRun, ...place }, context) =>
        scaleObject(context, targetIn(place), {
          replicas,
          currentReplicas: currentReplicas ?? undefined,
          resourceVersion: resourceVersion ?? undefined,
          dryRun: dryRun ?? false,
        }),
    }),
  )
}

function targetArguments(arg: ArgumentBuilder) {
  return {
    kind: arg.string({ required: true, description: 'Kind, plural or short name: "Pod", "pods", "po".' }),
    namespace: arg.string({ defaultValue: 'default', description: 'Its namespace; ignored for cluster-wide kinds.' }),
    name: arg.string({ required: true, description: 'Its name.' }),
  }
}

function dryRunArgument(arg: ArgumentBuilder) {
  return arg.boolean({ defaultValue: false, description: 'Judge everything, write nothing.' })
}

interface Place {
  readonly kind: string
  readonly namespace?: string | null | undefined
  readonly name: string
}

function targetIn({ kind, namespace, name }: Place): Target {
  return targetOf(kindCalled(kind), namespace, name)
}
