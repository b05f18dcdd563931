import { z } from 'zod'
import type { Cause } from '../errors.ts'
import { each, invalidFault, requiredFault } from '../fault.ts'
import type { Labels } from '../selector.ts'
import { validateAnnotation } from './annotation-validation.ts'
import { taint } from './pod/scheduling.ts'
import { validateTaints } from './taint-validation.ts'

/** Where taints were before they had a field. */
const taintsAnnotation = 'scheduler.alpha.kubernetes.io/taints'
/** Controllers whose pods had better go elsewhere. No scheduler reads it any more. */
const avoidedPodsAnnotation = 'scheduler.alpha.kubernetes.io/preferAvoidPods'

const avoidedPods = z.object({
  preferAvoidPods: z
    .array(z.object({ podSignature: z.object({ podController: z.unknown().optional() }).optional() }))
    .optional(),
})

/** The faults of annotations that mean something for nodes (Kubernetes `ValidateNodeSpecificAnnotations`). */
export function validateNodeAnnotations(annotations: Labels | undefined, path: string): Cause[] {
  return [
    ...validateAnnotation(annotations, taintsAnnotation, { path, shape: z.array(taint), faultsOf: validateTaints }),
    ...validateAnnotation(annotations, avoidedPodsAnnotation, {
      path,
      shape: avoidedPods,
      faultsOf: ({ preferAvoidPods }, at) => each(preferAvoidPods, at, validateAvoidedPods),
    }),
  ]
}

type AvoidedPods = NonNullable<z.output<typeof avoidedPods>['preferAvoidPods']>[number]

function validateAvoidedPods({ podSignature }: AvoidedPods, path: string): Cause[] {
  const owner = podSignature?.podController as { readonly controller?: unknown } | null | undefined
  if (!owner) return [requiredFault(`${path}.PodSignature`)]
  if (owner.controller === true) return []
  const field = `${path}.PodSignature.PodController.Controller`
  return [invalidFault(field, owner.controller ?? false, 'must point to a controller')]
}
