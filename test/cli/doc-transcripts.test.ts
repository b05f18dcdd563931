import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { eventLines } from '../../src/cli/describe/event-lines.ts'
import { podLines } from '../../src/cli/describe/pod-lines.ts'
import { replicaSetLines } from '../../src/cli/describe/replication-lines.ts'
import { objectTable } from '../../src/cli/object-table.ts'
import { paintFor } from '../../src/cli/paint.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { kindNamed } from '../../src/model/kinds.ts'
import { describeConformanceLines } from '../support/conformance.ts'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'
import { crashedPod } from './support/crashed-pod.ts'
import { objectWithCells, readTable, type Transcript } from './support/recorded-table.ts'

const servers = testServers()
const now = Date.parse('2026-01-02T00:00:00Z')
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

describeConformanceLines<Transcript>('10-doc-transcripts.jsonl', (transcripts) => {
  const tables = transcripts.flatMap((transcript) => readTable(transcript) ?? [])

  it('tables have the columns and the cells that the documentation shows, times apart', () => {
    const paint = paintFor({ isTerminal: false }, {})
    let printed = 0
    for (const { command, definition, header, rows, ...style } of tables) {
      const hasNamespace = header[0] === 'NAMESPACE'
      const table = objectTable(definition, { ...style, hasNamespace, hasKind: false, paint })
      // Wide tables have got more columns since.
      expect(table.header.slice(0, header.length), command).toEqual(header)
      for (const cells of rows) {
        const row = table.row(objectWithCells(definition, cells, style.labelColumns), now)
        expect(row.slice(0, header.length).map(timeless), command).toEqual(header.map((name) => timeless(cells[name])))
        printed += 1
      }
    }
    expect(printed).toBeGreaterThan(100)
  })

  it('descriptions have the parts that the documentation shows', () => {
    const described = transcripts.filter(({ command }) =>
      /^kubectl describe (po|pods?|rs|rc|replica\w+)\b/.test(command),
    )
    const failed = { ...crashedPod, status: { ...crashedPod.status, reason: 'Evicted', message: 'no room' } } as Pod
    const set = { ...crashedPod, spec: { replicas: 1, selector: {}, template: { spec: crashedPod.spec } } } as never
    const ours = [...podLines(failed, null), ...replicaSetLines(set, [failed]), ...eventLines([], now)]
    const known = new Set(ours.flatMap((line) => labelsOf(line.trim())))
    // It was told of the pod as a whole before it was told of each container.
    known.add('Image(s)')
    const parts = described.flatMap(({ output }) => output.split('\n').flatMap(labelsOf))
    expect(parts.length).toBeGreaterThan(10)
    expect([...new Set(parts)].filter((part) => !known.has(part))).toEqual([])
  })

  it('commands print the lines that the documentation shows', async () => {
    const { url } = await servers.start()
    const steps = transcripts.flatMap((transcript) => readStep(transcript) ?? [])
    expect(steps.length).toBeGreaterThan(5)
    for (const [index, step] of steps.entries()) {
      const namespace = `n-${index}`
      const environment = { MYRIAD_URL: `${url}/graphql`, MYRIAD_NAMESPACE: namespace }
      for (const name of [namespace, step.namespace ?? 'default']) {
        await run(['create', 'namespace', name], { environment })
      }
      const file = await writeObjects(step)
      if (step.isOfPresent) await run(['create', '-f', file, ...namespaceFlag(step)], { environment })
      const { output, errors } = await run(
        step.words.map((word) => (word === 'FILE' ? file : word)),
        { environment },
      )
      expect(output.replaceAll(/ from \S+ namespace$/gm, ''), step.words.join(' ') + errors).toBe(`${step.output}\n`)
    }
  })
})

/** The label that a line of a description begins with; that of an indented line is a detail. */
function labelsOf(line: string): string[] {
  return /^[A-Z][\w ()-]*(?=:)/.exec(line)?.slice() ?? []
}

/** A cell without how long ago something was. */
function timeless(cell = ''): string {
  return /^\d+[smhdy]/.test(cell) ? 'AGE' : cell.replace(/ \(\S+ ago\)$/, '')
}

/** A command that can be carried out here, with the objects that it is about. */
interface Step {
  readonly words: readonly string[]
  readonly output: string
  readonly namespace?: string
  readonly labels: Readonly<Record<string, string>>
  readonly objects: readonly { readonly kind: string; readonly name: string }[]
  /** Whether the objects are there before. */
  readonly isOfPresent: boolean
}

const commands = new Set(['apply', 'create', 'run', 'delete', 'label', 'annotate', 'scale', 'cordon', 'uncordon'])

/** Reads a transcript that prints one line for each of some objects of our kinds; undefined for others. */
function readStep({ command, output }: Transcript): Step | undefined {
  const [kubectl, ...words] = command.trim().split(/\s+/)
  const lines = output.trim().split('\n')
  const objects = lines.flatMap((line) => {
    const [, kind = '', name = ''] = /^([\w.]+)[/ ]"?([\w.-]+)"? \w+$/.exec(line) ?? []
    const definition = kindNamed(kind)
    return definition === undefined ? [] : [{ kind: definition.kind, name }]
  })
  const isOurs = kubectl === 'kubectl' && commands.has(words[0] ?? '') && objects.length === lines.length
  if (!isOurs || command.includes('\n')) return undefined
  const selector = words[words.indexOf('-l') + 1] ?? ''
  const [, key, value] = (words.includes('-l') && /^(.+)=(.+)$/.exec(selector)) || []
  const namespace = words[words.indexOf('-n') + 1]
  return {
    words: words.map((word, index) => (words[index - 1] === '-f' ? 'FILE' : word)),
    output: output.trim(),
    labels: key === undefined || value === undefined ? { app: 'web' } : { [key]: value },
    objects,
    isOfPresent: lines.every((line) => !line.endsWith(' created')),
    ...(words.includes('-n') && namespace !== undefined && { namespace }),
  }
}

function namespaceFlag({ namespace }: Step): string[] {
  return namespace === undefined ? [] : ['-n', namespace]
}

async function writeObjects({ objects, labels }: Step): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'transcripts-'))
  folders.push(folder)
  const file = join(folder, 'objects.yaml')
  const spec = { containers: [{ name: 'main', image: 'nginx' }] }
  const texts = objects.map(({ kind, name }) => {
    const definition = kindNamed(kind)
    const body = kind === 'Pod' ? spec : { selector: labels, template: { metadata: { labels }, spec } }
    const isBare = kind === 'Namespace' || kind === 'Node'
    const { apiVersion } = definition ?? {}
    return JSON.stringify({ apiVersion, kind, metadata: { name, labels }, ...(isBare ? {} : { spec: body }) })
  })
  await writeFile(file, texts.join('\n---\n'))
  return file
}
