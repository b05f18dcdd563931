import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'
import { applyManifests, podManifest } from './support/manifests.ts'

const servers = testServers()

/** What a word can become, without what it is. */
async function completions(
  words: readonly string[],
  url = 'http://127.0.0.1:1/graphql',
  environment = {},
): Promise<string> {
  const { output, errors, exitCode } = await run(['__complete', '--', ...words], { url, environment })
  expect([errors, exitCode]).toEqual(['', 0])
  return output
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .join(' ')
    .trim()
}

describe('what a word can become', () => {
  it.each([
    [['expl'], 'explain'],
    [['config', 'get'], 'get-contexts'],
    [['get', '--show-'], '--show-labels --show-kind'],
    [['get', '--help'], '--help'],
    [['get', 'rep'], 'replicationcontrollers replicasets'],
    [['get', 'pods,no'], 'pods,nodes'],
    [['get', '-o', 'cust'], 'custom-columns= custom-columns-file='],
    [['get', 'pods', '-o', 'ya'], 'yaml'],
    [['api-resources', '--sort-by', ''], 'name kind'],
    [['completion', ''], 'bash zsh'],
    [['events', 'po'], 'pod/'],
    [['events', '--for', 'po'], 'pod/'],
    [['wait', 'po/a', '--for=co'], '--for=condition='],
    [['get', '--output=ya'], '--output=yaml'],
    [['get', '-o=ya'], '-o=yaml'],
    [['get', '--nothing=a'], ''],
    [['apply', '-f', 'x'], ':files'],
    [['apply', '--filename=x'], ':files'],
    [['get', '--config', ''], ':files'],
    [['query', ''], ':files'],
    [['config', 'use-context', ''], ''],
    [['logs', 'a', '-c', ''], ''],
    [['explain', 'pods.spec.hostn'], 'pods.spec.hostname pods.spec.hostnameOverride'],
    [['explain', 'nothing.'], ''],
    [['get', 'nothing', ''], ''],
    [['__'], ''],
    [['get', 'pods', 'w'], ''],
    [['get', '--', '-'], ''],
  ])('is known without a server: %j', async (words, expected) => {
    expect(await completions(words)).toBe(expected)
  })

  it('tells what commands and flags are, for shells that show it', async () => {
    expect((await run(['__complete', '--', 'api-v'])).output).toBe(
      'api-versions\tlist the API versions that manifests can have\n',
    )
  })

  it('is asked of the server, silently', async () => {
    const server = await servers.start()
    const url = `${server.url}/graphql`
    await applyManifests(url, [
      '{apiVersion: v1, kind: Namespace, metadata: {name: other}}',
      podManifest({ name: 'web-1' }),
      podManifest({ name: 'web-2' }),
      podManifest({ name: 'db', namespace: 'other' }),
      '{apiVersion: v1, kind: Namespace, metadata: {name: third}}',
      `{apiVersion: v1, kind: Pod, metadata: {name: two, namespace: third},
        spec: {containers: [{name: web, image: i}], initContainers: [{name: first, image: i}]}}`,
      '{apiVersion: v1, kind: Node, metadata: {name: vm-1}}',
      '{apiVersion: v1, kind: Node, metadata: {name: vm-2}}',
    ])
    expect(await completions(['get', 'pods', 'w'], url)).toBe('web-1 web-2')
    expect(await completions(['get', 'pods', 'web-1', 'w'], url)).toBe('web-2')
    expect(await completions(['get', 'po/'], url)).toBe('po/web-1 po/web-2')
    expect(await completions(['describe', 'pod', '-n', 'other', ''], url)).toBe('db')
    expect(await completions(['describe', 'pod', '--namespace=other', ''], url)).toBe('db')
    expect(await completions(['get', 'pods', '-n', 'oth'], url)).toBe('other')
    expect(await completions(['get', 'ns', 'oth'], url)).toBe('other')
    expect(await completions(['logs', 'web-'], url)).toBe('web-1 web-2')
    expect(await completions(['logs', 'po/'], url)).toBe('po/web-1 po/web-2')
    expect(await completions(['label', 'pods', 'web-1'], url)).toBe('web-1')
    expect(await completions(['delete', 'pods', 'web-2'], url)).toBe('web-2')
    expect(await completions(['get', 'pods', '--namespace=oth'], url)).toBe('--namespace=other')
    expect(await completions(['events', '--for', 'pod/web-1'], url)).toBe('pod/web-1')
    expect(await completions(['logs', '-n', 'third', 'two', '-c', ''], url)).toBe('web first')
    expect(await completions(['logs', 'po/web-1', '--container='], url)).toBe('--container=main')
    expect(await completions(['logs', 'two', '-n', 'third', 'f'], url)).toBe('first')
    expect(await completions(['logs', 'web-1', 'web', ''], url)).toBe('')
    expect(await completions(['cordon', ''], url)).toBe('vm-1 vm-2')
    expect(await completions(['cordon', 'vm-1', 'v'], url)).toBe('vm-2')
    expect(await completions(['run', 'new', '--', 'x'], url)).toBe('')
  })

  it('is read from the config file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'myriad-complete-'))
    const file = join(folder, 'config.yaml')
    writeFileSync(file, 'contexts: {home: {url: "http://127.0.0.1:1"}, work: {token: secret}}', { mode: 0o644 })
    expect(await completions(['get', '--context', ''], undefined, { MYRIAD_CONFIG: file })).toBe('home work')
    expect(await completions(['config', 'use-context', 'w'], undefined, { MYRIAD_CONFIG: file })).toBe('work')
    rmSync(folder, { recursive: true })
  })
})

/** Whether a shell is on this machine. */
function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0
}

describe.each(['bash', 'zsh'])('the script for %s', (shell) => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'myriad-shell-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it.skipIf(!has(shell))('offers what myriad answers, in a machine that has the shell', async () => {
    const { output: script } = await run(['completion', shell])
    // In the place of myriad: it says what it is asked, and answers with what depends on it.
    const stub = `myriad() {
      case "$4" in
        -f) printf ':files\\n' ;;
        --namespace=o) printf -- '--namespace=other\\tthe other\\n' ;;
        po) printf 'pod/\\n' ;;
        two) printf 'one\\tthe first\\ntwo words\\tthe second\\n' ;;
        *) printf '%s|' "$@" ; echo ;;
      esac
    }`
    const file = join(folder, 'script')
    writeFileSync(file, `${stub}\n${shell === 'bash' ? bashHarness : zshHarness}\n${script}\n${cases(shell)}`)
    const { stdout, stderr } = spawnSync(shell, shell === 'bash' ? [file] : ['-f', file], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout.split('\n')).toEqual([
      'nospace',
      '[pod/]',
      '[one]',
      '[two words]',
      'files',
      // Bash wants what comes behind the sign, at which it takes words apart.
      shell === 'bash' ? '[other]' : '[--namespace=other]',
      '[__complete|--|get|pods|-n|kube-s|]',
      '[__complete|--||]',
      '',
    ])
  })
})

function cases(shell: string): string {
  const assigned = shell === 'bash' ? '--namespace = o' : '--namespace=o'
  const asked = ['get po', 'get two', 'apply -f', `get ${assigned}`, "get pods -n 'kube-s'", "''"]
  return asked.map((words) => `ask ${words}`).join('\n')
}

const bashHarness = `compopt() { [[ $2 == default ]] && echo files || echo "$2"; }
ask() {
  COMP_WORDS=(myriad "$@") COMP_CWORD=$#
  _myriad
  [[ \${#COMPREPLY[@]} -eq 0 ]] || printf '[%s]\\n' "\${COMPREPLY[@]}"
}`

const zshHarness = `compdef() { : }
_files() { echo files }
compadd() {
  [[ $1 == -S ]] && { echo nospace; shift 2 }
  while [[ $1 != -- ]]; do shift; done
  shift
  printf '[%s]\\n' "$@"
}
ask() {
  words=(myriad "$@") CURRENT=$(( $# + 1 ))
  _myriad
}`
