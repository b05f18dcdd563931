import { listOfLists, nestedIn, podRow, type Row, times } from './row.ts'

const containers = [{ name: 'a', image: 'a' }]
const pod = (metadata: object, spec: object = {}) => ({
  metadata: { name: 'a', ...metadata },
  spec: { containers, ...spec },
})
const patch = 'mutation ($patch: JSON!) { patch(kind: "po", name: "p", patch: $patch) { name } }'
const stale = 'has been changed: it is at resourceVersion'

/** Objects, and changes of objects, that are refused. The cluster has the pod p and the ReplicationController web. */
export const objectRows: readonly Row[] = [
  podRow('an invalid name', pod({ name: 'A B' }), ['metadata.name'], 'a lowercase RFC 1123 subdomain'),
  podRow('a name of a megabyte', pod({ name: 'a'.repeat(1e6) }), ['metadata.name'], 'must be no more than 253'),
  podRow(
    'an invalid label',
    pod({ labels: { '-a': 'b', c: '-d' } }),
    ['metadata.labels', 'metadata.labels'],
    'name part',
  ),
  podRow('labels that are no texts', pod({ labels: { a: 1 } }), ['metadata.labels[a]'], 'must be of type string'),
  podRow(
    'tolerations without end in an annotation',
    pod({ annotations: { 'scheduler.alpha.kubernetes.io/tolerations': listOfLists(10_000) } }),
    ['metadata.annotations.scheduler.alpha.kubernetes.io/tolerations'],
    'nested more than 100 levels deep',
  ),
  podRow(
    'an invalid quantity',
    pod({}, { containers: [{ name: 'a', image: 'a', resources: { requests: { cpu: '1 core' } } }] }),
    ['spec.containers[0].resources.requests[cpu]'],
    'quantities must match the regular expression',
  ),
  podRow(
    'invalid ports',
    pod({}, { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 0 }, { containerPort: 70_000 }] }] }),
    ['spec.containers[0].ports[0].containerPort', 'spec.containers[0].ports[1].containerPort'],
    'must be between 1 and 65535, inclusive',
  ),
  podRow(
    'many faults at once',
    { metadata: { nam: 'a' }, spec: { containers: [{ name: 3 }], restartPolicy: 'Maybe', priority: 1.5 } },
    [
      'spec.containers[0].image',
      'spec.containers[0].name',
      'spec.restartPolicy',
      'spec.priority',
      'metadata.nam',
    ].toSorted(),
    'did you mean "name"?',
  ),
  podRow('no object', 'hello' as never, ['input'], 'to be an object'),
  podRow(
    'an annotation that makes it too large',
    pod({ annotations: { a: 'x'.repeat(1.6e6) } }),
    [''],
    'the object has',
  ),
  {
    ...podRow(
      'a hundred thousand faults',
      pod({}, { containers: times(1e5, () => 1) }),
      ['input', ...times(199, (at) => `spec.containers[${at}]`)],
      'more than 1000 faults',
    ),
    leftOut: 801,
  },
  {
    says: 'a missing variable',
    document: podRow('', {}, [], '').document,
    fields: ['input'],
    message: 'Required value',
  },
  {
    says: 'a name that is taken',
    document: podRow('', {}, [], '').document,
    variables: { input: pod({ name: 'p' }) },
    code: 'ALREADY_EXISTS',
    fields: [],
    message: 'Pod "p" already exists',
  },
  {
    says: 'a namespace that there is not',
    document: podRow('', {}, [], '').document,
    variables: { input: pod({ namespace: 'nowhere' }) },
    code: 'NOT_FOUND',
    fields: [],
    message: 'Namespace "nowhere" not found',
  },
  {
    says: 'a version that is stale',
    document: 'mutation ($input: PodInput!) { updatePod(input: $input) { name } }',
    variables: { input: pod({ name: 'p', resourceVersion: '1' }) },
    code: 'CONFLICT',
    fields: ['metadata.resourceVersion'],
    message: stale,
  },
  {
    says: 'a stale version in a patch',
    document: patch,
    variables: { patch: { metadata: { resourceVersion: '1', labels: { a: 'b' } } } },
    code: 'CONFLICT',
    fields: ['metadata.resourceVersion'],
    message: stale,
  },
  {
    says: 'another uid to be deleted',
    document: 'mutation { delete(kind: "po", name: "p", uid: "x") { name } }',
    code: 'CONFLICT',
    fields: ['uid'],
    message: 'has the uid',
  },
  {
    says: 'a change of what stays',
    document: patch,
    variables: { patch: { spec: { hostNetwork: true }, status: { phase: 'Failed' } } },
    fields: ['spec', 'status'],
    message: 'only the server writes it',
  },
  {
    says: 'a patch that is a list',
    document: patch,
    variables: { patch: [] },
    fields: ['patch'],
    message: 'of type object',
  },
  {
    says: 'a patch without end',
    document: patch,
    variables: nestedIn('patch', 100_000),
    fields: ['patch'],
    message: 'nested more than 100 levels deep',
  },
  {
    says: 'negative replicas',
    document: 'mutation { scale(kind: "rc", name: "web", replicas: -1) { name } }',
    fields: ['spec.replicas'],
    message: 'must be greater than or equal to 0',
  },
  {
    says: 'replicas that are no number of 32 bits',
    document: 'mutation ($n: Int!) { scale(kind: "rc", name: "web", replicas: $n) { name } }',
    variables: { n: 1e10 },
    fields: ['n'],
    message: 'cannot represent non 32-bit signed integer value',
  },
  {
    says: 'a stale version to be scaled',
    document: 'mutation { scale(kind: "rc", name: "web", replicas: 3, resourceVersion: "1") { name } }',
    code: 'CONFLICT',
    fields: ['resourceVersion'],
    message: stale,
  },
  {
    says: 'a kind that cannot be scaled',
    document: 'mutation { scale(kind: "po", name: "p", replicas: 1) { name } }',
    fields: ['kind'],
    message: 'it has no number of replicas',
  },
  {
    says: 'a negative grace period',
    document: 'mutation { delete(kind: "po", name: "p", gracePeriodSeconds: -5) { name } }',
    fields: ['gracePeriodSeconds'],
    message: 'must be greater than or equal to 0',
  },
  {
    says: 'a namespace that every cluster has',
    document: 'mutation { delete(kind: "ns", name: "default") { name } }',
    code: 'FORBIDDEN',
    fields: [],
    message: 'every cluster has it',
  },
]
