import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { ifPresent } from '../../if-present.ts'
import { messageOf } from '../../log.ts'
import type { ContainerExit } from '../containers/container-engine.ts'
import type { LatestRun } from './pod-folder.ts'

/** Bytes of a termination message, of a file and of a log, and lines of a log (kubelet pkg/kubelet/container). */
const fileBytesMax = 4096
const logBytesMax = 2048
const logLinesMax = 80
/** How much of a log is read for its last lines: each has a time and a stream before its text. */
const logBytesRead = 64 * 1024

/** Where the last words of a run are looked for. */
interface LastWords {
  readonly container: Container
  readonly exitCode: number
  /** The file that the container was given for them. */
  readonly file: string
  readonly logFile: string
}

/** Tells an end together with what the container of a run has left as its last words. */
export function lastWords(pod: Pod, run: Pick<LatestRun, 'container' | 'folder' | 'logFile'>) {
  const { initContainers = [], containers } = pod.spec
  const container = [...initContainers, ...containers].find(({ name }) => name === run.container)
  return (exit: ContainerExit): ContainerExit => {
    if (container === undefined) return exit
    const { folder, logFile } = run
    const words = terminationMessage({ container, exitCode: exit.exitCode, file: folder.terminationLog, logFile })
    const message = [exit.message, words].filter(Boolean).join(': ')
    return message === '' ? exit : { ...exit, message }
  }
}

/** The termination message of a run (kubelet `getTerminationMessage`): its file, or if the policy says so the end of its log; empty for none. */
function terminationMessage({ container, exitCode, file, logFile }: LastWords): string {
  try {
    const text = endOf(file, fileBytesMax)
    const isLogWanted = container.terminationMessagePolicy === 'FallbackToLogsOnError' && exitCode !== 0
    return text === '' && isLogWanted ? lastLines(endOf(logFile, logBytesRead)) : text
  } catch (error) {
    return `Error on reading termination log ${file}: ${messageOf(error)}`
  }
}

/** The text of the last lines of a log, each without its time, stream and tag. */
function lastLines(log: string): string {
  const lines = log.split('\n').slice(0, -1).slice(-logLinesMax)
  const text = lines.map((line) => {
    const [, , tag, ...words] = line.split(' ')
    return `${words.join(' ')}${tag === 'P' ? '' : '\n'}`
  })
  return endOfText(text.join(''), logBytesMax)
}

function endOfText(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text)
  return bytes.subarray(Math.max(0, bytes.length - bytesMax)).toString()
}

function endOf(file: string, bytesMax: number): string {
  const descriptor = ifPresent(() => openSync(file, 'r'), null)
  if (descriptor === null) return ''
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(size, bytesMax))
    const read = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length)
    return bytes.subarray(0, read).toString()
  } finally {
    closeSync(descriptor)
  }
}
