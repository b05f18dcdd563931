import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../agent/support/until.ts'
import { testServers } from '../support/test-server.ts'
import { type Ran, type RunOptions, run } from './support/command-line.ts'
import { applyManifests, podManifest } from './support/manifests.ts'

const servers = testServers()
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

type Command = (words: string, options?: RunOptions & { readonly more?: readonly string[] }) => Promise<Ran>

/** A server with two pods and a ReplicationController that nobody runs, and a command line for it. */
async function cluster(): Promise<Command> {
  const server = await servers.start()
  const url = `${server.url}/graphql`
  await applyManifests(url, [
    podManifest({ name: 'web-1', labels: { app: 'web' } }),
    podManifest({ name: 'web-2', labels: { app: 'web' } }),
    podManifest({ name: 'db' }),
    controller(0),
  ])
  return (words, { more = [], ...options } = {}) => run([...words.split(' '), ...more], { url, ...options })
}

function controller(replicas: number): string {
  return `apiVersion: v1
kind: ReplicationController
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector: {app: set}
  template: {metadata: {labels: {app: set}}, spec: {containers: [{name: c, image: i}]}}
`
}

async function fileOf(text: string, name = 'file.yaml'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'change-commands-'))
  folders.push(folder)
  await writeFile(join(folder, name), text, { mode: 0o755 })
  return join(folder, name)
}

const pod = (name: string) => podManifest({ name })

describe('myriad apply, create and replace', () => {
  it('tells of each object what became of it', async () => {
    const myriad = await cluster()
    const input = [controller(1), pod('db'), pod('new')].join('\n---\n')
    const dry = await myriad('apply -f - --dry-run', { input })
    expect(dry.output).toBe(
      'replicationcontroller/web configured (server dry run)\npod/db unchanged (server dry run)\npod/new created (server dry run)\n',
    )
    expect((await myriad('apply -f - --dry-run=client', { input })).output).toContain('pod/new created (dry run)')
    expect((await myriad('apply -f -', { input })).output).toBe(
      'replicationcontroller/web configured\npod/db unchanged\npod/new created\n',
    )
    expect((await myriad('apply -f - -o name', { input })).output).toBe('replicationcontroller/web\npod/db\npod/new\n')
  })

  it('tells every fault at its place, and changes nothing', async () => {
    const myriad = await cluster()
    const file = await fileOf(`${pod('new')}\n---\n${controller(-1).replace('selector', 'selecter')}`)
    const { exitCode, errors, output } = await myriad(`apply -f ${file}`)
    expect([exitCode, output]).toEqual([1, ''])
    expect(errors.replaceAll(file, 'f')).toMatchInlineSnapshot(`
      "Error from server (Invalid): 2 faults, nothing was changed:
      f:8:3: spec.replicas: Invalid value: -1: must be greater than or equal to 0
      f:9:3: spec.selecter: unknown field "selecter", did you mean "selector"?
      "
    `)
    expect((await myriad('get pod new')).exitCode).toBe(1)
  })

  it.each(['', '# nothing here\n', '---\n---\n'])('says that there is nothing in %j', async (input) => {
    const myriad = await cluster()
    const { exitCode, errors } = await myriad('apply -f -', { input })
    expect([exitCode, errors]).toEqual([1, 'error: no objects passed to apply\n'])
  })

  it('tells faults of objects without a manifest by their fields', async () => {
    const myriad = await cluster()
    const { exitCode, errors } = await myriad('run T8 --image=i')
    expect(exitCode).toBe(1)
    expect(errors.replaceAll(/^(\* \S+:|.*faults:).*$/gm, '$1')).toBe(
      `Error from server (Invalid): 2 faults:
* metadata.name:
* spec.containers[0].name:
`,
    )
    expect((await myriad('create ns a.b')).errors).toMatch(
      /^Error from server \(Invalid\): the Namespace is invalid: metadata.name: Invalid value: "a.b": /,
    )
    expect((await myriad('run db --image=i')).errors).toContain(
      'Error from server (AlreadyExists): Pod "db" already exists',
    )
  })

  it('takes no object of another namespace than the one that a flag names', async () => {
    const myriad = await cluster()
    const input = pod('a')
    for (const words of ['apply -n foo -f -', 'create -n foo -f -', 'delete -n foo -f -', 'label -n foo -f - x=y']) {
      const { exitCode, errors } = await myriad(words, { input })
      expect([exitCode, errors]).toEqual([
        1,
        `error: the namespace from the provided object "default" does not match the namespace "foo". You must pass '--namespace=default' to perform this operation.\n`,
      ])
    }
    expect((await myriad('get pods -A -o name')).output).toBe('pod/db\npod/web-1\npod/web-2\n')
  })

  it.each(['{"spec":{"replicas":1}', '{"spec":{}}}', '{a: 1}\n---\n{b: 2}', '{"a":1,"a":2}', '{bad'])(
    'patches nothing by the malformed %j',
    async (text) => {
      const myriad = await cluster()
      const { exitCode, errors } = await myriad('patch rc/web -p', { more: [text] })
      expect(exitCode).toBe(2)
      expect(errors).toContain('error: unable to parse the patch: ')
    },
  )

  it('creates only what is not there, and replaces only what is', async () => {
    const myriad = await cluster()
    expect((await myriad('create -f -', { input: pod('db') })).errors).toContain('(AlreadyExists)')
    expect((await myriad('create -f -', { input: pod('new') })).output).toBe('pod/new created\n')
    expect((await myriad('replace -f -', { input: pod('nix') })).errors).toContain('(NotFound)')
    expect((await myriad('replace -f -', { input: controller(3) })).output).toBe('replicationcontroller/web replaced\n')
    expect((await myriad('create -f - --validate=ignore', { input: pod('x') })).exitCode).toBe(2)
  })

  it('makes namespaces and pods of flags, or only prints them', async () => {
    const myriad = await cluster()
    expect((await myriad('create ns one --dry-run=client -o name')).output).toBe('namespace/one\n')
    expect((await myriad('create namespace one')).output).toBe('namespace/one created\n')
    expect((await myriad('run app --image=i --env=A=b -n one -- echo hi')).output).toBe('pod/app created\n')
    const path = 'jsonpath={.spec.containers[0].env[0].value} {.spec.containers[0].args}'
    expect((await myriad('get pod app -n one -o', { more: [path] })).output).toBe('b ["echo","hi"]')
    expect((await myriad('run app')).errors).toContain('--image is required')
  })
})

describe('myriad label and annotate', () => {
  it('set, keep, overwrite, remove and list', async () => {
    const myriad = await cluster()
    const label = async (words: string) => {
      const { output, errors } = await myriad(`label pod ${words}`)
      return output + errors
    }
    expect(await label('db tier=be')).toBe('pod/db labeled\n')
    expect(await label('db tier=be')).toBe('pod/db not labeled\n')
    expect(await label('db tier=fe')).toBe("error: 'tier' already has a value (be), and --overwrite is false\n")
    expect(await label('db tier=fe --overwrite --dry-run')).toBe('pod/db labeled (server dry run)\n')
    expect(await label('db --list')).toBe('tier=be\n')
    expect(await label('db tier- nix-')).toBe('label "nix" not found.\npod/db unlabeled\n')
    expect(await label('-l app=web a=b')).toBe('pod/web-1 labeled\npod/web-2 labeled\n')
    expect(await label('db a=b --resource-version=1')).toContain('(Conflict)')
    expect(await label('nix a=b')).toBe('Error from server (NotFound): pods "nix" not found\n')
    expect(await label('db a=b%')).toContain('Error from server (Invalid)')
    expect((await myriad('annotate pod/db a=b=c')).output).toBe('pod/db annotated\n')
    expect((await myriad('label pods a=b')).exitCode).toBe(2)
    expect((await myriad('label pod db')).exitCode).toBe(2)
  })
})

describe('myriad scale and patch', () => {
  it('scales from what is expected only', async () => {
    const myriad = await cluster()
    expect((await myriad('scale rc/web --replicas=2')).output).toBe('replicationcontroller/web scaled\n')
    const stale = await myriad('scale rc/web --replicas=3 --current-replicas=1')
    expect([stale.exitCode, stale.errors]).toEqual([
      1,
      'Error from server (Conflict): ReplicationController "web" wants 2 replicas, not 1\n',
    ])
    expect((await myriad('scale rc web --replicas=-1')).exitCode).toBe(2)
    expect((await myriad('get rc web -o jsonpath={.spec.replicas}')).output).toBe('2')
  })

  it('merges a patch', async () => {
    const myriad = await cluster()
    const patch = (text: string) => myriad('patch rc web -p', { more: [text] })
    expect((await patch('{"spec":{"replicas":2}}')).output).toBe('replicationcontroller/web patched\n')
    expect((await patch('spec: {replicas: 2}')).output).toBe('replicationcontroller/web patched (no change)\n')
    expect((await patch('[1')).exitCode).toBe(2)
    expect((await patch('{"spec":{"replicas":-2}}')).errors).toContain('spec.replicas')
  })
})

describe('myriad delete', () => {
  it('deletes by name, selector and file, and waits until they are gone', async () => {
    const myriad = await cluster()
    expect((await myriad('delete pod db nix')).output).toBe('pod "db" deleted from default namespace\n')
    expect((await myriad('delete pod db')).errors).toBe('Error from server (NotFound): pods "db" not found\n')
    expect((await myriad('delete pod db --ignore-not-found')).exitCode).toBe(0)
    expect((await myriad('delete pods --all --dry-run -o name')).output).toBe('pod/web-1\npod/web-2\n')
    const byFile = await myriad('delete -f - --now', { input: pod('web-1') })
    expect(byFile.output).toBe('pod "web-1" deleted from default namespace\n')
    expect((await myriad('delete pods,rc -l app=web')).output).toBe('pod "web-2" deleted from default namespace\n')
    expect((await myriad('delete pods -l app=web')).output).toBe('No resources found\n')
    expect((await myriad('get pods -o name')).output).toBe('')
  })

  it.each(['pods', 'pods --all -l app=web', 'pod db --now --grace-period=2', 'pod db -o yaml'])(
    'refuses "%s", and deletes nothing',
    async (words) => {
      const myriad = await cluster()
      expect((await myriad(`delete ${words}`)).exitCode).toBe(2)
      expect((await myriad('get pods -o name')).output).toBe('pod/db\npod/web-1\npod/web-2\n')
    },
  )
})

describe('myriad edit', () => {
  const editing = async (script: string) => ({
    environment: { MYRIAD_EDITOR: await fileOf(`#!/bin/sh\n${script}\n`, 'editor'), PATH: '/usr/bin:/bin' },
  })

  it('replaces what was changed, and nothing else', async () => {
    const myriad = await cluster()
    const done = await myriad('edit rc/web', await editing(`sed -i 's/replicas: 0$/replicas: 2/' "$1"`))
    expect(done.output).toBe('replicationcontroller/web edited\n')
    const idle = await myriad('edit rc/web', await editing('true'))
    expect([idle.exitCode, idle.errors]).toEqual([0, 'Edit cancelled, no changes made.\n'])
    expect((await myriad('edit rc/web', await editing('exit 3'))).errors).toContain('it ended with 3')
    expect((await myriad('get rc web -o jsonpath={.spec.replicas}')).output).toBe('2')
  })

  it('opens again with the faults on top', async () => {
    const myriad = await cluster()
    const seen = await fileOf('', 'seen')
    const script = `if grep -q 'replicas: -1' "$1"; then cp "$1" ${seen}; sed -i 's/replicas: -1/replicas: 3/' "$1"
      else sed -i 's/replicas: 0$/replicas: -1/' "$1"; fi`
    expect((await myriad('edit rc/web', await editing(script))).output).toBe('replicationcontroller/web edited\n')
    const shown = await readFile(seen, 'utf8')
    const line = shown.split('\n').findIndex((text) => text.includes('replicas: -1')) + 1
    expect(shown).toContain(`objects.yaml:${line}:3: spec.replicas: Invalid value: -1: must be greater`)
    expect((await myriad('get rc web -o jsonpath={.spec.replicas}')).output).toBe('3')
  })

  it('keeps the text when somebody else was faster', async () => {
    const myriad = await cluster()
    let isRaced = false
    const file = await fileOf('', 'ready')
    const script = `sed -i 's/replicas: 0$/replicas: 2/' "$1"; rm ${file}; while ! [ -e ${file} ]; do sleep 0.02; done`
    const editor = await editing(script)
    const [{ exitCode, errors }] = await Promise.all([
      myriad('edit rc/web', editor),
      (async () => {
        await until('the editor has saved', () => !existsSync(file))
        isRaced = (await myriad('label rc/web a=b')).exitCode === 0
        await writeFile(file, '')
      })(),
    ])
    expect([isRaced, exitCode]).toEqual([true, 1])
    const kept = /has been changed.*\nA copy of your changes has been stored to "(.*\/)objects.yaml"/.exec(errors)
    expect(await readFile(`${kept?.[1]}objects.yaml`, 'utf8')).toContain('replicas: 2')
    folders.push(`${kept?.[1]}`)
  })
})
