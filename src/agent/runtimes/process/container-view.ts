import { chownSync, existsSync, lstatSync, mkdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { hostname as machineName } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { asUser, containerUser } from '../../container-user.ts'
import { findProgram } from '../../find-program.ts'
import { messageOf } from '../../log.ts'
import { kernelHostname } from '../../pod-hostname.ts'
import type { Allocatable } from '../../resource-field.ts'
import { checkMountPoint, hostPathOf, type Mount } from '../../sandbox/mount-plan.ts'
import { prepareSandbox, type SandboxAbility } from '../../sandbox/sandbox.ts'
import type { OpenVolume } from '../../volumes/pod-volumes.ts'
import { volumeMounts } from '../../volumes/volume-mounts.ts'
import { StartFailure } from '../containers/container-engine.ts'
import { commandOf, environmentOf } from '../containers/environment.ts'
import { checkProgram, startError } from './program.ts'
import type { RunFolder } from './run-folder.ts'
import { defaultPath, type Launch } from './shim.ts'

/** What a container is shown, and from where. */
export interface ContainerViewOptions {
  readonly pod: Pod
  readonly container: Container
  readonly podIP: string
  readonly hostIP: string
  readonly allocatable: Allocatable
  readonly sandbox: SandboxAbility
  readonly volumes: ReadonlyMap<string, OpenVolume>
  /** Files of the pod's that stand in for those of the machine, such as /etc/hosts; only with a sandbox. */
  readonly files: readonly { readonly source: string; readonly target: string }[]
  /** The folders of all pods, of this pod, and where the container begins. */
  readonly podsFolder: string
  readonly podFolder: string
  readonly home: string
}

/** Names the file for last words where nothing can be mounted at the path for them; each run has a file of its own. */
export const terminationVariable = 'TERMINATION_MESSAGE_PATH'

/** Programs of the machine that a container's process runs on its way to be the container's, when its volumes are there. */
const startingPrograms = ['umount', 'ln', 'env']

/** What a container starts with, as it sees it. */
export type ContainerView = Omit<Launch, 'folder' | 'bootId' | 'finish'>

/**
 * What a container starts with: its program, environment, user and folder, and how it comes to see its volumes. `makeRun`
 * makes the folder of its run once the manifest is found to be right; throws a `StartFailure` for what is not.
 */
export function containerView(options: ContainerViewOptions, makeRun: () => RunFolder): ContainerView {
  const { pod, container, home, podFolder, podsFolder, sandbox } = options
  const variables = environmentOf(container, options)
  if ((container.command ?? []).length === 0) {
    throw configError(
      `container "${container.name}" has no command, and the process runtime has no image that would give it one: set "command" in its manifest`,
    )
  }
  const user = orConfigError(() => containerUser(pod, container, process.getuid?.() ?? 0))
  const setpriv = user === undefined ? undefined : findProgram('setpriv', defaultPath)
  if (user !== undefined && setpriv === undefined) {
    throw configError('a user of its own needs setpriv of util-linux, which this machine does not have')
  }
  const hostname = orConfigError(() => kernelHostname(pod))
  const workingDir = resolve(home, container.workingDir || '.')
  const mounts = orConfigError(() => volumeMounts({ container, volumes: options.volumes, variables }))
  const mounted = mounts.map((mount) => ({ ...mount, target: resolve(home, mount.target) }))
  orCreateError(() => {
    for (const { target } of mounted) checkMountPoint(target)
  })
  const env = new Map([
    ['PATH', defaultPath],
    ['HOME', home],
    ['HOSTNAME', hostname ?? machineName()],
    ['POD_IP', options.podIP],
  ])
  const run = { command: commandOf(container, variables), workingDir }
  const locate = (path: string): string => (sandbox.isAble ? locateProgram(path, mounted) : path)
  if (!sandbox.isAble) arrange(mounts, { container, home, reason: sandbox.reason })
  if (!sandbox.isAble) makeWorkingDir(workingDir, podFolder, options.volumes)
  checkProgram(run.command[0] ?? '', { path: variables.get('PATH') ?? defaultPath, workingDir, locate })
  const hidden = startingPrograms.find((name) => findProgram(name, defaultPath, locate) === undefined)
  if (hidden !== undefined) throw createError(`the volumes hide "${hidden}", without which no container can be started`)
  const folder = makeRun()
  if (!sandbox.isAble) env.set(terminationVariable, folder.terminationLog)
  const prepare: string[] = []
  if (user?.uid !== undefined) {
    chownSync(home, user.uid, user.gid ?? -1)
    // What was made for another user cannot be opened anew by its name, as in /dev/stdout.
    prepare.push(`chown ${user.uid} shim/stdout shim/stderr`)
  }
  const command = user === undefined ? run.command : [...asUser(user, setpriv ?? ''), ...run.command]
  const launch = { command, workingDir, env: new Map([...env, ...variables]) }
  if (!sandbox.isAble) return { ...launch, enter: [], prepare }
  const inner = orCreateError(() =>
    prepareSandbox({
      folder: folder.shim,
      hostname,
      mounts: [...filesOf(options, folder), ...mounted],
      folders: [workingDir],
      kept: [podFolder],
      readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
      othersBelow: podsFolder,
    }),
  )
  return { ...launch, enter: inner.enter, prepare: [...prepare, ...inner.prepare] }
}

/** Files that the pod's network and the container's last words are in. */
function filesOf({ files, container }: ContainerViewOptions, folder: RunFolder): Mount[] {
  const { terminationMessagePath } = container
  return [
    ...files.map((file): Mount => ({ ...file, kind: 'file' })),
    ...(isAbsolute(terminationMessagePath)
      ? [{ source: folder.terminationLog, target: terminationMessagePath, kind: 'file' } as const]
      : []),
  ]
}

/** Where a program of the container lies on the host, where folders at the top may be links, such as /bin. */
function locateProgram(path: string, mounts: readonly Mount[]): string {
  const place = hostPathOf(path, mounts)
  if (place !== path || !existsSync(dirname(path))) return place
  return hostPathOf(join(realpathSync(dirname(path)), basename(path)), mounts)
}

/** Without a sandbox a volume can be shown below the container's own folder, by a link, and nowhere else. */
function arrange(
  mounts: readonly Mount[],
  { container, home, reason }: { readonly container: Container; readonly home: string; readonly reason: string },
): void {
  const isReadOnly = new Set((container.volumeMounts ?? []).filter((one) => one.readOnly).map((one) => one.mountPath))
  for (const { source, target } of mounts) {
    const readOnly = isReadOnly.has(target) ? `readOnly at mountPath "${target}"` : undefined
    const what = isAbsolute(target) ? `the absolute mountPath "${target}"` : readOnly
    if (what !== undefined) {
      throw configError(`${what} needs mount namespaces, which are to be had as root on Linux; here: ${reason}`)
    }
    const link = join(home, target)
    mkdirSync(dirname(link), { recursive: true })
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(link)
    symlinkSync(source, link)
  }
}

/** A working folder that is not there is made in the pod's own folders and volumes, and nowhere else on the host. */
function makeWorkingDir(workingDir: string, podFolder: string, volumes: ReadonlyMap<string, OpenVolume>): void {
  if (statSync(workingDir, { throwIfNoEntry: false })?.isDirectory() === true) return
  const own = [podFolder, ...[...volumes.values()].map(({ source }) => source)]
  if (!own.some((folder) => workingDir.startsWith(`${folder}/`))) {
    throw startError(`working directory "${workingDir}" does not exist`)
  }
  mkdirSync(workingDir, { recursive: true })
}

function orConfigError<Value>(make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    throw error instanceof StartFailure ? error : configError(messageOf(error))
  }
}

function orCreateError<Value>(make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    throw createError(messageOf(error), error)
  }
}

function createError(message: string, cause?: unknown): StartFailure {
  return new StartFailure('CreateContainerError', message, { cause })
}

function configError(message: string): StartFailure {
  return new StartFailure('CreateContainerConfigError', message)
}
