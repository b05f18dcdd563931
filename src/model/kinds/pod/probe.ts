import type { z } from 'zod'
import {
  defaulted,
  int32,
  int32Or,
  int64,
  intOrText,
  list,
  object,
  oneOf,
  optional,
  required,
  text,
  textOr,
} from '../field.ts'

const execAction = object('ExecAction', 'Runs a command in the container.', {
  command: optional(list(text), 'Program and arguments; no shell is put around them. Exit code 0 is success.'),
})

const httpHeader = object('HTTPHeader', 'A header of an HTTP request.', {
  name: required(text, 'Name of the header.'),
  value: defaulted(text, '', 'Value of the header.'),
})

const httpGetAction = object('HTTPGetAction', 'Sends an HTTP GET request; 200 to 399 is success.', {
  path: textOr('/', 'Path that is asked for.'),
  port: required(intOrText, 'Number or name of a port of the container.'),
  host: optional(text, 'Host to connect to; the address of the pod when absent.'),
  scheme: defaulted(oneOf('URIScheme', 'Plain or encrypted HTTP.', ['HTTP', 'HTTPS']), 'HTTP', 'Plain or encrypted.'),
  httpHeaders: optional(list(httpHeader), 'Headers of the request; a name may come more than once.'),
})

const tcpSocketAction = object('TCPSocketAction', 'Opens a TCP connection; that it opens is success.', {
  port: required(intOrText, 'Number or name of a port of the container.'),
  host: optional(text, 'Host to connect to; the address of the pod when absent.'),
})

const grpcAction = object('GRPCAction', 'Calls the gRPC health check.', {
  port: required(int32, 'Number of the port.'),
  service: defaulted(text, '', 'Name of the service that is asked about; empty for the server as a whole.'),
})

const sleepAction = object('SleepAction', 'Waits.', {
  seconds: required(int64, 'How long, in seconds.'),
})

/** Kubernetes `v1.Probe`: exactly one of exec, httpGet, tcpSocket and grpc, and when it is tried. */
export const probe = object('Probe', 'A check that is made again and again while a container runs.', {
  exec: optional(execAction, 'Checks by a command in the container.'),
  httpGet: optional(httpGetAction, 'Checks by an HTTP request.'),
  tcpSocket: optional(tcpSocketAction, 'Checks by a TCP connection.'),
  grpc: optional(grpcAction, 'Checks by the gRPC health protocol.'),
  initialDelaySeconds: optional(int32, 'Seconds from the start of the container to the first check.'),
  timeoutSeconds: int32Or(1, 'Seconds after which a check has failed.'),
  periodSeconds: int32Or(10, 'Seconds from one check to the next.'),
  successThreshold: int32Or(1, 'Successes in a row that turn a failure into success.'),
  failureThreshold: int32Or(3, 'Failures in a row that turn success into failure.'),
  terminationGracePeriodSeconds: optional(
    int64,
    'Seconds to end gracefully after a failure, instead of those of the pod.',
  ),
})

const lifecycleHandler = object('LifecycleHandler', 'What is done at a moment in the life of a container.', {
  exec: optional(execAction, 'Runs a command in the container.'),
  httpGet: optional(httpGetAction, 'Sends an HTTP request.'),
  tcpSocket: optional(tcpSocketAction, 'Not supported any more; kept so that old manifests are understood.'),
  sleep: optional(sleepAction, 'Waits.'),
})

/** Kubernetes `v1.Lifecycle`. */
export const lifecycle = object('Lifecycle', 'What is done when a container has started and before it is stopped.', {
  postStart: optional(
    lifecycleHandler,
    'Done at once after the container has been created; its failure kills the container.',
  ),
  preStop: optional(lifecycleHandler, 'Done before the container is asked to end; it counts into the grace period.'),
  stopSignal: optional(text, 'Signal that asks the container to end, instead of the one that its image names.'),
})

export type Probe = z.infer<typeof probe>
export type LifecycleHandler = z.infer<typeof lifecycleHandler>
