import { type ChildProcess, spawn } from 'node:child_process'
import { shellWord } from '../../shell-word.ts'

/** What a shim starts. */
export interface Launch {
  /** The folder of the run, where the shim tells what happens: see `RunFolder`. */
  readonly folder: string
  readonly bootId: string
  /** A command that is executed in front of all else that the container's process does, and then executes that. */
  readonly enter: readonly string[]
  /** Program and arguments; the program is looked for in the PATH of `env`. */
  readonly command: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly workingDir: string
  /**
   * Lines of sh that the container's process runs there, before its program and in the folder of the run. When one fails,
   * nothing is started, and what was said is in `shim/failure`.
   */
  readonly prepare: readonly string[]
  /** Lines of sh that the shim runs when that process has ended; they may set `reason`, which is told if it has failed. */
  readonly finish: readonly string[]
}

/** Where programs are looked for when nothing else was said. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The parent of a container's process, as containerd's shim is: it outlives the agent, waits for the process and writes
 * down how it ended. Only a parent can wait, so there has to be one for each container; a POSIX shell and two `cat`s cost
 * about a third of a MB in all, a process of Node's 40 MB.
 *
 * The container writes into pipes, which the `cat`s copy into files. It does not get the files themselves, because a
 * script's `echo >/dev/stderr` opens what it has anew, and would cut a file off. The shell holds the reading ends too, so
 * that a `cat` that dies of a full disk makes the container wait, not die of SIGPIPE, and nothing is lost. A pipe is opened for both first, as
 * opening one end alone waits for the other.
 *
 * The container's process is in a session of its own by setsid(1), which is exec'd like all that comes after it, so that
 * its parent is the shell and nothing else; where there is no setsid, `set -m` gives it a process group of its own. It
 * takes its pipes itself: what the shell says of a process that was killed must not come into its log.
 */
const supervise = `
cd "$1" || exit 125
boot=$2 finish=$3
shift 3
exec 9>&1 1>/dev/null
if command -v setsid >/dev/null; then session=setsid; else session=; set -m; fi
mkfifo shim/stdout shim/stderr || exit 125
exec 5<>shim/stdout 6<>shim/stderr
exec 3<shim/stdout 4<shim/stderr 7>shim/stdout 8>shim/stderr 5>&- 6>&-
cat <&3 >>stdout 3<&- 4<&- 7>&- 8>&- 9>&- &
stdout=$!
cat <&4 >>stderr 3<&- 4<&- 7>&- 8>&- 9>&- &
stderr=$!
$session "$@" sh -s "$boot" "$stdout" "$stderr" 3<&- 4<&- 2>shim/failure
code=$?
{ read -r boot && read -r pid rest; } <started && kill -s KILL -- "-$pid"
reason=
eval "$finish"
if [ "$code" = 0 ]; then reason=; fi
echo "$code $reason" >shim/exit && mv shim/exit exit
exec 7>&- 8>&- 9>&-
wait "$stdout" || cat <&3 >>stdout
wait "$stderr" || cat <&4 >>stderr
: >drained
exit "$code"
`

/**
 * Starts a shim. It says a line on its stdout when the container's process is about to run and `started` is there; when
 * it ends without having said so, nothing was run. What is secret in the environment is in no argument of the shim.
 */
export function startShim(launch: Launch): ChildProcess {
  const { folder, bootId, enter, finish } = launch
  const shim = spawn('sh', ['-c', supervise, 'shim', folder, bootId, finish.join('\n'), ...enter], {
    detached: true,
    cwd: '/',
    env: { PATH: defaultPath },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  // A shim that ends before it has read all is told by its end.
  shim.stdin?.on('error', () => shim.stdin?.destroy())
  shim.stdin?.end(becomeContainer(launch))
  return shim
}

/** Copies a pipe of a container again after its `cat` has died. The number of the new one; undefined when there is none. */
export function startCopier(pipe: string, file: string): number | undefined {
  const copier = spawn('sh', ['-c', 'exec cat <"$0" >>"$1"', pipe, file], {
    detached: true,
    env: { PATH: defaultPath },
    stdio: 'ignore',
  })
  copier.on('error', () => copier.unref())
  copier.unref()
  return copier.pid
}

/**
 * The script by which a process becomes the container's. It writes down who it is before it does, in one step that fails
 * when somebody has given the run up (`ln`); the braces let a shell that got only a part of the script do nothing.
 * `env -i` takes names that a shell cannot hold in a variable, such as \`spring.profiles.active\`.
 */
function becomeContainer({ command, env, workingDir, prepare }: Launch): string {
  const words = [...[...env].map(([name, value]) => `${name}=${value}`), ...command]
  return `{
${prepare.map((line) => `{ ${line}\n} >&2 || exit 126\n`).join('')}exec >&7 2>&8 7>&- 8>&-
identify() { if read -r stat </proc/"$1"/stat; then echo "$stat"; else echo "$1"; fi 2>/dev/null; }
{ echo "$1"; for pid in $$ $PPID "$2" "$3"; do identify "$pid"; done; } >shim/started && ln shim/started started &&
cd -- ${shellWord(workingDir)} && trap '' PIPE && { echo started >&9 || :; } 2>/dev/null && trap - PIPE &&
exec env -i -- ${words.map(shellWord).join(' ')} </dev/null 9>&-
exit 125
}
`
}
