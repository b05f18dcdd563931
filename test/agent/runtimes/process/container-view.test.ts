import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostMounts } from '../../../../src/agent/mount-info.ts'
import type { ContainerRuntime } from '../../../../src/agent/runtimes/containers/container-runtime.ts'
import type { ProcessEngineOptions } from '../../../../src/agent/runtimes/process/process-engine.ts'
import { detectSandbox } from '../../../../src/agent/sandbox/sandbox.ts'
import type { Pod } from '../../../../src/model/kinds/pod.ts'
import { logLines } from '../../support/container-log.ts'
import { pod } from '../../support/pod.ts'
import { startProcessRuntime } from '../../support/process-runtime.ts'
import { until } from '../../support/until.ts'

const sandbox = detectSandbox(tmpdir())
const open: ContainerRuntime[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container view's "))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((runtime) => runtime.close({ keepPods: false, gracePeriodSecondsMax: 30 })))
  rmSync(folder, { recursive: true, force: true })
})

async function start(options: Partial<ProcessEngineOptions> = {}) {
  const running = await startProcessRuntime(folder, { sandbox, allocatable: { cpu: '2', memory: '1Gi' }, ...options })
  open.push(running.runtime)
  return running
}

function sh(script: string, container: Record<string, unknown> = {}, spec: Record<string, unknown> = {}): Pod {
  const command = ['sh', '-c', script.replaceAll('$', () => '$$')]
  const containers = [{ name: 'main', image: 'none', command, ...container }]
  return pod('p', { containers, restartPolicy: 'Never', terminationGracePeriodSeconds: 5, ...spec })
}

const podFolder = (): string => join(folder, 'pods/default_p_uid-p')
const output = (): string[] => logLines(podFolder()).map((line) => line.replace(/^std(out|err) F /, ''))

/** Runs a pod to its end. What it has written, and how its container has ended. */
async function outcome(subject: Pod, options: Partial<ProcessEngineOptions> = {}) {
  const running = await start(options)
  running.runtime.runPod(subject)
  await until('the pod is over', () => running.ended.has('uid-p'))
  return { ...running, lines: output(), ended: running.main('uid-p')?.state?.terminated }
}

/** Why the container waits. */
async function waiting(subject: Pod, options: Partial<ProcessEngineOptions> = {}) {
  const { runtime, main } = await start(options)
  runtime.runPod(subject)
  await until('it is told why', () => main('uid-p')?.state?.waiting?.message !== undefined)
  return main('uid-p')?.state?.waiting
}

const lacks = sandbox.isAble ? '' : ` (skipped where mount namespaces are not to be had: ${sandbox.reason})`

describe.skipIf(!sandbox.isAble)(`a container with mounts of its own${lacks}`, () => {
  const odd = `/it's "$HOME"\n\\ a, b:c/#d`

  it.each([
    ['at the top', '/myriad-test'],
    ['deep in a folder that is not there', '/myriad-test/a/b'],
    ['in a folder of the host', '/etc/myriad-test'],
    ['below a link of the host', '/bin/myriad-test'],
    ['on a folder of the host', '/usr/share'],
    ['at a path with all that a shell minds', odd],
  ])('sees a volume %s, and the host nothing of it', async (_sentence, mountPath) => {
    const env = [{ name: 'AT', value: mountPath.replaceAll('$', () => '$$') }]
    const { lines, ended } = await outcome(
      sh(
        'echo hello >"$AT/myriad-file"; cat "$AT/myriad-file"; ls /usr/bin/env; ls / | wc -l >/dev/null',
        { env, volumeMounts: [{ name: 'v', mountPath }] },
        { volumes: [{ name: 'v' }] },
      ),
    )
    expect([lines, ended?.exitCode]).toEqual([['hello', '/usr/bin/env'], 0])
    expect(existsSync(join(mountPath, 'myriad-file'))).toBe(false)
    expect(existsSync('/myriad-test')).toBe(false)
    expect(readFileSync(join(podFolder(), '.volumes/v/myriad-file'), 'utf8')).toBe('hello\n')
    expect(hostMounts().filter(({ path }) => path.startsWith(folder))).toEqual([])
  })

  it('sees the devices and mounts of the host beside what was added to them', async () => {
    const { lines } = await outcome(
      sh(
        'echo x >/dev/null; head -c 2 /dev/zero | wc -c; test -c /dev/ptmx && ls -d /dev/pts/ptmx; echo bye >/dev/termination-log',
        {},
      ),
    )
    expect(lines.map((line) => line.trim())).toEqual(['2', '/dev/pts/ptmx'])
    expect(existsSync('/dev/termination-log')).toBe(false)
  })

  it('has the host name of its pod', async () => {
    const { lines } = await outcome(
      sh(
        'cat /proc/sys/kernel/hostname; echo $HOSTNAME',
        {},
        { hostname: 'db', subdomain: 'sub', setHostnameAsFQDN: true },
      ),
    )
    expect(lines).toEqual(['db.sub.default.svc.cluster.local', 'db.sub.default.svc.cluster.local'])
    expect(readFileSync('/proc/sys/kernel/hostname', 'utf8')).not.toContain('db.sub')
  })

  it('sees a part of a volume, and cannot write what is for reading only', async () => {
    const volumeMounts = [
      { name: 'v', mountPath: '/whole' },
      { name: 'v', mountPath: '/part', subPathExpr: 'a/$(NAME)' },
      { name: 'v', mountPath: '/whole/inner', subPath: 'b', readOnly: true },
    ]
    const { lines } = await outcome(
      sh(
        'echo 1 >/part/one; cat /whole/a/x/one; echo 2 2>/dev/null >/whole/inner/two || echo refused; ls /whole',
        { env: [{ name: 'NAME', value: 'x' }], volumeMounts },
        { volumes: [{ name: 'v' }] },
      ),
    )
    expect(lines.filter((line) => !line.includes('cannot create'))).toEqual(['1', 'refused', 'a', 'b', 'inner'])
  })

  it('works in a folder that is made for it alone, and finds its program in a volume', async () => {
    const initContainers = [
      {
        name: 'write',
        image: 'none',
        command: ['sh', '-c', 'printf "#!/bin/sh\\npwd\\n" >/tools/hello && chmod +x /tools/hello'],
        volumeMounts: [{ name: 'v', mountPath: '/tools' }],
      },
    ]
    const { lines } = await outcome(
      sh(
        '',
        { command: ['/tools/hello'], workingDir: '/srv/not/there', volumeMounts: [{ name: 'v', mountPath: '/tools' }] },
        { initContainers, volumes: [{ name: 'v' }] },
      ),
    )
    expect(lines).toEqual(['/srv/not/there'])
    expect(existsSync('/srv/not')).toBe(false)
  })

  it('cannot write the root when that is for reading only, but its volumes and devices', async () => {
    const { lines } = await outcome(
      sh(
        'touch /tmp/x /x 2>/dev/null; echo $?; touch /v/x && echo x >/dev/null && echo fine',
        { securityContext: { readOnlyRootFilesystem: true }, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
        { volumes: [{ name: 'v' }] },
      ),
    )
    expect(lines).toEqual(['1', 'fine'])
  })

  it('runs as the user that it asks for', async () => {
    const securityContext = {
      runAsUser: 1234,
      runAsGroup: 1235,
      fsGroup: 1236,
      supplementalGroups: [1237],
      runAsNonRoot: true,
    }
    const { lines } = await outcome(
      sh(
        'id -u; id -g; id -G; touch /v/x && stat -c %u:%g /v/x; echo out >/dev/stdout; PATH=/nowhere; pwd >there && echo home',
        { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
        { securityContext, volumes: [{ name: 'v' }] },
      ),
    )
    expect(lines).toEqual(['1234', '1235', '1235 1236 1237', '1234:1236', 'out', 'home'])
  })

  it('has a volume in memory, which goes with its pod', async () => {
    const volumes = [{ name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }]
    const { lines, runtime } = await outcome(
      sh(
        'head -c 2000000 /dev/zero >/v/x 2>/dev/null; echo $?; stat -f -c %T /v; wc -c </v/x',
        { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
        { volumes },
      ),
    )
    expect(lines).toEqual(['1', 'tmpfs', '1048576'])
    await until('its memory is given up', () => !hostMounts().some(({ path }) => path.startsWith(folder)))
    runtime.forgetPod('uid-p')
    await until('its files are gone', () => !existsSync(podFolder()))
    expect(hostMounts().filter(({ path }) => path.startsWith(folder))).toEqual([])
  })

  it('holds nothing of the network namespaces and the memory that others use', async () => {
    const network = join(folder, 'network')
    const others = join(folder, 'pods/default_other_uid-other/.volumes/v')
    mkdirSync(others, { recursive: true })
    writeFileSync(network, '')
    const mount = 'mount --bind /proc/self/ns/net "$0" && mount -t tmpfs tmpfs "$1"'
    expect(spawnSync('sh', ['-c', mount, network, others]).status).toBe(0)
    try {
      const { lines } = await outcome(sh('grep -c -e nsfs -e uid-other /proc/self/mountinfo'))
      expect(lines).toEqual(['0'])
    } finally {
      spawnSync('sh', ['-c', 'umount "$0" "$1"', network, others])
    }
  })

  it('keeps its volume in memory for a next agent, but not beyond the end of an agent that stops its pods', async () => {
    const volumes = [{ name: 'v', emptyDir: { medium: 'Memory' } }]
    const subject = sh(
      'echo x >/v/x; while :; do sleep 0.02; done',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes },
    )
    const mounted = () => hostMounts().filter(({ path }) => path.startsWith(folder)).length
    for (const [keepPods, left] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { runtime, main } = await start()
      runtime.runPod(subject)
      await until('it runs', () => main('uid-p')?.state?.running !== undefined)
      await until('it has written', () => existsSync(join(podFolder(), '.volumes/v/x')))
      await runtime.close({ keepPods, gracePeriodSecondsMax: 0 })
      open.length = 0
      expect(mounted()).toBe(left)
    }
  })

  it('says what failed when its mounts cannot be made', async () => {
    const why = await waiting(sh('true', { workingDir: '/proc/nothing' }))
    expect(why?.reason).toBe('CreateContainerError')
    expect(why?.message).toContain('/proc')
  })

  it.each([
    ['/', 'nothing can be mounted on "/": the rest of the container would be hidden'],
    ['/proc', 'nothing can be mounted on "/proc": it is inside /proc'],
    ['/tmp/../proc/sys', 'nothing can be mounted on "/proc/sys": it is inside /proc'],
  ])('says that no volume can be at %s', async (mountPath, message) => {
    const why = await waiting(sh('true', { volumeMounts: [{ name: 'v', mountPath }] }, { volumes: [{ name: 'v' }] }))
    expect(why).toEqual({ reason: 'CreateContainerError', message })
  })

  it('says that a volume hides its program, where /bin is a link too', async () => {
    const volumeMounts = [{ name: 'v', mountPath: realpathSync('/bin') }]
    const { ended } = await outcome(sh('', { command: ['/bin/sh'], volumeMounts }, { volumes: [{ name: 'v' }] }))
    const message = 'exec: "/bin/sh": stat /bin/sh: no such file or directory'
    expect(ended).toMatchObject({ exitCode: 128, reason: 'StartError', message })
  })

  it('says that a volume hides what starts it', async () => {
    writeFileSync(join(folder, 'program'), '#!/bin/sh\n', { mode: 0o755 })
    const programs = [...new Set(['/bin', '/usr/bin', '/sbin', '/usr/sbin'].map((path) => realpathSync(path)))]
    const volumes = [
      ...programs.map((_, index) => ({ name: `v${index}` })),
      { name: 'own', hostPath: { path: folder } },
    ]
    const volumeMounts = [...programs, '/own'].map((mountPath, index) => ({ name: volumes[index]?.name, mountPath }))
    const why = await waiting(sh('', { command: ['/own/program'], volumeMounts }, { volumes }))
    const message = 'the volumes hide "umount", without which no container can be started'
    expect(why).toEqual({ reason: 'CreateContainerError', message })
  })

  it('says that a mount point is a file of the host', async () => {
    const why = await waiting(
      sh('true', { volumeMounts: [{ name: 'v', mountPath: '/etc/passwd/v' }] }, { volumes: [{ name: 'v' }] }),
    )
    expect(why).toEqual({
      reason: 'CreateContainerError',
      message: '"/etc/passwd/v" cannot be made: "/etc/passwd" is no folder',
    })
  })

  it('runs its preStop hook in its own world before it is asked to end', async () => {
    const { runtime, main, ended } = await start()
    const lifecycle = {
      preStop: { exec: { command: ['sh', '-c', 'echo "$WHO $(cat /proc/sys/kernel/hostname)" >/v/hook'] } },
    }
    const container = { lifecycle, env: [{ name: 'WHO', value: 'me' }], volumeMounts: [{ name: 'v', mountPath: '/v' }] }
    const subject = sh('trap "cat /v/hook; exit 3" TERM; echo ready; while :; do sleep 0.02; done', container, {
      volumes: [{ name: 'v' }],
    })
    runtime.runPod(subject)
    await until('it is ready', () => output().includes('ready'))
    runtime.stopPod(subject, 10)
    await until('it has ended', () => ended.has('uid-p'))
    expect(output().filter((line) => line !== 'Terminated')).toEqual(['ready', 'me p'])
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(3)
  })

  it('runs its hooks as its user, and by no program that its environment names', async () => {
    const shadow = join(folder, 'shadow')
    mkdirSync(shadow)
    for (const name of ['nsenter', 'setpriv', 'env', 'sh']) {
      writeFileSync(join(shadow, name), `#!/bin/sh\necho ${name} >>'${shadow.replaceAll("'", `'\\''`)}/taken'\n`, {
        mode: 0o755,
      })
    }
    const command = ['/bin/sh', '-c', '{ id -u; echo "$PATH"; } >/v/hook; echo >/v/done']
    const container = {
      lifecycle: { postStart: { exec: { command } } },
      env: [{ name: 'PATH', value: `${shadow}:/usr/bin:/bin` }],
      command: ['/bin/sh', '-c', 'until test -e /v/done; do /bin/sleep 0.02; done; cat /v/hook'],
      securityContext: { runAsUser: 4711 },
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
    }
    const { lines } = await outcome(sh('', container, { volumes: [{ name: 'v' }] }))
    expect(lines).toEqual(['4711', `${shadow}:/usr/bin:/bin`])
    expect(existsSync(join(shadow, 'taken'))).toBe(false)
  })
})

describe('a container without mounts of its own', () => {
  const none = { sandbox: { isAble: false, reason: 'for the test' } as const }

  it('says why an absolute mountPath cannot be', async () => {
    const subject = sh('true', { volumeMounts: [{ name: 'v', mountPath: '/data' }] }, { volumes: [{ name: 'v' }] })
    expect(await waiting(subject, none)).toEqual({
      reason: 'CreateContainerConfigError',
      message:
        'the absolute mountPath "/data" needs mount namespaces, which are to be had as root on Linux; here: for the test',
    })
  })

  it('sees a volume at a relative mountPath in its own folder', async () => {
    const subject = sh(
      'echo x >data/file; cat data/file',
      { volumeMounts: [{ name: 'v', mountPath: 'data' }] },
      { volumes: [{ name: 'v' }] },
    )
    expect((await outcome(subject, none)).lines).toEqual(['x'])
    expect(readFileSync(join(podFolder(), '.volumes/v/file'), 'utf8')).toBe('x\n')
  })

  it('is told where its last words are looked for', async () => {
    const subject = sh('printf bye >"$TERMINATION_MESSAGE_PATH"; exit 1')
    expect((await outcome(subject, none)).ended).toMatchObject({ exitCode: 1, message: 'bye' })
  })

  it('works in a folder of its pod that is made for it', async () => {
    expect((await outcome(sh('basename "$PWD"', { workingDir: 'a/b' }), none)).lines).toEqual(['b'])
  })
})

describe('the last words of a container', () => {
  const say = sandbox.isAble ? '/dev/termination-log' : '"$TERMINATION_MESSAGE_PATH"'
  it.each([
    ['are in its file', `printf done >${say}`, 'File', 'done'],
    ['are the end of the file', `yes 1234567 | head -c 8192 >${say}; exit 1`, 'File', '1234567\n'.repeat(512)],
    ['are none of the log for the policy File', 'echo oh; exit 1', 'File', undefined],
    [
      'are the end of the log when it has failed',
      'seq 200; exit 1',
      'FallbackToLogsOnError',
      Array.from({ length: 80 }, (_, index) => `${index + 121}\n`).join(''),
    ],
    ['are not those of the log when it has not failed', 'echo oh', 'FallbackToLogsOnError', undefined],
    [
      'are those of the file before those of the log',
      `echo oh; printf ah >${say}; exit 1`,
      'FallbackToLogsOnError',
      'ah',
    ],
  ])('%s', async (_sentence, script, terminationMessagePolicy, message) => {
    const { ended } = await outcome(sh(script, { terminationMessagePolicy }))
    expect(ended?.message).toBe(message)
  })
})

describe('the volumes of a pod', () => {
  const mountPath = sandbox.isAble ? '/v' : 'v'
  const mounted = { volumeMounts: [{ name: 'v', mountPath }] }

  it('are shared, and kept when a container is started again', async () => {
    const initContainers = [
      { name: 'init', image: 'none', command: ['sh', '-c', `echo init >${mountPath}/log`], ...mounted },
    ]
    const subject = sh(
      `echo run >>${mountPath}/log; test $(wc -l <${mountPath}/log) -eq 3 && cat ${mountPath}/log`,
      mounted,
      {
        initContainers,
        volumes: [{ name: 'v', emptyDir: {} }],
        restartPolicy: 'OnFailure',
      },
    )
    const { main } = await outcome(subject)
    expect(main('uid-p')?.restartCount).toBe(1)
    expect(logLines(podFolder(), 1)).toEqual(['stdout F init', 'stdout F run', 'stdout F run'])
  })

  it('tell of the pod, and anew when that has changed', async () => {
    const { runtime, ended } = await start()
    const items = [
      { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
      {
        path: 'deep/cpu',
        resourceFieldRef: { containerName: 'main', resource: 'limits.cpu', divisor: '1m' },
        mode: 0o600,
      },
    ]
    const subject = sh(
      `stat -L -c %a ${mountPath}/deep/cpu; cat ${mountPath}/deep/cpu ${mountPath}/labels; echo; until grep -q b=.2 ${mountPath}/labels; do sleep 0.02; done`,
      mounted,
      {
        volumes: [{ name: 'v', downwardAPI: { items } }],
      },
    )
    const labelled = (labels: Record<string, string>): Pod => ({
      ...subject,
      metadata: { ...subject.metadata, labels },
    })
    runtime.runPod(labelled({ b: '1', a: 'x"y' }))
    await until('it has told', () => output().length === 3)
    expect(output()).toEqual(['600', '2000a="x\\"y"', 'b="1"'])
    runtime.runPod(labelled({ b: '2' }))
    await until('it has seen the change', () => ended.has('uid-p'))
    expect(readdirSync(join(podFolder(), '.volumes/v')).toSorted().slice(0, 1)).toEqual(['..data'])
  })

  it.each([
    [
      'a ConfigMap that there is not',
      { configMap: { name: 'conf' } },
      'configmap "conf" not found: ConfigMaps are not supported yet',
    ],
    [
      'a claim',
      { persistentVolumeClaim: { claimName: 'c' } },
      'volumes of the type persistentVolumeClaim are not supported yet',
    ],
    [
      'a folder of the host that is a file',
      { hostPath: { path: '/etc/passwd', type: 'Directory' } },
      'hostPath type check failed: /etc/passwd is not a directory',
    ],
  ])('let it wait for %s', async (_sentence, source, message) => {
    expect(await waiting(sh('true', mounted, { volumes: [{ name: 'v', ...source }] }))).toEqual({
      reason: 'ContainerCreating',
      message: `MountVolume.SetUp failed for volume "v" : ${message}`,
    })
  })

  it('are tried again when what they lacked has come', async () => {
    const path = join(folder, 'later')
    const { runtime, ended, main } = await start()
    runtime.runPod(sh('true', mounted, { volumes: [{ name: 'v', hostPath: { path, type: 'Directory' } }] }))
    await until('it waits', () => main('uid-p')?.state?.waiting?.message !== undefined)
    mkdirSync(path)
    await until('it has run', () => ended.has('uid-p'))
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(0)
  })

  it('do not let a subPath lead out of them', async () => {
    const path = join(folder, 'host')
    mkdirSync(path)
    symlinkSync('/etc', join(path, 'out'))
    const volumeMounts = [{ name: 'v', mountPath, subPath: 'out/passwd' }]
    expect(await waiting(sh('true', { volumeMounts }, { volumes: [{ name: 'v', hostPath: { path } }] }))).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'failed to prepare subPath for volumeMount "v" of container "main"',
    })
  })

  it('are a file of the host, too', async () => {
    const path = join(folder, 'file')
    writeFileSync(path, 'from the host\n')
    const { lines } = await outcome(
      sh(`cat ${mountPath}`, mounted, { volumes: [{ name: 'v', hostPath: { path, type: 'File' } }] }),
    )
    expect(lines).toEqual(['from the host'])
  })
})
