import assert from 'node:assert'
import { type GraphQLSchema, isInputObjectType, isRequiredInputField } from 'graphql'
import type { KindDefinition } from '../model/kind.ts'

/** The module `src/client/generated/kinds.ts`: what the client knows of the kinds, and the types of their manifests. */
export function printKindTypes(schema: GraphQLSchema, kinds: readonly KindDefinition[]): string {
  return [
    '// Made from the kinds of the model by `npm run schema`.',
    '',
    "import type * as schema from './schema.ts'",
    '',
    ...kinds.flatMap((kind) => manifestTypes(schema, kind)),
    '/** The types of one kind: of what is read, and of what is written. */',
    'export interface KindType<Object, Manifest> {',
    '  readonly object: Object',
    '  readonly manifest: Manifest',
    '}',
    '',
    '/** The types of each kind, by the name of its part of the client. */',
    'export interface KindTypes {',
    ...kinds.map((kind) => `  readonly ${partName(kind)}: KindType<${kind.kind}, ${kind.kind}Manifest>`),
    '}',
    '',
    '/** Each kind, by the name of its part of the client. */',
    'export const kinds = {',
    ...kinds.map((kind) => `  ${partName(kind)}: { kind: '${kind.kind}', apiVersion: '${kind.apiVersion}' },`),
    '} as const',
    '',
  ].join('\n')
}

/** The plural as a property: `replicaSets` of ReplicaSet, with the capitals of the kind as far as the two are the same. */
function partName({ kind, plural }: KindDefinition): string {
  let same = 0
  while (same < kind.length && kind.charAt(same).toLowerCase() === plural.charAt(same)) same += 1
  return kind.charAt(0).toLowerCase() + kind.slice(1, same) + plural.slice(same)
}

function manifestTypes(
  schema: GraphQLSchema,
  { kind, apiVersion, typeName, description, body }: KindDefinition,
): string[] {
  const input = schema.getType(`${typeName}Input`)
  assert(isInputObjectType(input), `there is an input type of ${kind}`)
  const written = input.getFields()
  const isRequired = (name: string) => written[name] !== undefined && isRequiredInputField(written[name])
  const names = Object.keys(body.shape)
  const read = names.map((name) => property(name, isRequired(name), `NonNullable<schema.${typeName}['${name}']>`))
  const given = names
    .filter((name) => written[name] !== undefined)
    .map((name) => property(name, isRequired(name), `schema.${typeName}Input['${name}']`))
  return [
    `/** ${description} */`,
    `export interface ${kind} {`,
    `  readonly apiVersion: '${apiVersion}'`,
    `  readonly kind: '${kind}'`,
    '  readonly metadata: schema.ObjectMeta',
    ...read,
    '}',
    '',
    `/** A ${kind} as it is written; \`apiVersion\` and \`kind\` may be left out. */`,
    `export interface ${kind}Manifest {`,
    `  readonly apiVersion?: '${apiVersion}' | undefined`,
    `  readonly kind?: '${kind}' | undefined`,
    '  readonly metadata: schema.ObjectMetaInput',
    ...given,
    '}',
    '',
  ]
}

function property(name: string, isRequired: boolean, type: string): string {
  return `  readonly ${name}${isRequired ? '' : '?'}: ${type}`
}
