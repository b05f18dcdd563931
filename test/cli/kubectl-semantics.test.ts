import { expect, it } from 'vitest'
import { podManifest } from '../../src/cli/run-pod.ts'
import { describeConformance } from '../support/conformance.ts'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'
import { applyManifests } from './support/manifests.ts'

type Fields = Readonly<Record<string, unknown>>

interface RunRow {
  readonly expectErr: boolean
  readonly params: Readonly<Record<string, string>> & {
    readonly env?: readonly string[]
    readonly args?: readonly string[]
  }
  readonly expected?: { readonly metadata: Fields; readonly spec: { readonly containers: readonly Fields[] } }
}

interface ScaledController {
  readonly metadata?: { readonly resourceVersion?: string }
  readonly spec: { readonly replicas: number }
}

interface Tables {
  readonly runPod: readonly RunRow[]
  readonly parseEnv: readonly {
    readonly envArray: readonly string[]
    readonly expectErr: boolean
    readonly expected?: readonly { readonly name: string; readonly value?: string }[]
  }[]
  readonly restartPolicyFlag: readonly {
    readonly input: string
    readonly interactive: boolean
    readonly expectErr: boolean
    readonly expected: string
  }[]
  readonly scaleRC: readonly {
    readonly test: string
    readonly controller: ScaledController
    readonly preconditions: { readonly ResourceVersion: string; readonly Size: number }
    readonly expectError: boolean
  }[]
  readonly cordon: readonly {
    readonly description: string
    readonly arg: string
    readonly expectFatal: boolean
    readonly node: { readonly spec: NodeSpec }
    readonly expected: { readonly spec: NodeSpec }
  }[]
}

interface NodeSpec {
  readonly unschedulable?: boolean
}

const servers = testServers()
const flags = { annotations: [], env: [], restart: 'Always' }

/** Settings that kubectl's `run` has no more, or that need a terminal in the container. */
const goneParams = ['hostport', 'stdin', 'tty', 'leave-stdin-open']

describeConformance<{ tables: Tables }>('05n-kubectl-semantics.json', ({ tables }) => {
  const rows = tables.runPod.filter(({ params }) => !goneParams.some((param) => param in params))
  it.each(rows)('runPod $params', ({ params, expected, expectErr }) => {
    const { name = '', image, labels, port, env = [], args = [] } = params
    const policy = params['image-pull-policy']
    const make = () =>
      podManifest(name, args, {
        ...flags,
        env,
        ...(image !== undefined && { image }),
        ...(labels && { labels }),
        ...(port && { port }),
        ...(policy && { imagePullPolicy: policy }),
      })
    if (expectErr) return expect(make).toThrow(/--env must be/)
    // The policy that images are pulled by is the server's to choose now.
    const containers = expected?.spec.containers.map(({ imagePullPolicy, ...container }) => ({
      ...container,
      ...(policy && { imagePullPolicy }),
    }))
    expect(make()).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: expected?.metadata,
      spec: { containers, restartPolicy: 'Always' },
    })
  })

  it.each(tables.parseEnv)('parseEnv $envArray', ({ envArray, expected, expectErr }) => {
    const make = () => podManifest('web', [], { ...flags, image: 'x', env: envArray })
    if (expectErr) return expect(make).toThrow(/--env must be/)
    const env = expected?.map(({ name, value = '' }) => ({ name, value }))
    expect(make()).toMatchObject({ spec: { containers: [{ env }] } })
  })

  const policies = tables.restartPolicyFlag.filter(({ interactive }) => !interactive)
  it.each(policies)('restartPolicyFlag $input', ({ input, expected, expectErr }) => {
    const make = () => podManifest('web', [], { ...flags, image: 'x', restart: input })
    if (expectErr) return expect(make).toThrow(/invalid restart policy/)
    expect(make()).toMatchObject({ spec: { restartPolicy: expected } })
  })

  it.each(tables.scaleRC)('scaleRC $test', async ({ controller, preconditions, expectError }) => {
    const url = `${(await servers.start()).url}/graphql`
    await applyManifests(url, [controllerManifest(controller)])
    const { output: version } = await run(['get', 'rc/web', '-o', 'jsonpath={.metadata.resourceVersion}'], { url })
    const { ResourceVersion: wanted, Size: size } = preconditions
    const isSame = wanted === controller.metadata?.resourceVersion
    const preconditioned = wanted === '' ? [] : [`--resource-version=${isSame ? version : '1'}`]
    const words = ['scale', 'rc/web', '--replicas=7', `--current-replicas=${size}`, ...preconditioned]
    const { exitCode, errors } = await run(words, { url })
    expect(exitCode !== 0, errors).toBe(expectError)
    const { output: replicas } = await run(['get', 'rc/web', '-o', 'jsonpath={.spec.replicas}'], { url })
    expect(Number(replicas)).toBe(expectError ? controller.spec.replicas : 7)
  })

  it.each(tables.cordon)('cordon: $description', async ({ description, arg, expectFatal, node, expected }) => {
    const url = `${(await servers.start()).url}/graphql`
    const { unschedulable = false } = node.spec
    await applyManifests(url, [
      JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' }, spec: { unschedulable } }),
    ])
    const wanted = expected.spec.unschedulable === true
    const isUncordoning = description.includes('uncordon') || (unschedulable && !wanted)
    const { exitCode } = await run([isUncordoning ? 'uncordon' : 'cordon', arg], { url })
    expect(exitCode !== 0).toBe(expectFatal)
    const { output } = await run(['get', 'node/node', '-o', 'jsonpath={.spec.unschedulable}'], { url })
    expect(output === 'true').toBe(expectFatal ? unschedulable : wanted)
  })
})

function controllerManifest({ spec }: ScaledController): string {
  const labels = { app: 'web' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'x' }] } }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'web' },
    spec: { replicas: spec.replicas, selector: labels, template },
  })
}
