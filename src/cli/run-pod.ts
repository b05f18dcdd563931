import type { PodManifest, schema } from '../client/index.ts'
import { UsageError } from './failure.ts'
import { parseMetadataChange } from './metadata-change.ts'

/** The flags of `myriad run` that say what its pod is. */
export interface PodFlags {
  readonly annotations: readonly string[]
  readonly command?: boolean
  readonly env: readonly string[]
  readonly image?: string
  readonly imagePullPolicy?: string
  readonly labels?: string
  readonly port?: string
  readonly restart: string
}

/** The manifest of a pod with one container, as `kubectl run` makes it. Throws a UsageError for flags that cannot be meant. */
export function podManifest(name: string, words: readonly string[], flags: PodFlags): PodManifest {
  if (flags.image === undefined || flags.image === '') throw new UsageError('--image is required')
  const annotations = pairs(flags.annotations, '--annotations')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: flags.labels === undefined ? { run: name } : parseMetadataChange(flags.labels.split(','), 'labels').set,
      ...(flags.annotations.length > 0 && { annotations }),
    },
    spec: {
      containers: [
        {
          name,
          image: flags.image,
          ...(words.length > 0 && { [flags.command === true ? 'command' : 'args']: words }),
          ...(flags.env.length > 0 && { env: flags.env.map(variable) }),
          // The server refuses others.
          ...(flags.imagePullPolicy !== undefined && { imagePullPolicy: flags.imagePullPolicy as schema.PullPolicy }),
          ...(flags.port !== undefined && { ports: [{ containerPort: portNumber(flags.port) }] }),
        },
      ],
      restartPolicy: restartPolicy(flags.restart),
    },
  }
}

function pairs(words: readonly string[], flag: string): Readonly<Record<string, string>> {
  const fault = words.find((word) => word.indexOf('=') < 1)
  if (fault !== undefined) throw new UsageError(`${flag} must be KEY=VALUE, not "${fault}"`)
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]))
}

function variable(text: string): { readonly name: string; readonly value: string } {
  const [entry] = Object.entries(pairs([text], '--env'))
  return { name: entry?.[0] ?? '', value: entry?.[1] ?? '' }
}

function portNumber(text: string): number {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text)
  throw new UsageError(`--port must be a number from 1 to 65535, not "${text}"`)
}

function restartPolicy(text: string): schema.RestartPolicy {
  const policies = ['Always', 'OnFailure', 'Never'] as const
  const policy = text === '' ? 'Always' : policies.find((one) => one === text)
  if (policy !== undefined) return policy
  throw new UsageError(`invalid restart policy: ${text}; it must be Always, OnFailure or Never`)
}
