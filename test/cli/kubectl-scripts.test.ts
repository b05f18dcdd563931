import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { describeConformance } from '../support/conformance.ts'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'
import { type RecordedStep, readStep, type ScriptStep } from './support/kubectl-script.ts'

interface Scripts {
  readonly functions: readonly { readonly name: string; readonly steps: readonly RecordedStep[] }[]
}

const servers = testServers()
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

describeConformance<Scripts>('11-kubectl-scripts.json', ({ functions }) => {
  it('runs what it can of the scripts as kubectl does', async () => {
    const fixtures = await writeFixtures()
    const { url } = await servers.start()
    const told: Told = { done: [], wrong: [], left: new Map() }
    let namespaces = 0
    for (const { name, steps } of functions) {
      for (const part of partsOf(steps)) {
        namespaces += 1
        const namespace = `n-${namespaces}`
        await run(['create', 'namespace', namespace], { url: `${url}/graphql` })
        const environment = { MYRIAD_URL: `${url}/graphql`, MYRIAD_NAMESPACE: namespace }
        const script = new ScriptRun({ name, environment, fixtures }, told)
        for (const step of part) await script.take(step)
      }
    }
    expect(told.wrong).toEqual([])
    expect(told.done.length).toBeGreaterThan(100)
    expect(
      [...told.left.keys()].filter((reason) => !reason.startsWith('behind')).toSorted((a, b) => (a < b ? -1 : 1)),
    ).toMatchInlineSnapshot(`
      [
        "Error from server (Invalid): test/fixtures/doc-yaml/user-guide/walkthrough/podtemplate.json:1:20: kind: Unsupported value: "PodTemplate": no such kind in "v1"; there are Event, Namespace, Node, Pod, ReplicaSet, ReplicationController",
        "a Go template",
        "a command of the shell",
        "a flag that kubectl has given up: --export=true",
        "a flag that kubectl has given up: --record",
        "a machine of theirs",
        "a step of the shell",
        "a variable of the shell",
        "an assertion: if_empty_string",
        "an assertion: wait_object_assert",
        "error: --validate=false cannot be had: the server judges every field, as with "strict"",
        "error: the path "examples/storage/redis/redis-master.yaml" does not exist",
        "error: the path "hack/testdata/list.yaml" does not exist",
        "error: the path "hack/testdata/rollingupdate-daemonset.yaml" does not exist",
        "error: the path "hack/testdata/rollingupdate-statefulset.yaml" does not exist",
        "error: the path "test/fixtures/doc-yaml/user-guide/multi-pod.yaml" does not exist",
        "error: the server doesn't have a resource type "clusterrolebinding"",
        "error: the server doesn't have a resource type "clusterrolebindings"",
        "error: the server doesn't have a resource type "clusterroles"",
        "error: the server doesn't have a resource type "configmap"",
        "error: the server doesn't have a resource type "configmaps"",
        "error: the server doesn't have a resource type "cronjob"",
        "error: the server doesn't have a resource type "daemonsets"",
        "error: the server doesn't have a resource type "deployment"",
        "error: the server doesn't have a resource type "podtemplates"",
        "error: the server doesn't have a resource type "secrets"",
        "error: the server doesn't have a resource type "service"",
        "error: the server doesn't have a resource type "services"",
        "error: the server doesn't have a resource type "statefulset"",
        "error: unknown command 'set-cluster'",
        "error: unknown option '--from-literal=key-1=value1'",
        "error: unknown option '--image=k8s.gcr.io/nginx:test-cmd'",
        "error: unknown option '--local'",
        "error: unknown option '--output-version=v1'",
        "error: unknown option '--raw'",
        "error: unknown option '--verb=*'",
        "error: unknown option '-l'",
        "manifests that are broken on purpose, which are not recorded",
        "run, which made Deployments then",
        "what was not run",
      ]
    `)
  })
})

interface Part {
  readonly name: string
  readonly environment: Readonly<Record<string, string>>
  readonly fixtures: string
}

interface Told {
  readonly done: ScriptStep[]
  readonly wrong: string[]
  readonly left: Map<string, number>
}

/** The steps of a script, cut where it goes on in a namespace of its own. */
function partsOf(steps: readonly RecordedStep[]): ScriptStep[][] {
  const parts: ScriptStep[][] = [[]]
  for (const recorded of steps) {
    const step = readStep(recorded)
    if (step?.kind === 'namespace') parts.push([])
    else if (step !== undefined) parts.at(-1)?.push(step)
  }
  return parts.filter((part) => part.length > 0)
}

/** What kubectl had and is not here, or is not among the fixtures. */
const foreignFault =
  /doesn't have a resource type|no matches for kind|no such kind|unknown option|unknown command|does not exist|must be merge|cannot be had/

/** Commands that leave the cluster as it is. */
const readers = new Set(['get', 'describe', 'explain', 'version', 'api-versions', 'api-resources', 'logs'])

/** One part of a script while it runs. */
class ScriptRun {
  readonly #part: Part
  readonly #told: Told
  readonly #outputs = new Map<string, string>()
  /** Why the cluster is not as the script thinks. */
  #astray: string | undefined
  /** Whether a section begins: it first tells what it begins with, and can be followed when that is so. */
  #mayReturn = false

  constructor(part: Part, told: Told) {
    this.#part = part
    this.#told = told
  }

  async take(step: ScriptStep): Promise<void> {
    if (step.kind === 'namespace') return
    if (step.kind === 'section') {
      this.#mayReturn = true
      return
    }
    const mayReturn = this.#mayReturn && step.kind === 'expect'
    if (step.kind !== 'foreign' || step.changes) this.#mayReturn = false
    if (step.kind === 'foreign') this.#pass(step.reason, step)
    else if (this.#astray !== undefined && !mayReturn) count(this.#told.left, `behind ${this.#astray}`)
    else if (step.kind === 'contains') this.#search(step)
    else await this.#run(step)
  }

  #pass(reason: string, { changes, variable }: { readonly changes: boolean; readonly variable?: string }): void {
    count(this.#told.left, reason)
    if (variable !== undefined) this.#outputs.delete(variable)
    if (changes) this.#astray ??= reason
  }

  #search(step: ScriptStep & { readonly kind: 'contains' }): void {
    const text = this.#outputs.get(step.variable)
    if (text === undefined) return count(this.#told.left, 'what was not run')
    const isThere = new RegExp(step.text).test(text)
    this.#done(step, isThere === step.not ? `${text} has${step.not ? '' : ' not'} ${step.text}` : undefined)
  }

  async #run(step: ScriptStep & { readonly kind: 'run' | 'expect' | 'describe' }): Promise<void> {
    const { environment, fixtures } = this.#part
    const words = step.words.map((word) => word.replace(/^(?:hack\/testdata|test\/fixtures)/, `${fixtures}/$&`))
    const { exitCode, output, errors } = await run(words, { environment })
    const said = (output + errors).replaceAll(`${fixtures}/`, '')
    if (foreignFault.test(errors)) {
      const changes = step.kind === 'run' && !readers.has(step.words[0] ?? '') && !step.words.includes('--local')
      return this.#pass(said.split('\n')[0] ?? '', { ...step, changes })
    }
    if (step.kind === 'describe') {
      const wrong = step.texts.filter((text) => output.includes(text) === step.not)
      return this.#done(step, wrong.length === 0 ? undefined : `printed ${said}; ${wrong.join(', ')}`)
    }
    if (step.kind === 'run') {
      if (step.variable !== undefined) this.#outputs.set(step.variable, said)
      return this.#done(step, (exitCode !== 0) === step.fails ? undefined : `ended with ${exitCode}: ${said}`)
    }
    if (output === step.output) this.#astray = undefined
    else if (this.#astray !== undefined) return count(this.#told.left, `behind ${this.#astray}`)
    this.#done(step, output === step.output ? undefined : `printed ${said}, not ${step.output}`)
  }

  #done(step: ScriptStep, fault: string | undefined): void {
    this.#told.done.push(step)
    const words = 'words' in step ? step.words.join(' ') : ''
    if (fault !== undefined) this.#told.wrong.push(`${this.#part.name}: ${words} ${fault}`)
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Manifests that the scripts name and that may not be among the fixtures, as far as the scripts say what they are. */
const standIns: Readonly<Record<string, object>> = {
  'hack/testdata/pod.yaml': {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test-pod', labels: { name: 'test-pod-label' } },
    spec: { containers: [{ name: 'kubernetes-pause', image: 'k8s.gcr.io/pause:2.0' }] },
  },
}

interface Fixture {
  readonly collection: string
  readonly path: string
  readonly manifest?: object
}

/** Writes the manifests that the scripts name, where they name them. */
async function writeFixtures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-scripts-'))
  folders.push(folder)
  const file = new URL('../../../shared/conformance/06-manifests.jsonl', import.meta.url)
  const texts = new Map<string, string[]>()
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { collection, path, manifest } = JSON.parse(line) as Partial<Fixture>
    const root = { 'k8s-1.10-fixtures': 'hack/testdata', 'k8s-1.10-test-fixtures': 'test/fixtures' }[collection ?? '']
    if (root === undefined || path === undefined) continue
    const at = join(folder, root, path)
    texts.set(at, [...(texts.get(at) ?? []), JSON.stringify(manifest)])
  }
  for (const [path, manifest] of Object.entries(standIns)) {
    const at = join(folder, path)
    if (!texts.has(at)) texts.set(at, [JSON.stringify(manifest)])
  }
  for (const [path, documents] of texts) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, documents.join('\n---\n'))
  }
  return folder
}
