import { z } from 'zod'
import type { KindDefinition } from '../kind.ts'
import { dnsLabelFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { ageColumn, column, nameColumn } from './column.ts'
import { conditionFields } from './condition.ts'
import { list, object, oneOf, optional, text } from './field.ts'
import { validateNamespace } from './namespace-validation.ts'

const namespaceSpec = object('NamespaceSpec', 'What a namespace should be.', {
  finalizers: optional(list(text), 'Who must be done before the namespace goes; `kubernetes` empties it.'),
})

const namespaceStatus = object('NamespaceStatus', 'What is observed of a namespace.', {
  phase: optional(
    oneOf('NamespacePhase', 'Where a namespace is in its life.', ['Active', 'Terminating']),
    'Where the namespace is in its life.',
  ),
  conditions: optional(
    list(object('NamespaceCondition', 'A condition of a namespace.', conditionFields)),
    'What hinders its end.',
  ),
})

/** A place for names (Kubernetes `v1.Namespace`). */
export interface Namespace extends Resource {
  readonly spec?: z.infer<typeof namespaceSpec>
  readonly status?: z.infer<typeof namespaceStatus>
}

/** The finalizer in `spec.finalizers` that empties a namespace before it goes. */
const namespaceFinalizer = 'kubernetes'

const nameLabel = 'kubernetes.io/metadata.name'

export const namespaceKind: KindDefinition = {
  kind: 'Namespace',
  apiVersion: 'v1',
  typeName: 'Namespace',
  description: 'A place for names: objects of different namespaces may have the same name.',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  scope: 'Cluster',
  body: z.strictObject({
    spec: optional(namespaceSpec, 'What the namespace should be.'),
    status: optional(namespaceStatus, 'What is observed of it.'),
  }),
  countsGeneration: false,
  applyDefaults: (resource) => withFinalizer(withNameLabel(resource as Namespace)),
  initialStatus: () => ({ phase: 'Active' }),
  validate: (resource) => validateNamespace(resource as Namespace),
  validateName: dnsLabelFaults,
  selectableFields: { 'status.phase': (resource) => (resource as Namespace).status?.phase ?? '' },
  columns: [nameColumn, column<Namespace>('STATUS', (namespace) => namespace.status?.phase ?? ''), ageColumn],
}

/** Every namespace can be selected by its name, so that selectors of namespaces can name one. */
function withNameLabel(namespace: Namespace): Namespace {
  const { name, labels } = namespace.metadata
  if (!name || labels?.[nameLabel] === name) return namespace
  return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [nameLabel]: name } } }
}

function withFinalizer(namespace: Namespace): Namespace {
  const finalizers = namespace.spec?.finalizers ?? []
  if (finalizers.includes(namespaceFinalizer) || namespace.metadata.deletionTimestamp !== undefined) return namespace
  return { ...namespace, spec: { ...namespace.spec, finalizers: [...finalizers, namespaceFinalizer] } }
}
