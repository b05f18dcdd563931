import type { EventReport } from '../../src/commands/event-inbox.ts'
import { partOf, shapeOf } from '../../src/model/field-shape.ts'
import { definitionOf } from '../../src/model/kinds.ts'
import { forAgents } from '../access.ts'
import type { Toolbox } from '../kind-types.ts'
import { assertBatch } from './agent.ts'

/** The door of the node agents for Kubernetes Events. */
export function addAgentEvents({ builder, shapes }: Toolbox): void {
  const severity = shapes.inputType(partOf(shapeOf(definitionOf('Event').body), 'type'))
  const report = builder.inputType('EventReport', {
    description:
      'What a node agent tells that has happened to a pod; the same uid again is the same event, counted on.',
    fields: (t) => ({
      uid: t.id({ required: true, description: 'The event, as a UUID.' }),
      nodeName: t.string({ required: true, description: 'The machine.' }),
      podUid: t.id({ required: true, description: 'The pod.' }),
      namespace: t.string({ required: true, description: 'Its namespace.' }),
      podName: t.string({ required: true, description: 'Its name.' }),
      type: t.field({ type: severity as never, required: true, description: 'Whether it is a warning.' }),
      reason: t.string({ required: true, description: 'What happened, in one CamelCase word.' }),
      message: t.string({ required: true, description: 'What happened, in a sentence.' }),
      component: t.string({ required: true, description: 'The part of the agent that tells it.' }),
      count: t.int({ required: true, description: 'How often it has happened.' }),
      firstTimestamp: t.field({ type: 'DateTime', required: true, description: 'When it first happened.' }),
      lastTimestamp: t.field({ type: 'DateTime', required: true, description: 'When it last happened.' }),
    }),
  })
  builder.mutationField('reportEvents', (t) =>
    t.int({
      extensions: forAgents,
      description:
        'For node agents: Kubernetes Events about their pods. Answers with how many were taken, before they are written.',
      args: { events: t.arg({ type: [report], required: true, description: 'The events.' }) },
      resolve: (_, { events }, context) => {
        assertBatch('events', events)
        return context.events.take(events as readonly EventReport[], context.now())
      },
    }),
  )
}
