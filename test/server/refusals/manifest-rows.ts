import { manifestRow, type Row, times } from './row.ts'

const head = 'apiVersion: v1\nkind: Pod\n'
const spec = 'spec: {containers: [{name: a, image: a}]}\n'
const text = (metadata: string, more = spec) => `${head}metadata: ${metadata}\n${more}`
const json = (fields: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, ...fields })
const large = { containers: [{ name: 'a', image: 'a', args: ['x'.repeat(1.6 * 1024 ** 2)] }] }
const template = (labels: string) => `template: {metadata: {labels: ${labels}}, ${spec.trim()}}`
const bomb = `${head}a0: &a0 [x,x,x,x,x,x,x,x,x]\n${times(
  12,
  (at) => `a${at + 1}: &a${at + 1} [${times(9, () => `*a${at}`).join()}]\n`,
).join('')}`

/** Texts of manifests that are refused: for how they are written, and for what they say. */
export const manifestRows: readonly Row[] = [
  manifestRow('malformed YAML', `${head}metadata: {name: a\n`, ['manifests[0]'], 'malformed YAML at line 4, column 1'),
  manifestRow('malformed JSON', '{"kind": "Pod",\n "a" 1}', ['manifests[0]'], 'malformed JSON at line 2'),
  manifestRow('a tab as indentation', `${head}spec:\n\ta: 1\n`, ['manifests[0]'], 'at line 4, column 1'),
  manifestRow('a key twice', `${head}kind: Pod\n`, ['manifests[0].kind'], 'already (line 2), at line 3, column 1'),
  manifestRow('no object at all', '# nothing\n', ['manifests'], 'Required value: no objects'),
  manifestRow('a text that is no object', 'hello', ['manifests[0]'], 'a manifest must be an object'),
  manifestRow('an unknown kind', 'apiVersion: v1\nkind: Pood', ['manifests[0].kind'], 'did you mean "Pod"?'),
  manifestRow('an unknown version', 'apiVersion: v2\nkind: Pod', ['manifests[0].apiVersion'], 'is served as "v1"'),
  manifestRow('a kind of a megabyte', json({ kind: 'x'.repeat(1e6) }), ['manifests[0].kind'], 'no such kind in "v1"'),
  manifestRow(
    'an unknown field',
    text('{name: a}', 'spec: {containers: [{name: a, imaje: a}]}'),
    ['manifests[0].spec.containers[0].image', 'manifests[0].spec.containers[0].imaje'],
    'unknown field "imaje", did you mean "image"?',
  ),
  manifestRow(
    'fields that every object of JavaScript has',
    '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "q", "toString": 1}, "spec": {"__proto__": {"hostNetwork": true}, "constructor": 1, "containers": [{"name": "main", "image": "main"}]}}',
    ['manifests[0].metadata.toString', 'manifests[0].spec.__proto__', 'manifests[0].spec.constructor'],
    'unknown field "toString"',
  ),
  manifestRow(
    'wrong types',
    json({ spec: { containers: 'a', hostNetwork: 'yes', priority: '1' } }),
    ['manifests[0].spec.containers', 'manifests[0].spec.priority', 'manifests[0].spec.hostNetwork'],
    'must be of type array',
  ),
  manifestRow(
    'faults in several manifests, all told at once',
    `${text('{name: A B}')}---\nkind: Pod\n---\n${text('{name: c, labels: {-x: "y"}}')}---\n${text('{name: d, foo: 1}')}`,
    [
      'manifests[1].apiVersion',
      'manifests[0].metadata.name',
      'manifests[2].metadata.labels',
      'manifests[3].metadata.foo',
    ],
    'manifests[0].metadata.name (line 3)',
  ),
  manifestRow(
    'a selector that does not match its template',
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: r}\nspec: {selector: {app: a}, ${template('{app: b}')}}`,
    ['manifests[0].spec.template.metadata.labels'],
    '`selector` does not match template `labels`',
  ),
  manifestRow(
    'negative replicas',
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: r}\nspec: {replicas: -1, selector: {app: a}, ${template('{app: a}')}}`,
    ['manifests[0].spec.replicas'],
    'must be greater than or equal to 0',
  ),
  manifestRow(
    'integers out of their ranges',
    json({ spec: { priority: 1e12, terminationGracePeriodSeconds: 1e30, containers: [{ name: 'a', image: 'a' }] } }),
    ['manifests[0].spec.terminationGracePeriodSeconds', 'manifests[0].spec.priority'],
    'must be between -9007199254740991 and 9007199254740991, inclusive',
  ),
  manifestRow(
    'a change of what stays',
    text('{name: p}', 'spec: {hostNetwork: true, containers: [{name: main, image: main}]}'),
    ['manifests[0].spec'],
    'pod updates may not change fields other than',
  ),
  manifestRow('an object that is too large', json({ spec: large }), ['manifests[0]'], 'may not have more than 1572864'),
  manifestRow(
    'an object that is too long for apply, and has other faults',
    json({ spec: { containers: [{ name: 'A', image: 'a', args: ['x'.repeat(3e5)] }], foo: 1 } }),
    ['manifests[0]', 'manifests[0].spec.foo', 'manifests[0].spec.containers[0].name'],
    'use create or replace',
  ),
  manifestRow(
    'a large object behind a good one',
    `${text('{name: new}')}---\n${json({ spec: large })}`,
    ['manifests[1]'],
    'Too long: the object has',
  ),
  manifestRow(
    'a bomb of aliases',
    bomb,
    ['manifests[0].a3[4]'],
    'aliases may not add more than 5000 values, at line 6',
  ),
  manifestRow(
    '10,000 aliases',
    `${head}a: &a x\nb: [${'*a,'.repeat(1e4)}]`,
    ['manifests[0].b[5000]'],
    'more than 5000',
  ),
  manifestRow('lists without end', '['.repeat(1e5), ['manifests[0]'], 'nested more than 100 levels deep'),
  manifestRow('objects without end', '{"a":'.repeat(1e5), ['manifests[0]'], 'nested more than 100 levels deep'),
  manifestRow('dashes without end', '- '.repeat(1e5), ['manifests[0]'], 'nested more than 100 levels deep'),
  manifestRow('documents without end', '---\n'.repeat(1e5), ['manifests'], 'one text may have 10000 objects'),
  {
    ...manifestRow(
      'faults in each of 150 objects',
      times(150, (at) => json({ metadata: { name: `a${at}` }, spec: { containers: times(10, () => ({})) } })).join(
        '\n---\n',
      ),
      times(200, (at) => {
        const [manifest, container] = [Math.floor(at / 20), Math.floor(at / 2) % 10]
        return `manifests[${manifest}].spec.containers[${container}].${at % 2 === 0 ? 'name' : 'image'}`
      }),
      'manifests[9].spec.containers[9].image (line 19): Required value',
    ),
    leftOut: 2_800,
  },
  {
    ...manifestRow(
      '10,000 faults in one object',
      json({ spec: Object.fromEntries(times(1e4, (at) => [`x${at}`, 1])) }),
      [
        'manifests[0]',
        ...times(199, (at) => (at === 0 ? 'manifests[0].spec.containers' : `manifests[0].spec.x${at - 1}`)),
      ],
      'and 801 more',
    ),
    leftOut: 801,
  },
]
