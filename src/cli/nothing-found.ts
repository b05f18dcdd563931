import type { KindDefinition } from '../model/kind.ts'

/** What is said where a list is empty: with the namespace, if that was what limited it. */
export function nothingFound(kinds: readonly KindDefinition[], namespace: string | undefined): string {
  const isInNamespace = namespace !== undefined && kinds.some(({ scope }) => scope === 'Namespaced')
  return isInNamespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n'
}
