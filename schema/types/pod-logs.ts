import { findObject, targetOf } from '../../src/commands/write.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { type LogLine, parseLogLines, printLogLines } from '../../src/model/log-line.ts'
import { followPodLogs, type LogBatch, readPodLogs } from '../../src/watch/pod-logs.ts'
import type { Builder } from '../builder.ts'
import type { KindTypes } from '../kind-types.ts'

type ArgumentBuilder = Parameters<Parameters<Builder['queryField']>[1]>[0]['arg']

/** What one log may cost beside others in a query: it is read from another machine. */
const cost = 5_000

/** `Pod.logs`, a snapshot, and the subscription `podLogs`, which goes on until the container ends. */
export function addPodLogs(builder: Builder, pod: KindTypes): void {
  builder.objectField(pod.object, 'logs', (t) =>
    t.string({
      nullable: true,
      extensions: { cost, unwatchable: 'use the subscription podLogs' },
      description:
        'What a container has written, as `kubectl logs` prints it. Null with an error where that cannot be told: other pods of the same query are.',
      args: {
        ...logArguments(t.arg),
        limitBytes: t.arg.int({
          description: 'Cut off after so many bytes. Without it a log of more than 8 MiB is refused.',
        }),
      },
      resolve: (object, args, context) => readPodLogs(context, object as Pod, args),
    }),
  )
  const batch = addBatch(builder)
  builder.subscriptionField('podLogs', (t) =>
    t.field({
      type: batch,
      description:
        'What a container has written and, with `follow`, writes, in batches of at most 64 KiB. Ends when this run of the container ends. A slow reader slows only the reading of its log.',
      args: {
        namespace: t.arg.string({ defaultValue: 'default', description: 'Namespace of the pod.' }),
        name: t.arg.string({ required: true, description: 'Name of the pod.' }),
        follow: t.arg.boolean({ defaultValue: true, description: 'Go on until the container ends.' }),
        ...logArguments(t.arg),
      },
      subscribe: (_, { namespace, name, ...options }, context) =>
        followPodLogs(context, findObject(context, targetOf(pod.definition, namespace, name)) as Pod, options),
      resolve: (lines) => lines,
    }),
  )
}

function addBatch(builder: Builder) {
  const stream = builder.enumType('LogStream', {
    description: 'An output of a container.',
    values: { stdout: { description: 'Standard output.' }, stderr: { description: 'Standard error.' } } as const,
  })
  const line = builder.objectRef<LogLine>('LogLine').implement({
    description: 'One line that a container has written.',
    fields: (t) => ({
      time: t.field({
        type: 'DateTime',
        description: 'When, by the clock of its machine.',
        resolve: ({ time }) => time,
      }),
      stream: t.field({ type: stream, description: 'Where to.', resolve: (it) => it.stream }),
      text: t.exposeString('text', { description: 'The line, without its end.' }),
      partial: t.exposeBoolean('partial', {
        description: 'Whether it goes on in the next line of the same stream, since it is longer than 64 KiB.',
      }),
    }),
  })
  return builder.objectRef<LogBatch>('PodLogs').implement({
    description: 'Some lines of a log, in order.',
    fields: (t) => ({
      container: t.exposeString('container', { description: 'The container that has written them.' }),
      restartCount: t.exposeInt('restartCount', { description: 'Which run of it: how often it had been restarted.' }),
      lines: t.field({
        type: [line],
        description: 'The lines, one by one.',
        resolve: ({ text }) => parseLogLines(text),
      }),
      text: t.string({
        description: 'The same as `kubectl logs` prints them; costs less than `lines`.',
        resolve: ({ text, timestamps }) => printLogLines(text, timestamps),
      }),
    }),
  })
}

function logArguments(arg: ArgumentBuilder) {
  return {
    container: arg.string({ description: 'Which container; needed where there are several and none is the default.' }),
    tailLines: arg.int({ description: 'Only so many of the last lines.' }),
    sinceTime: arg({ type: 'DateTime', description: 'Only lines that are not older.' }),
    sinceSeconds: arg.int({ description: 'Only lines that are not older than so many seconds.' }),
    previous: arg.boolean({ defaultValue: false, description: "The container's run before the present one." }),
    timestamps: arg.boolean({ defaultValue: false, description: 'Begin each line of the text with its time.' }),
  }
}
