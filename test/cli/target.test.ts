import { describe, expect, it } from 'vitest'
import { CommandError, UsageError } from '../../src/cli/failure.ts'
import { parseTargets } from '../../src/cli/target.ts'

describe('the arguments of a command', () => {
  it.each([
    ['a plural', ['pods'], 'Pod'],
    ['a short name', ['po'], 'Pod'],
    ['a kind in any case', ['POD'], 'Pod'],
    ['a kind of a version and a group', ['replicasets.v1.apps', 'a'], 'ReplicaSet/a'],
    ['a kind of the group without a name', ['Po.v1.'], 'Pod'],
    ['several kinds', ['po,rc'], 'Pod ReplicationController'],
    ['a kind twice', ['po,pods'], 'Pod'],
    ['the category all', ['all'], 'Pod ReplicationController ReplicaSet'],
    ['names of one kind', ['pods', 'a', 'b'], 'Pod/a Pod/b'],
    ['names of several kinds', ['po,rc', 'a'], 'Pod/a ReplicationController/a'],
    ['kinds with names', ['po/a', 'rc/b'], 'Pod/a ReplicationController/b'],
  ])('can be %s', (_, args, meant) => {
    const { kinds, named } = parseTargets(args)
    const words = [
      ...kinds.map(({ kind }) => kind),
      ...named.map(({ definition, name }) => `${definition.kind}/${name}`),
    ]
    expect(words.join(' ')).toBe(meant)
  })

  it.each([
    ['nothing', [], UsageError, 'you must say a kind'],
    ['an unknown kind', ['pds'], CommandError, `the server doesn't have a resource type "pds", did you mean "pods"?`],
    ['another version', ['pods.v2.'], CommandError, `the server doesn't have a resource type "pods.v2."`],
    ['another group', ['rs.v1.batch'], CommandError, `the server doesn't have a resource type "rs.v1.batch"`],
    ['a version alone', ['pods.v1'], CommandError, `the server doesn't have a resource type "pods.v1"`],
    ['both forms at once', ['pods', 'rc/a'], UsageError, '"pods" stands beside arguments of the form KIND/NAME'],
    ['two slashes', ['a/b/c'], UsageError, 'must be of the form KIND/NAME'],
    ['no name after the slash', ['po/'], UsageError, 'must be of the form KIND/NAME'],
  ])('cannot be %s', (_, args, error, message) => {
    expect(() => parseTargets(args)).toThrow(error)
    expect(() => parseTargets(args)).toThrow(message)
  })
})
