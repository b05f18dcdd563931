import { formatAge } from '../duration.ts'
import type { Column } from '../kind.ts'
import type { Resource } from '../resource.ts'
import type { Container } from './pod/container.ts'

/** What kubectl prints where there is nothing. */
export const none = '<none>'

/** The first column of every table. */
export const nameColumn: Column = { name: 'NAME', cell: (resource) => resource.metadata.name }

/** The time since the object was created. */
export const ageColumn: Column = {
  name: 'AGE',
  cell: (resource, now) => formatAge(resource.metadata.creationTimestamp, now),
}

/** A column of one kind's table. */
export function column<Of extends Resource>(name: string, cell: (resource: Of, now: number) => string): Column {
  return { name, cell: (resource, now) => cell(resource as Of, now) }
}

/** A column that is printed only in wide tables. */
export function wideColumn<Of extends Resource>(name: string, cell: (resource: Of, now: number) => string): Column {
  return { ...column(name, cell), wide: true }
}

/** The wide columns of kinds that make pods: the names and the images of the containers. */
export function containerColumns<Of extends Resource>(
  containersOf: (resource: Of) => readonly Container[] | undefined,
): Column[] {
  return [
    wideColumn<Of>('CONTAINERS', (resource) => joined(containersOf(resource), (container) => container.name)),
    wideColumn<Of>('IMAGES', (resource) => joined(containersOf(resource), (container) => container.image)),
  ]
}

function joined(containers: readonly Container[] | undefined, word: (container: Container) => string): string {
  return (containers ?? []).map(word).join(',')
}
