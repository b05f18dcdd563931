import { object, optional, text } from './field.ts'

/** Kubernetes `v1.ObjectReference`. */
export const objectReference = object('ObjectReference', 'Points at an object, or at a part of it.', {
  apiVersion: optional(text, 'API version of the object.'),
  kind: optional(text, 'Kind of the object.'),
  namespace: optional(text, 'Namespace of the object.'),
  name: optional(text, 'Name of the object.'),
  uid: optional(text, 'UID of the object.'),
  resourceVersion: optional(text, 'Version of the object that is meant.'),
  fieldPath: optional(text, 'Part of the object that is meant, such as `spec.containers{web}`.'),
})

/** Kubernetes `v1.LocalObjectReference`: an object of the same namespace. */
export const localObjectReference = object('LocalObjectReference', 'Names an object of the same namespace.', {
  name: optional(text, 'Name of the object.'),
})
