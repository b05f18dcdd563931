import { applyManifests } from '../../src/commands/apply.ts'
import type { CommandContext } from '../../src/commands/command-context.ts'
import { createManifests } from '../../src/commands/create.ts'
import type { Applied, ManifestText } from '../../src/commands/manifest-batch.ts'
import { replaceManifests } from '../../src/commands/replace.ts'
import type { Toolbox } from '../kind-types.ts'

type Part = Pick<Toolbox, 'builder' | 'resources'>

interface Result {
  readonly applied: readonly Applied[]
  readonly dryRun: boolean
}

/** The mutations that take a text of manifests: `apply`, `create`, `replace`. */
export function addManifests(toolbox: Part): void {
  const result = addResult(toolbox)
  const add = (name: string, carryOut: typeof applyManifests, description: string): void => {
    toolbox.builder.mutationField(name, (t) =>
      t.field({
        type: result,
        description,
        args: {
          manifests: t.arg.string({ required: true, description: 'YAML documents or JSON.' }),
          namespace: t.arg.string({ defaultValue: 'default', description: 'For objects that name none.' }),
          dryRun: t.arg.boolean({ defaultValue: false, description: 'Judge everything, write nothing.' }),
        },
        resolve: (_, { manifests, namespace, dryRun }, context) =>
          resultOf(carryOut, context, { manifests, namespace: namespace ?? 'default', dryRun: dryRun ?? false }),
      }),
    )
  }
  add('apply', applyManifests, 'Makes objects as the manifests say, all of them or none.')
  add(
    'create',
    createManifests,
    'Creates the objects of the manifests, all of them or none. `generateName` gives names.',
  )
  add(
    'replace',
    replaceManifests,
    'Replaces the objects of the manifests, all of them or none; a given resourceVersion must be current.',
  )
}

async function resultOf(carryOut: typeof applyManifests, context: CommandContext, text: ManifestText): Promise<Result> {
  return { applied: await carryOut(context, text), dryRun: text.dryRun }
}

function addResult({ builder, resources }: Part) {
  const action = builder.enumType('ApplyAction', {
    description: 'What a manifest did to an object.',
    values: {
      CREATED: { description: 'It was made.' },
      CONFIGURED: { description: 'It was changed.' },
      UNCHANGED: { description: 'It was so already.' },
    } as const,
  })
  const applied = builder.objectRef<Applied>('AppliedResource').implement({
    description: 'An object of a manifest, and what that did.',
    fields: (t) => ({
      action: t.field({ type: action, description: 'What was done.', resolve: (it) => it.action }),
      resource: t.field({
        type: resources.resource,
        description: 'The object as it is then.',
        resolve: ({ object }) => object,
      }),
    }),
  })
  return builder.objectRef<Result>('ApplyResult').implement({
    description: 'What a manifest text did, or would do.',
    fields: (t) => ({
      dryRun: t.exposeBoolean('dryRun', { description: 'Whether nothing was written.' }),
      applied: t.field({
        type: [applied],
        description: 'The objects, in the order of the text.',
        resolve: (it) => [...it.applied],
      }),
      resources: t.field({
        type: [resources.resource],
        description: 'The objects alone.',
        resolve: (it) => it.applied.map(({ object }) => object),
      }),
    }),
  })
}
