import { nestedIn, type Row, times } from './row.ts'

const listing = `query ($first: Int, $after: String, $label: String, $field: String, $namespace: String, $kinds: [String!]) {
  resources(first: $first, after: $after, labelSelector: $label, fieldSelector: $field, namespace: $namespace, kinds: $kinds) { totalCount }
}`
const list = (says: string, variables: Row['variables'] & {}, field: string, message: string): Row => ({
  says,
  document: listing,
  variables,
  fields: [field],
  message,
})
const cursor = (...parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const members = (count: number) => Object.fromEntries(times(count, (at) => [`x${at}`, 1]))
const document = (says: string, text: string, fields: readonly string[], message: string): Row => ({
  says,
  document: text,
  fields,
  message,
})

/** Lists, and whole documents, that are refused. */
export const questionRows: readonly Row[] = [
  list('no items', { first: 0 }, 'first', 'must be between 1 and 1000'),
  list('fewer than no items', { first: -1 }, 'first', 'must be between 1 and 1000'),
  list('a thousand million items', { first: 1e9 }, 'first', 'must be between 1 and 1000'),
  list('more items than 32 bits count', { first: 1e10 }, 'first', 'cannot represent non 32-bit signed integer value'),
  list('half an item', { first: 1.5 }, 'first', 'cannot represent non-integer value'),
  list('a cursor that is none', { after: 'hello' }, 'after', 'not a cursor that this list gave'),
  list('an empty cursor', { after: '' }, 'after', 'not a cursor that this list gave'),
  list('a cursor of another list', { after: cursor('Pod', 'default', 'p') }, 'after', 'not a cursor'),
  list('a cursor of objects', { after: cursor('kinds', {}, [], null) }, 'after', 'not a cursor'),
  list('a cursor of two megabytes', { after: 'x'.repeat(2e6) }, 'after', 'not a cursor'),
  list('a selector that does not end', { label: 'a in (' }, 'labelSelector', 'found the end at character 7'),
  list(
    'a selector with an invalid key',
    { label: '-a=b' },
    'labelSelector',
    'at character 1: key: Invalid value: "-a"',
  ),
  list('a selector of a megabyte', { label: 'a,'.repeat(5e5) }, 'labelSelector', 'a selector may have 16384'),
  list('a selector of 201 labels', { label: times(201, (at) => `a${at}`).join() }, 'labelSelector', 'may have 200'),
  list(
    'a selector of fields without an operator',
    { field: 'metadata.name' },
    'fieldSelector',
    'none of the operators',
  ),
  list(
    'a field that nothing is selected by',
    { field: 'spec.x=1', kinds: ['po'] },
    'fieldSelector',
    'cannot be selected by it',
  ),
  list('an empty namespace', { namespace: '' }, 'namespace', 'leave it out for all namespaces'),
  list('a kind that there is not', { kinds: ['Pod', 'Nod'] }, 'kinds[1]', 'did you mean "Node"?'),
  {
    ...list('100,000 kinds that are no texts', { kinds: times(1e5, () => 1) }, 'kinds', 'more than 1000 faults'),
    fields: ['kinds', ...times(199, (at) => `kinds[${at}]`)],
    leftOut: 801,
  },
  {
    says: 'ten faults in each of 190 variables',
    document: `query (${times(190, (at) => `$v${at}: [String!]`).join()}) {
      ${times(190, (at) => `a${at}: resources(kinds: $v${at}) { totalCount }`).join(' ')}
    }`,
    variables: Object.fromEntries(times(190, (at) => [`v${at}`, times(10, () => 1)])),
    fields: ['v100', ...times(199, (at) => `v${Math.floor(at / 10)}[${at % 10}]`)],
    message: 'more than 1000 faults',
    leftOut: 801,
  },
  list(
    'a text of two megabytes for a number',
    { first: 'x'.repeat(2e6) },
    'first',
    'cannot represent non-integer value',
  ),
  list('more values than half a million', { kinds: times(6e5, () => 1) }, 'variables', 'may have 500000 values'),
  list('an object of very many members for a text', { kinds: members(1e5) }, 'kinds', 'String cannot represent'),
  list('a variable that is nested without end', nestedIn('label', 1e5), 'label', 'nested more than 100 levels deep'),
  document('no document', ' ', [], 'Syntax Error: Unexpected <EOF>.'),
  document('a document that breaks off', '{ pods(', [], 'Syntax Error'),
  document('a field that there is not', '{ pood }', [], 'Cannot query field "pood"'),
  document('an operation that is not clear', 'query A { __typename } query B { __typename }', [], 'operation'),
  document('10,000 aliases', `{ ${times(1e4, (at) => `a${at}: __typename`).join(' ')} }`, [], 'more that 10000 tokens'),
  document('300 aliases', `{ ${times(300, (at) => `a${at}: __typename`).join(' ')} }`, ['aliases'], 'the limit is 200'),
  document('selections without end', '{ cluster '.repeat(3_000), ['query'], 'nested more than 500 levels deep'),
  document(
    'selections that are too deep',
    `{ node(id: "x") { ... on Pod { ${'owner { '.repeat(20)} name ${'} '.repeat(20)} } } }`,
    ['depth'],
    'its depth is',
  ),
  document('a list without end', `{ x(a: ${'['.repeat(4_000)}`, ['query'], 'nested more than 500 levels deep'),
  document(
    'pages of pages',
    '{ pods(first: 1000) { nodes { node { pods(first: 1000) { nodes { name } } } } } }',
    ['cost'],
    'the limit is 250000',
  ),
  document(
    'one field very often',
    `{ cluster { ${'version '.repeat(3_000)} } }`,
    ['query'],
    'too many fields of one name, or fragments, to be judged',
  ),
  document('a document of two megabytes', `{ x(a: "${'x'.repeat(2e6)}") }`, ['query'], 'the limit is 1048576'),
  document('fragments that go round', '{ ...a } fragment a on Query { ...a }', [], 'Cannot spread fragment "a" within'),
]

const watching = `subscription ($after: ResourceVersion, $label: String, $field: String, $namespace: String) {
  podEvents(after: $after, labelSelector: $label, fieldSelector: $field, namespace: $namespace) { type }
}`
const watch = (says: string, variables: Row['variables'] & {}, field: string, message: string): Row => ({
  says,
  document: watching,
  variables,
  fields: [field],
  message,
})

/** Subscriptions that are refused, before they begin or with their first event. */
export const subscriptionRows: readonly Row[] = [
  watch('a selector that does not end', { label: 'a in (' }, 'labelSelector', 'found the end at character 7'),
  watch('a field that pods are not selected by', { field: 'spec.x=1' }, 'fieldSelector', 'cannot be selected by it'),
  watch('an empty namespace', { namespace: '' }, 'namespace', 'leave it out for all namespaces'),
  watch('a version that lies in the future', { after: '999999' }, 'after', 'lies in the future'),
  watch('a version that is none', { after: 'x' }, 'after', 'must be a text that the server gave'),
  watch('a version without end', nestedIn('after', 1e5), 'after', 'nested more than 100 levels deep'),
  {
    says: 'a version that the log has no more',
    document: watching,
    variables: { after: '1' },
    code: 'EXPIRED',
    fields: ['after'],
    message: 'resourceVersion 1',
  },
  {
    says: 'a kind that there is not',
    document: 'subscription { resourceEvents(kinds: ["Pood"]) { type } }',
    fields: ['kinds[0]'],
    message: 'did you mean "Pod"?',
  },
  {
    says: 'logs in a watch',
    document: 'subscription { podEvents { pod { logs } } }',
    fields: ['logs'],
    message: 'cannot be selected in a watch',
  },
  {
    says: 'a cursor of events that is none',
    document: 'subscription { clusterEvents(after: "x") { type } }',
    fields: ['after'],
    message: 'not a cursor',
  },
  {
    says: 'the log of a pod that there is not',
    document: 'subscription { podLogs(name: "nobody") { text } }',
    code: 'NOT_FOUND',
    fields: [],
    message: 'Pod "nobody" not found',
  },
]
