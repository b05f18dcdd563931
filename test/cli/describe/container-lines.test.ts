import { expect, it } from 'vitest'
import { containerSection } from '../../../src/cli/describe/container-lines.ts'
import type { Container } from '../../../src/model/kinds/pod/container.ts'
import type { ContainerStatus } from '../../../src/model/kinds/pod/container-status.ts'
import { describeConformance } from '../../support/conformance.ts'
import { objectNamed } from '../../support/objects.ts'

interface Recorded {
  readonly tables: {
    readonly describeContainers: readonly {
      readonly container: unknown
      readonly status: unknown
      readonly expectedElements: readonly string[]
    }[]
  }
}

const { metadata } = objectNamed('Pod', 'web', { metadata: { labels: { tier: 'fe' } } })

it.each([
  ['metadata.name', 'web (v1:metadata.name)'],
  ["metadata.labels['tier']", "fe (v1:metadata.labels['tier'])"],
  ["metadata.annotations['a']", " (v1:metadata.annotations['a'])"],
  ['status.podIP', ' (v1:status.podIP)'],
])('tells a variable that is %s with its value where the metadata has it', (fieldPath, text) => {
  const env = [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } }]
  const container = { name: 'main', image: 'x', env } as Container
  expect(containerSection('Containers', [container], { metadata, statuses: [] })).toContain(`      A:\t${text}`)
  // A template has no metadata to tell.
  const untold = text.slice(text.indexOf(' ('))
  expect(containerSection('Containers', [container])).toContain(`      A:\t${untold}`)
})

describeConformance<Recorded>('10-kubectl-printers.json', ({ tables }) => {
  it.each(tables.describeContainers)('describes a container with $expectedElements, as kubectl does', (row) => {
    const container = asManifest(row.container) as Container
    const status = asManifest(row.status) as ContainerStatus & { readonly lastTerminationState?: unknown }
    const known = { ...status, lastState: status.lastTerminationState } as ContainerStatus
    const text = containerSection('Containers', [container], { metadata, statuses: [known] }).join('\n')
    for (const element of row.expectedElements) expect(text).toContain(element)
  })
})

/** The fields of Go's types by the names that they have in manifests; empty ones left out. */
function asManifest(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asManifest)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== '')
  return Object.fromEntries(entries.map(([name, inner]) => [manifestName(name), asManifest(inner)]))
}

function manifestName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
