import { isErrorCode, Refusal } from '../../src/model/errors.ts'
import type { LogRequest } from '../../src/model/log-request.ts'
import type { LogRequests } from '../../src/watch/log-relay.ts'
import { forAgents } from '../access.ts'
import type { Builder } from '../builder.ts'
import { assertBatch } from './agent.ts'

const pieceLengthMax = 1024 ** 2

/** The door of the node agents for logs: what they are asked for, and where they hand it over. */
export function addAgentLogs(builder: Builder): void {
  addRequests(builder)
  addSending(builder)
}

function addRequests(builder: Builder): void {
  const request = builder.objectRef<LogRequest>('LogRequest').implement({
    description: 'A log that somebody wants to read: that of one run of one container.',
    fields: (t) => ({
      id: t.id({ description: 'What its pieces are sent under.', resolve: ({ id }) => id }),
      pod: t.field({ type: 'JSON', description: 'The pod.', resolve: ({ pod }) => pod }),
      container: t.exposeString('container', { description: 'Name of the container.' }),
      restartCount: t.exposeInt('restartCount', { description: 'Which run of it.' }),
      follow: t.exposeBoolean('follow', { description: 'Whether to go on until the run ends.' }),
      tailLines: t.int({
        nullable: true,
        description: 'Only so many of the last lines.',
        resolve: ({ tailLines }) => tailLines ?? null,
      }),
      sinceTime: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Of these, only lines that are not older.',
        resolve: ({ sinceTime }) => sinceTime ?? null,
      }),
    }),
  })
  const batch = builder.objectRef<LogRequests>('LogRequests').implement({
    description: 'What a node agent has to do for those who read logs.',
    fields: (t) => ({
      requests: t.field({ type: [request], description: 'Begin these.', resolve: ({ requests }) => [...requests] }),
      cancelled: t.idList({ description: 'Stop these: their reader has gone.', resolve: (it) => [...it.cancelled] }),
    }),
  })
  builder.subscriptionField('logRequests', (t) =>
    t.field({
      type: batch,
      extensions: forAgents,
      description: 'For node agents: the logs of pods on some machines that somebody wants to read.',
      args: { nodeNames: t.arg.stringList({ required: true, description: 'The machines.' }) },
      subscribe: (_, { nodeNames }, context) => {
        assertBatch('nodeNames', nodeNames)
        return context.logs.listen(nodeNames, context.signal?.())
      },
      resolve: (requests) => requests,
    }),
  )
}

function addSending(builder: Builder): void {
  const fault = builder.inputType('LogFault', {
    description: 'Why a log cannot be read.',
    fields: (t) => ({
      code: t.string({ required: true, description: 'One of the codes that errors have in `extensions.code`.' }),
      message: t.string({ required: true, description: 'Why, in a sentence.' }),
    }),
  })
  builder.mutationField('sendLogs', (t) =>
    t.boolean({
      extensions: forAgents,
      description:
        'For node agents: the next lines of a log. Answers when the reader has taken them, with whether it wants more.',
      args: {
        id: t.arg.id({ required: true, description: 'The request.' }),
        nodeName: t.arg.string({ required: true, description: "The pod's machine." }),
        text: t.arg.string({
          defaultValue: '',
          description:
            "Lines as `TIME stdout|stderr F|P TEXT` (the CRI's format), some 64 KiB at a time and never more than 1 MiB.",
        }),
        done: t.arg.boolean({ defaultValue: false, description: 'These are the last.' }),
        error: t.arg({ type: fault, description: 'There are none: why.' }),
      },
      resolve: (_, { id, nodeName, text, done, error }, { logs }) =>
        logs.send({
          id,
          nodeName,
          text: withinPiece(text ?? ''),
          done: done ?? false,
          error:
            error == null
              ? undefined
              : new Refusal(isErrorCode(error.code) ? error.code : 'UNAVAILABLE', error.message),
        }),
    }),
  )
}

/** What a piece holds waits in the server for its reader. */
function withinPiece(text: string): string {
  if (text.length <= pieceLengthMax) return text
  const message = `Too long: must have at most ${pieceLengthMax} characters`
  throw new Refusal('INVALID', `text: ${message}`, {
    causes: [{ field: 'text', reason: 'FieldValueTooLong', message }],
  })
}
