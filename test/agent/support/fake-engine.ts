import type {
  AdoptedContainer,
  ContainerEngine,
  ContainerExit,
  ContainerStart,
  RunningContainer,
} from '../../../src/agent/runtimes/containers/container-engine.ts'

export interface FakeContainer {
  readonly start: ContainerStart
  readonly signals: string[]
  readonly hooks: string[]
  end(exit: ContainerExit): void
}

/** An engine whose containers live and die as the test says. */
export class FakeEngine implements ContainerEngine {
  readonly started: FakeContainer[] = []
  readonly removed: string[] = []
  /** What the next starts reject with, in order; undefined starts. */
  readonly failures: (Error | undefined)[] = []
  /** What the next openings of pods reject with, in order. */
  readonly sandboxFailures: Error[] = []
  /** The pods that have given back what they shared. */
  readonly closed: string[] = []
  /** Whether containers end with 143 as soon as they are asked to. */
  obedient = true
  /** What an earlier run has left, of whichever pod is asked for first. */
  left: AdoptedContainer[] = []
  isClosed = false
  /** What hooks exit with. */
  hookExitCode = 0
  /** Why the pods must go. */
  overused: string | undefined

  open(): Promise<void> {
    return Promise.resolve()
  }

  adopt(): AdoptedContainer[] {
    return this.left.splice(0)
  }

  close(): Promise<void> {
    this.isClosed = true
    return Promise.resolve()
  }

  openPod(): Promise<{ readonly podIP: string }> {
    const failure = this.sandboxFailures.shift()
    if (failure !== undefined) return Promise.reject(failure)
    return Promise.resolve({ podIP: '10.1.2.3' })
  }

  closePod(uid: string): void {
    this.closed.push(uid)
  }

  updatePod(): void {}

  overuse(): string | undefined {
    return this.overused
  }

  start(start: ContainerStart): Promise<RunningContainer> {
    const failure = this.failures.shift()
    if (failure !== undefined) return Promise.reject(failure)
    let end = (_exit: ContainerExit): void => {}
    const exited = new Promise<ContainerExit>((resolve) => {
      end = resolve
    })
    const container: FakeContainer = { start, signals: [], hooks: [], end }
    this.started.push(container)
    return Promise.resolve({
      release: () => {},
      exec: (command) => {
        container.hooks.push(command.join(' '))
        return Promise.resolve(this.hookExitCode)
      },
      id: `fake://${this.started.length}`,
      exited,
      signal: (name) => {
        container.signals.push(name)
        if (name === 'SIGKILL') end({ exitCode: 137 })
        else if (this.obedient) end({ exitCode: 143 })
      },
    })
  }

  async *readLog(): AsyncGenerator<string> {
    yield '2026-01-01T00:00:00.000000000Z stdout F a line\n'
  }

  removePod(uid: string): Promise<void> {
    this.removed.push(uid)
    return Promise.resolve()
  }

  removeOtherPods(): Promise<void> {
    return Promise.resolve()
  }

  get names(): string[] {
    return this.started.map(({ start }) => `${start.container.name}#${start.restartCount}`)
  }
}
