import { z } from 'zod'
import { formatQuantity, parseQuantity, scaleQuantity } from '../quantity.ts'

/** The schemas that most fields are made of. They are shared: a field is a wrapper around one of them. */
export const text = z.string()
export const flag = z.boolean()
export const int32 = z.int32()
/** A Kubernetes int64. Read as a JavaScript number, so exact up to 2⁵³. */
export const int64 = z.int().register(z.globalRegistry, { scalar: 'Int64' })
export const intOrText = z.union([z.int32(), z.string()]).register(z.globalRegistry, { scalar: 'IntOrString' })
/** An RFC 3339 time. */
export const time = z.iso.datetime({ offset: true }).register(z.globalRegistry, { scalar: 'DateTime' })
export const stringMap = z.record(z.string(), z.string()).register(z.globalRegistry, { scalar: 'StringMap' })

/** An amount of a resource, kept in its canonical form; numbers are taken too (Kubernetes `resource.Quantity`). */
export const quantity = z
  .union([z.string(), z.number()])
  .transform((value, context) => canonical(value, context, false))
  .register(z.globalRegistry, { scalar: 'Quantity' })

/** Amounts by resource name. What is finer than a thousandth is rounded up, as Kubernetes' defaulting does. */
export const resourceList = z
  .record(
    z.string(),
    z.union([z.string(), z.number()]).transform((value, context) => canonical(value, context, true)),
  )
  .register(z.globalRegistry, { scalar: 'StringMap' })

/** The fault of a text that is no quantity, as apimachinery words it. */
const quantityFault = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

/** An object type. `id` is its name in GraphQL and in Kubernetes; unknown fields are faults. */
export function object<Shape extends z.core.$ZodLooseShape>(
  id: string,
  description: string,
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape).register(z.globalRegistry, { id, description }) as z.ZodObject<Shape, z.core.$strict>
}

/** A closed set of values. `id` is the name of the enum in GraphQL, where every value can be one. */
export function oneOf<const Values extends readonly string[]>(
  id: string,
  description: string,
  values: Values,
): z.ZodEnum<z.core.util.ToEnum<Values[number]>> {
  return z.enum(values).register(z.globalRegistry, { id, description })
}

/**
 * A closed set that Kubernetes' types point to (`*MountPropagationMode`): an empty text is a value that is none of the set
 * there, where in other closed sets it means that the field is absent.
 */
export function pointerToOneOf<const Values extends readonly string[]>(
  id: string,
  description: string,
  values: Values,
): z.ZodEnum<z.core.util.ToEnum<Values[number]>> {
  return z.enum(values).register(z.globalRegistry, { id, description, isPointer: true })
}

/** A list of any length. */
export function list<Element extends z.ZodType>(element: Element): z.ZodArray<Element> {
  return z.array(element)
}

/** A field that must be given. The wrapper carries the field's description, what is inside the type's. */
export function required<Schema extends z.ZodType>(schema: Schema, description: string): z.ZodReadonly<Schema> {
  return described(z.readonly(schema), schema, description)
}

/** A field that may be left out. */
export function optional<Schema extends z.ZodType>(schema: Schema, description: string): z.ZodOptional<Schema> {
  return described(z.optional(schema), schema, description)
}

/** A field that may be left out, and had better be: `deprecationReason` says why, or what to use instead. */
export function deprecated<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  deprecationReason: string,
): z.ZodOptional<Schema> {
  return described(z.optional(schema), schema, description, { deprecationReason })
}

/** A field that has `value` when it is left out. */
export function defaulted<Schema extends z.ZodType>(
  schema: Schema,
  value: z.output<Schema> & z.core.util.NoUndefined<z.output<Schema>>,
  description: string,
): z.ZodDefault<Schema> {
  return described(z._default(schema, value), schema, description)
}

/** A text that is `value` when it is left out or empty, which mean the same in Kubernetes' v1 types. */
export function textOr(value: string, description: string): z.ZodDefault<z.ZodString> {
  return defaulted(
    z.string().overwrite((given) => (given === '' ? value : given)),
    value,
    description,
  )
}

/** An int32 that is `value` when it is left out or 0, which mean the same in Kubernetes' v1 types. */
export function int32Or(value: number, description: string): z.ZodDefault<z.ZodInt32> {
  return defaulted(
    z.int32().overwrite((given) => (given === 0 ? value : given)),
    value,
    description,
  )
}

/** Gives a wrapper the field's description, and the scalar of what it wraps. */
function described<Wrapper extends z.ZodType>(
  wrapper: Wrapper,
  wrapped: z.ZodType,
  description: string,
  more: Pick<z.core.GlobalMeta, 'deprecationReason'> = {},
): Wrapper {
  const scalar = z.globalRegistry.get(wrapped)?.scalar
  const meta = { ...more, description }
  ;(wrapper as z.ZodType).register(z.globalRegistry, scalar === undefined ? meta : { ...meta, scalar })
  return wrapper
}

const milli = -3

function canonical(value: string | number, context: z.core.$RefinementCtx, inMillis: boolean): string {
  const parsed = parseQuantity(typeof value === 'string' ? value.trim() : value)
  if (parsed === null) {
    context.addIssue({ code: 'custom', message: quantityFault, input: value })
    return z.NEVER
  }
  if (!inMillis || parsed.nano % nanoPerMilli === 0n) return formatQuantity(parsed)
  return formatQuantity({ nano: scaleQuantity(parsed, milli) * nanoPerMilli, format: parsed.format })
}

const nanoPerMilli = 1_000_000n
