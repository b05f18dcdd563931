import { z } from 'zod'
import type { Cause } from '../errors.ts'
import { invalidFault } from '../fault.ts'
import { excessIn } from '../json-size.ts'
import type { Labels } from '../selector.ts'
import { parseShape } from '../shape.ts'

/** Levels of objects and lists that an annotation may hold, as many as a manifest may have. */
const nestingMax = 100

interface AnnotationRule<Shape extends z.ZodType> {
  /** Path of the annotations. */
  readonly path: string
  /** What the annotation holds. Fields that it does not know are passed over, as Kubernetes does here. */
  readonly shape: Shape
  /** The faults of what it holds, beyond its shape. */
  readonly faultsOf: (value: z.output<Shape>, path: string) => readonly Cause[]
}

/** The faults of an annotation that holds JSON, as outdated settings of pods and nodes do. An empty one holds nothing. */
export function validateAnnotation<Shape extends z.ZodType>(
  annotations: Labels | undefined,
  key: string,
  { path, shape, faultsOf }: AnnotationRule<Shape>,
): Cause[] {
  const text = annotations?.[key]
  if (text === undefined || text === '') return []
  const at = `${path}.${key}`
  let held: unknown
  try {
    held = JSON.parse(text)
  } catch (error) {
    return [invalidFault(at, text, `must be JSON: ${(error as Error).message}`)]
  }
  if (excessIn(held, { levels: nestingMax }) !== undefined) {
    return [invalidFault(at, text, `must not be nested more than ${nestingMax} levels deep`)]
  }
  const { value, causes } = parseShape(z.strictObject({ held: shape }), { held })
  return [
    ...causes.map((cause) => ({ ...cause, field: cause.field.replace(/^held/, at) })),
    ...(value === undefined ? [] : faultsOf(value['held'] as z.output<Shape>, at)),
  ]
}
