import { describe, expect, it } from 'vitest'
import { explain } from '../../src/cli/explain.ts'
import { run } from './support/command-line.ts'

describe('an explanation', () => {
  it('tells of a kind what it is and which fields it has', () => {
    expect(explain('rs', { isRecursive: false })).toMatchInlineSnapshot(`
      "GROUP:    apps
      KIND:     ReplicaSet
      VERSION:  v1

      DESCRIPTION:
          Keeps a number of pods running that a label selector chooses.

      FIELDS:
        apiVersion	<string>
          Version of the kind: apps/v1.

        kind	<string>
          The kind: ReplicaSet.

        metadata	<ObjectMeta>
          What every object carries.

        spec	<ReplicaSetSpec> -required-
          What should be kept.

        status	<ReplicaSetStatus>
          What is observed.

      "
    `)
  })

  it('tells of a field its type, what it may say, and what it means', () => {
    expect(explain('pods.spec.restartPolicy', { isRecursive: false })).toMatchInlineSnapshot(`
      "KIND:     Pod
      VERSION:  v1

      FIELD: restartPolicy <string>
      enum: Always, OnFailure, Never

      DESCRIPTION:
          When containers that have ended are started again.
      "
    `)
    expect(explain('pod.spec.containers', { isRecursive: false })).toContain('FIELD: containers <[]Container>\n')
    expect(explain('pod.spec.containers', { isRecursive: false })).toContain('  name\t<string> -required-\n    ')
    expect(explain('no.status.capacity', { isRecursive: false })).toContain('FIELD: capacity <map[string]string>\n')
  })

  it('goes all the way down', () => {
    expect(explain('rs.spec.selector', { isRecursive: true })).toMatchInlineSnapshot(`
      "GROUP:    apps
      KIND:     ReplicaSet
      VERSION:  v1

      FIELD: selector <LabelSelector>

      DESCRIPTION:
          Which pods are counted. Cannot be changed.

      FIELDS:
        matchExpressions	<[]LabelSelectorRequirement>
          key	<string> -required-
          operator	<string> -required-
          enum: In, NotIn, Exists, DoesNotExist
          values	<[]string>
        matchLabels	<map[string]string>
      "
    `)
  })

  it('requires nothing of metadata, which the server fills in, but of the references in it', () => {
    const told = explain('pod.metadata', { isRecursive: true })
    expect(told).toMatch(/^ {2}creationTimestamp\t<Time>$/m)
    expect(told).not.toMatch(/^ {2}\S.*-required-/m)
    expect(told).toMatch(/^ {4}kind\t<string> -required-$/m)
    expect(explain('rs.metadata.uid', { isRecursive: false })).toContain('FIELD: uid <string>\n')
  })

  it('ends, whatever it is about', () => {
    for (const kind of ['po', 'rc', 'rs', 'no', 'ns', 'ev'])
      expect(explain(kind, { isRecursive: true })).toContain('metadata')
  })
})

describe('myriad explain', () => {
  it.each([
    [['pods.spec.contaners'], 1, 'error: field "contaners" does not exist, did you mean "containers"?\n'],
    [['pds'], 1, `error: the server doesn't have a resource type "pds", did you mean "pods"?\n`],
    [[], 2, "error: missing required argument 'field'\nSee 'myriad explain --help'.\n"],
    [['pods', 'spec'], 2, "error: too many arguments for 'explain'. Expected 1 argument but got 2.\n"],
  ])('refuses %j', async (args, code, message) => {
    const { errors, exitCode } = await run(['explain', ...args])
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })

  it('needs no server', async () => {
    expect((await run(['explain', 'pods'])).output).toMatch(/^KIND: +Pod\nVERSION: +v1\n/)
  })
})
