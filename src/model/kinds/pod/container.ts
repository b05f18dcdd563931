import type { z } from 'zod'
import {
  defaulted,
  flag,
  int32,
  list,
  object,
  oneOf,
  optional,
  pointerToOneOf,
  required,
  text,
  textOr,
} from '../field.ts'
import { envFromSource, envVar } from './environment.ts'
import { imagePullPolicy } from './image.ts'
import { lifecycle, probe } from './probe.ts'
import { containerResizePolicy, resourceRequirements } from './resources.ts'
import { securityContext } from './security-context.ts'
import { volumeDevice, volumeMount } from './volume-mount.ts'

const containerPort = object('ContainerPort', 'A port that a container listens on.', {
  name: optional(text, 'Name by which probes and services may call the port; unique in the pod.'),
  containerPort: required(int32, 'Number of the port in the container, 1 to 65535.'),
  hostPort: optional(int32, 'Number of a port of the node that leads here; the same number with `hostNetwork`.'),
  hostIP: optional(text, 'Address of the node that `hostPort` is opened on; all when absent.'),
  protocol: defaulted(oneOf('Protocol', 'A transport protocol.', ['TCP', 'UDP', 'SCTP']), 'TCP', 'Its protocol.'),
})

const containerRestartRule = object('ContainerRestartRule', 'What happens after certain exits of a container.', {
  action: required(
    oneOf('ContainerRestartRuleAction', 'What happens after an exit.', ['Restart', 'RestartAllContainers']),
    'What happens.',
  ),
  exitCodes: optional(
    object('ContainerRestartRuleOnExitCodes', 'A condition on an exit code.', {
      operator: required(
        oneOf('ContainerRestartRuleOnExitCodesOperator', 'How an exit code is compared.', ['In', 'NotIn']),
        'How the exit code is compared.',
      ),
      values: optional(list(int32), 'Exit codes to compare with.'),
    }),
    'The exits that are meant, by their exit codes.',
  ),
})

/** The fields that containers and ephemeral containers have in common. */
const containerFields = {
  name: required(text, 'Name, unique in the pod; a DNS label.'),
  image: required(text, 'Name of the image.'),
  command: optional(list(text), 'Program that is run, instead of the entry point of the image. `$(NAME)` is expanded.'),
  args: optional(list(text), 'Arguments, instead of those of the image. `$(NAME)` is expanded.'),
  workingDir: optional(text, 'Folder that the program starts in; that of the image when absent.'),
  ports: optional(list(containerPort), 'Ports that the container listens on.'),
  envFrom: optional(list(envFromSource), 'Environment variables from ConfigMaps and Secrets; `env` wins over them.'),
  env: optional(list(envVar), 'Environment variables.'),
  resources: optional(resourceRequirements, 'What is reserved for the container, and what it may use.'),
  resizePolicy: optional(list(containerResizePolicy), 'Whether a change of resources restarts the container.'),
  restartPolicy: optional(
    pointerToOneOf('ContainerRestartPolicy', 'When a container is started again.', ['Always', 'OnFailure', 'Never']),
    'When it is started again, instead of what the pod says. `Always` makes an init container a sidecar.',
  ),
  restartPolicyRules: optional(list(containerRestartRule), 'What happens after certain exits; the first that fits.'),
  volumeMounts: optional(list(volumeMount), 'Volumes that are mounted.'),
  volumeDevices: optional(list(volumeDevice), 'Raw devices that are given to the container.'),
  livenessProbe: optional(probe, 'Checks that the container lives; its failure restarts the container.'),
  readinessProbe: optional(probe, 'Checks that the container can serve; its failure takes it out of services.'),
  startupProbe: optional(probe, 'Checks that the container has started; until then no other probe runs.'),
  lifecycle: optional(lifecycle, 'What is done after the start and before the end.'),
  terminationMessagePath: textOr('/dev/termination-log', 'File for a last message, in the container.'),
  terminationMessagePolicy: defaulted(
    oneOf('TerminationMessagePolicy', 'Where a last message is looked for.', ['File', 'FallbackToLogsOnError']),
    'File',
    'Whether the end of the log is taken when a failed container left no message.',
  ),
  imagePullPolicy: optional(
    imagePullPolicy,
    'When the image is pulled; Always for the tag `latest`, else IfNotPresent.',
  ),
  securityContext: optional(securityContext, 'Security settings of the container.'),
  stdin: optional(flag, 'Whether standard input is kept open.'),
  stdinOnce: optional(flag, 'Whether standard input is closed after the first client has left.'),
  tty: optional(flag, 'Whether the container gets a terminal.'),
}

/** Kubernetes `v1.Container`. */
export const container = object('Container', 'A program that runs in a pod.', containerFields)

/** Kubernetes `v1.EphemeralContainer`: added to a running pod to look into it. */
export const ephemeralContainer = object('EphemeralContainer', 'A container that is added to a running pod.', {
  ...containerFields,
  targetContainerName: optional(text, 'Container whose processes it can see.'),
})

export type Container = z.infer<typeof container>
export type ContainerPort = z.infer<typeof containerPort>
export type EphemeralContainer = z.infer<typeof ephemeralContainer>
