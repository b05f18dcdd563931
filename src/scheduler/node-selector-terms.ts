import { type LabelSelectorRequirement, matchesNodeSelectorRequirement, requirementFaults } from '../model/selector.ts'
import type { NodeSelectorTerm, SchedulingNode, SchedulingPod } from './subjects.ts'

type NodeTest = (node: SchedulingNode) => boolean

/**
 * Whether a node has what the pod requires: all of its `nodeSelector`, and at least one term of its required node
 * affinity (Kubernetes `GetRequiredNodeAffinity`). Undefined when it requires nothing. No term at all matches no node.
 */
export function requiredNodes({ spec }: SchedulingPod): NodeTest | undefined {
  const tests: NodeTest[] = []
  const wanted = Object.entries(spec.nodeSelector ?? {})
  if (wanted.length > 0) {
    tests.push(({ metadata }) => wanted.every(([key, value]) => ownLabel(metadata.labels, key) === value))
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required !== undefined) {
    const terms = required.nodeSelectorTerms.map(termTest)
    tests.push((node) => terms.some((term) => term(node)))
  }
  return tests.length === 0 ? undefined : (node) => tests.every((test) => test(node))
}

/** The weight of every preferred term that the node matches, together; undefined when nothing is preferred. */
export function preferredWeight({ spec }: SchedulingPod): ((node: SchedulingNode) => number) | undefined {
  const preferred = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const terms = preferred.map(({ weight, preference }) => ({ weight, test: termTest(preference) }))
  if (terms.length === 0) return undefined
  return (node) => terms.reduce((sum, { weight, test }) => (test(node) ? sum + weight : sum), 0)
}

/**
 * Whether a node matches a term: all its expressions on labels and on fields. An empty term matches no node, and
 * neither does one with a faulty requirement (Kubernetes component-helpers `nodeaffinity`).
 */
function termTest(term: NodeSelectorTerm): NodeTest {
  const expressions = term.matchExpressions ?? []
  const fields = term.matchFields ?? []
  const empty = expressions.length + fields.length === 0
  if (empty || !expressions.every(isExpression) || !fields.every(isField)) return () => false
  return ({ metadata }) =>
    expressions.every((expression) => matchesNodeSelectorRequirement(expression, metadata.labels)) &&
    fields.every(({ operator, values }) => (operator === 'In') === (values?.[0] === metadata.name))
}

function isExpression({ key, operator, values }: LabelSelectorRequirement): boolean {
  return requirementFaults(key, operator, values ?? []).length === 0
}

/** The one field that can be matched is the name, against one value. */
function isField({ key, operator, values }: LabelSelectorRequirement): boolean {
  return key === 'metadata.name' && (operator === 'In' || operator === 'NotIn') && values?.length === 1
}

function ownLabel(labels: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined
}
