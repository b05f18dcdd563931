import type { z } from 'zod'
import { flag, object, optional, quantity, required, text, textOr } from '../field.ts'

/** Kubernetes `v1.ObjectFieldSelector`. */
export const objectFieldSelector = object('ObjectFieldSelector', 'Chooses a field of the pod.', {
  apiVersion: textOr('v1', 'Version of the schema that the path is written for.'),
  fieldPath: required(text, "Path of the field, such as `metadata.name` or `metadata.labels['app']`."),
})

/** Kubernetes `v1.ResourceFieldSelector`. */
export const resourceFieldSelector = object('ResourceFieldSelector', 'Chooses a limit or a request of a container.', {
  containerName: optional(text, 'Name of the container; required in volumes.'),
  resource: required(text, 'What is chosen, such as `limits.cpu`.'),
  divisor: optional(quantity, 'Unit in which the value is told; 1 when absent.'),
})

const configMapKeySelector = object('ConfigMapKeySelector', 'Chooses a key of a ConfigMap.', {
  name: optional(text, 'Name of the ConfigMap.'),
  key: required(text, 'Key to take.'),
  optional: optional(flag, 'Whether the ConfigMap or its key may be missing.'),
})

const secretKeySelector = object('SecretKeySelector', 'Chooses a key of a Secret.', {
  name: optional(text, 'Name of the Secret.'),
  key: required(text, 'Key to take.'),
  optional: optional(flag, 'Whether the Secret or its key may be missing.'),
})

const fileKeySelector = object('FileKeySelector', 'Chooses a variable from a file in a volume of the pod.', {
  volumeName: required(text, 'Name of the volume.'),
  path: required(text, 'Path of the file in the volume.'),
  key: required(text, 'Name of the variable in the file.'),
  optional: optional(flag, 'Whether the file or the variable may be missing.'),
})

const envVarSource = object('EnvVarSource', 'Where the value of an environment variable comes from; exactly one.', {
  fieldRef: optional(objectFieldSelector, 'A field of the pod.'),
  resourceFieldRef: optional(resourceFieldSelector, 'A limit or a request of a container.'),
  configMapKeyRef: optional(configMapKeySelector, 'A key of a ConfigMap.'),
  secretKeyRef: optional(secretKeySelector, 'A key of a Secret.'),
  fileKeyRef: optional(fileKeySelector, 'A variable in a file.'),
})

/** Kubernetes `v1.EnvVar`. */
export const envVar = object('EnvVar', 'An environment variable.', {
  name: required(text, 'Name of the variable.'),
  value: optional(text, 'Its value. `$(NAME)` stands for the variable NAME that was set before, `$$` for one `$`.'),
  valueFrom: optional(envVarSource, 'Where its value comes from, instead of `value`.'),
})

const configMapEnvSource = object('ConfigMapEnvSource', 'All keys of a ConfigMap as environment variables.', {
  name: optional(text, 'Name of the ConfigMap.'),
  optional: optional(flag, 'Whether the ConfigMap may be missing.'),
})

const secretEnvSource = object('SecretEnvSource', 'All keys of a Secret as environment variables.', {
  name: optional(text, 'Name of the Secret.'),
  optional: optional(flag, 'Whether the Secret may be missing.'),
})

/** Kubernetes `v1.EnvFromSource`. */
export const envFromSource = object('EnvFromSource', 'Many environment variables from one source.', {
  prefix: optional(text, 'Put before each key.'),
  configMapRef: optional(configMapEnvSource, 'The ConfigMap to take.'),
  secretRef: optional(secretEnvSource, 'The Secret to take.'),
})

export type EnvVar = z.infer<typeof envVar>
export type EnvFromSource = z.infer<typeof envFromSource>
export type ObjectFieldSelector = z.infer<typeof objectFieldSelector>
export type ResourceFieldSelector = z.infer<typeof resourceFieldSelector>
