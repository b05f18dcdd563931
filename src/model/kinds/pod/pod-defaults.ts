import type { PodTemplateSpec } from '../pod-template.ts'
import type { Container, EphemeralContainer } from './container.ts'
import { pullPolicyOf } from './image.ts'
import { defaultPodResources } from './pod-resources.ts'
import type { PodSpec } from './pod-spec.ts'
import type { Volume } from './volume.ts'

/**
 * The defaults that a template gets (Kubernetes `SetDefaults_PodSpec` and what it calls), beyond those of the schema.
 * What has them already is returned as it is, and what does not change is shared.
 */
export function defaultTemplate(template: PodTemplateSpec): PodTemplateSpec {
  const spec = defaultTemplateSpec(template.spec)
  return spec === template.spec ? template : { ...template, spec }
}

/**
 * The defaults that a pod gets (Kubernetes `SetDefaults_Pod`): those of a template, requests from limits, the host ports
 * of `hostNetwork`, service links. Applied twice, it changes nothing more.
 */
export function defaultPodSpec(given: PodSpec): PodSpec {
  const spec = defaultTemplateSpec(given)
  const ofPod = spec.hostNetwork === true ? (one: Container) => withHostPorts(withRequests(one)) : withRequests
  return withServiceLinks(
    defaultPodResources(
      changed(spec, {
        containers: mapShared(spec.containers, ofPod),
        initContainers: spec.initContainers && mapShared(spec.initContainers, ofPod),
      }),
    ),
  )
}

function defaultTemplateSpec(spec: PodSpec): PodSpec {
  return changed(withServiceAccount(spec), {
    containers: mapShared(spec.containers, withPullPolicy),
    initContainers: spec.initContainers && mapShared(spec.initContainers, withPullPolicy),
    ephemeralContainers: spec.ephemeralContainers && mapShared(spec.ephemeralContainers, withPullPolicy),
    volumes: spec.volumes && mapShared(spec.volumes, withSource),
  })
}

function withPullPolicy<Of extends Container | EphemeralContainer>(container: Of): Of {
  if (container.imagePullPolicy !== undefined) return container
  return { ...container, imagePullPolicy: pullPolicyOf(container.image) }
}

/** A volume without a source is an empty folder. */
function withSource(volume: Volume): Volume {
  const hasSource = Object.entries(volume).some(([field, source]) => field !== 'name' && source !== undefined)
  if (!hasSource) return { ...volume, emptyDir: {} }
  const { image } = volume
  if (image === undefined || image.pullPolicy !== undefined) return volume
  return { ...volume, image: { ...image, pullPolicy: pullPolicyOf(image.reference ?? '') } }
}

function withRequests(container: Container): Container {
  const { limits, requests } = container.resources ?? {}
  if (limits === undefined) return container
  const isComplete = requests !== undefined && Object.keys(limits).every((name) => name in requests)
  if (isComplete) return container
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } }
}

function withHostPorts(container: Container): Container {
  if (container.ports === undefined) return container
  const ports = mapShared(container.ports, (port) => (port.hostPort ? port : { ...port, hostPort: port.containerPort }))
  return ports === container.ports ? container : { ...container, ports }
}

function withServiceLinks(spec: PodSpec): PodSpec {
  return spec.enableServiceLinks === undefined ? { ...spec, enableServiceLinks: true } : spec
}

/** Both names of the service account hold the same (Kubernetes' conversion of v1 pods). */
function withServiceAccount(spec: PodSpec): PodSpec {
  const name = spec.serviceAccountName || spec.serviceAccount
  if (!name || (spec.serviceAccountName === name && spec.serviceAccount === name)) return spec
  return { ...spec, serviceAccountName: name, serviceAccount: name }
}

/** The spec with these fields; the same spec when they are what they were. */
function changed(spec: PodSpec, fields: Partial<PodSpec>): PodSpec {
  const entries = Object.entries(fields) as [keyof PodSpec, unknown][]
  const news = entries.filter(([name, value]) => value !== undefined && value !== spec[name])
  return news.length === 0 ? spec : { ...spec, ...Object.fromEntries(news) }
}

/** As `map`, but the list itself when no element changes. */
function mapShared<Element>(list: readonly Element[], map: (element: Element) => Element): Element[] {
  const mapped = list.map(map)
  return mapped.every((element, index) => element === list[index]) ? (list as Element[]) : mapped
}
