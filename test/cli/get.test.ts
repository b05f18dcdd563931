import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { type Ran, type RunOptions, run } from './support/command-line.ts'
import { applyManifests, podManifest } from './support/manifests.ts'

const servers = testServers()
const threeDaysMs = 3 * 24 * 60 * 60 * 1000

/** A server with two pods and a ReplicationController in `default`, one pod in `other`; nobody runs them. */
async function cluster(): Promise<(...args: string[]) => Promise<Ran>> {
  const server = await servers.start()
  const url = `${server.url}/graphql`
  await applyManifests(url, [
    '{apiVersion: v1, kind: Namespace, metadata: {name: other}}',
    podManifest({ name: 'web-2', labels: { app: 'web', tier: 'fe' }, cpu: '500m' }),
    podManifest({ name: 'web-10', labels: { app: 'web' }, cpu: '2' }),
    podManifest({ name: 'db', namespace: 'other' }),
    `{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {replicas: 0, selector: {app: web},
      template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}}}`,
  ])
  const ran: RunOptions = { url, now: () => Date.now() + threeDaysMs }
  return (...args) => run(['get', ...args], ran)
}

describe('myriad get', () => {
  it('shows a kind as a table', async () => {
    const get = await cluster()
    expect((await get('pods')).output).toMatchInlineSnapshot(`
      "NAME     READY   STATUS    RESTARTS   AGE
      web-10   0/1     Pending   0          3d
      web-2    0/1     Pending   0          3d
      "
    `)
    expect((await get('po', '-A', '--no-headers')).output).toMatchInlineSnapshot(`
      "default   web-10   0/1   Pending   0   3d
      default   web-2    0/1   Pending   0   3d
      other     db       0/1   Pending   0   3d
      "
    `)
    expect((await get('po', '-n', 'other', '-o', 'wide')).output).toMatchInlineSnapshot(`
      "NAME   READY   STATUS    RESTARTS   AGE   IP       NODE     NOMINATED NODE   READINESS GATES
      db     0/1     Pending   0          3d    <none>   <none>   <none>           <none>
      "
    `)
  })

  it('shows several kinds one below the other, with the kinds in the names', async () => {
    const get = await cluster()
    expect((await get('po,rc', '-L', 'app,example.com/tier', '--show-labels')).output).toMatchInlineSnapshot(`
      "NAME         READY   STATUS    RESTARTS   AGE   APP   TIER     LABELS
      pod/web-10   0/1     Pending   0          3d    web   <none>   app=web
      pod/web-2    0/1     Pending   0          3d    web   <none>   app=web,tier=fe

      NAME                        DESIRED   CURRENT   READY   AGE   APP   TIER     LABELS
      replicationcontroller/web   0         0         0       3d    web   <none>   app=web
      "
    `)
    expect((await get('po/web-2', 'ns/other', 'po/web-10')).output).toMatchInlineSnapshot(`
      "NAME        READY   STATUS    RESTARTS   AGE
      pod/web-2   0/1     Pending   0          3d

      NAME              STATUS   AGE
      namespace/other   Active   3d

      NAME         READY   STATUS    RESTARTS   AGE
      pod/web-10   0/1     Pending   0          3d
      "
    `)
    expect((await get('pod', 'web-2', '--show-kind', '--no-headers')).output).toMatch(/^pod\/web-2 /)
  })

  it('selects by labels, also over many pages', async () => {
    const get = await cluster()
    expect((await get('po', '-l', 'tier notin (fe)', '-o', 'name')).output).toBe('pod/web-10\n')
    expect((await get('po', '-A', '-o', 'name', '--chunk-size', '1')).output.split('\n')).toHaveLength(4)
    expect((await get('po', '-A', '-o', 'name', '--chunk-size', '0')).output.split('\n')).toHaveLength(4)
  })

  it('sorts by names, numbers and quantities', async () => {
    const get = await cluster()
    const names = async (path: string) =>
      (await get('po', '-o', 'name', '--sort-by', path)).output.trim().replaceAll('\n', ' ')
    expect(await names('.metadata.name')).toBe('pod/web-2 pod/web-10')
    expect(await names('{.spec.containers[0].resources.requests.cpu}')).toBe('pod/web-2 pod/web-10')
    const { exitCode, errors } = await get('po', '--sort-by', '.nothing')
    expect(errors).toBe(`error: couldn't find any field with path "{.nothing}" in the list of objects\n`)
    expect(exitCode).toBe(1)
  })

  it('prints one object as it is, several as a list, with sorted keys', async () => {
    const get = await cluster()
    const one = JSON.parse((await get('po', 'web-2', '-o', 'json')).output) as Record<string, unknown>
    expect(Object.keys(one)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status'])
    const list = JSON.parse((await get('po', '-o', 'json')).output) as { kind: string; items: unknown[] }
    expect([list.kind, list.items.length]).toEqual(['List', 2])
    const named = JSON.parse((await get('po/web-2', 'rc/web', '-o', 'json')).output) as typeof list
    expect([named.kind, named.items.length]).toEqual(['List', 2])
    const empty = JSON.parse((await get('rs', '-o', 'json')).output) as typeof list
    expect([empty.kind, empty.items]).toEqual(['List', []])
    const yaml = (await get('rc', 'web', '-o', 'yaml')).output
    expect(
      yaml.replaceAll(/(uid|resourceVersion|creationTimestamp|last-applied-configuration): .*/g, '$1: …'),
    ).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: ReplicationController
      metadata:
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: …
        creationTimestamp: …
        generation: 1
        labels:
          app: web
        name: web
        namespace: default
        resourceVersion: …
        uid: …
      spec:
        replicas: 0
        selector:
          app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
            - image: i
              imagePullPolicy: Always
              name: c
              terminationMessagePath: /dev/termination-log
              terminationMessagePolicy: File
            dnsPolicy: ClusterFirst
            restartPolicy: Always
            schedulerName: default-scheduler
            securityContext: {}
            terminationGracePeriodSeconds: 30
      status:
        replicas: 0
      "
    `)
  })

  it('prints what a template asks for, given or from a file', async () => {
    const get = await cluster()
    const template = '{range .items[*]}{.metadata.name}={.spec.containers[0].resources.requests.cpu}{"\\n"}{end}'
    expect((await get('po', '-o', `jsonpath=${template}`)).output).toBe('web-10=2\nweb-2=500m\n')
    expect((await get('po', 'web-2', '-o', 'jsonpath={.metadata.name}')).output).toBe('web-2')
    const folder = await mkdtemp(join(tmpdir(), 'myriad-get-'))
    const file = join(folder, 'template')
    await writeFile(file, template)
    expect((await get('po', '-o', `jsonpath-file=${file}`)).output).toBe('web-10=2\nweb-2=500m\n')
    await writeFile(file, 'NAME CPU\n.metadata.name .spec.containers[*].resources.requests.cpu\n')
    const { output } = await get('po', '-o', `custom-columns-file=${file}`, '--no-headers')
    expect(output).toBe('web-10   2\nweb-2    500m\n')
    await rm(folder, { recursive: true })
  })

  it('selects by fields', async () => {
    const get = await cluster()
    expect((await get('po', '-A', '--field-selector', 'metadata.namespace!=default', '-o', 'name')).output).toBe(
      'pod/db\n',
    )
    const { errors, exitCode } = await get('po', '--field-selector', 'spec.nothing=a')
    expect(errors).toMatch(/^Error from server \(Invalid\): .*spec\.nothing/)
    expect(exitCode).toBe(1)
  })

  it('shows the objects that manifests name', async () => {
    const get = await cluster()
    const folder = await mkdtemp(join(tmpdir(), 'myriad-get-'))
    const file = join(folder, 'all.yaml')
    await writeFile(
      file,
      [podManifest({ name: 'web-2' }), podManifest({ name: 'db', namespace: 'other' })].join('\n---\n'),
    )
    expect((await get('-f', file, '-o', 'name')).output).toBe('pod/web-2\npod/db\n')
    await writeFile(file, podManifest({ name: 'nope' }))
    const { errors, exitCode } = await get('-f', file)
    expect([errors, exitCode]).toEqual(['Error from server (NotFound): pods "nope" not found\n', 1])
    expect((await get('po', '-f', file)).exitCode).toBe(2)
    await rm(folder, { recursive: true })
  })

  it('tells what is missing, and prints the rest', async () => {
    const get = await cluster()
    const { output, errors, exitCode } = await get('po', 'nope', 'web-2', 'neither', '-o', 'name')
    expect(output).toBe('pod/web-2\n')
    expect(errors).toBe(
      'Error from server (NotFound): pods "nope" not found\nError from server (NotFound): pods "neither" not found\n',
    )
    expect(exitCode).toBe(1)
    expect((await get('rs', 'nope')).errors).toBe('Error from server (NotFound): replicasets.apps "nope" not found\n')
    expect(await get('po', 'nope', '--ignore-not-found')).toEqual({ output: '', errors: '', exitCode: 0 })
  })

  it.each([
    [['rs'], 'No resources found in default namespace.\n'],
    [['rs', '-A'], 'No resources found\n'],
    [['no'], 'No resources found\n'],
    [['rs', '--ignore-not-found'], ''],
    [['rs', '-o', 'name'], ''],
  ])('says that there is nothing: %j', async (args, errors) => {
    const get = await cluster()
    expect(await get(...args)).toEqual({ output: '', errors, exitCode: 0 })
  })

  it.each([
    [[], 'error: you must say a kind'],
    [['po', 'a', '-l', 'b=c'], 'error: name cannot be provided when a selector is specified'],
    [['po', 'a', '-A'], 'error: a resource cannot be retrieved by name across all namespaces'],
    [
      ['po', '-o', 'xml'],
      'error: unable to match a printer suitable for the output format "xml", allowed formats are: ',
    ],
    [['po', '-o', 'jsonpath'], "error: -o jsonpath needs more: -o jsonpath='{.metadata.name}'"],
    [['po', '-o', 'jsonpath={.a'], 'error: error parsing jsonpath {.a: unclosed action'],
    [['po,rc', '-w'], 'error: you may only specify a single resource type when watching'],
    [['po', '--chunk-size', 'many'], "error: option '--chunk-size <count>' argument 'many' is invalid."],
  ])('refuses what cannot be meant: %j', async (args, message) => {
    const { errors, exitCode } = await run(['get', ...args], { url: 'http://127.0.0.1:1/graphql' })
    expect(errors).toContain(message)
    expect(errors).toContain("See 'myriad get --help'.\n")
    expect(exitCode).toBe(2)
  })

  it('passes on what the server refuses', async () => {
    const get = await cluster()
    const { errors, exitCode } = await get('po', '-l', 'a in b')
    expect(errors).toMatch(/^Error from server \(Invalid\): .*\n$/)
    expect(exitCode).toBe(1)
  })
})
