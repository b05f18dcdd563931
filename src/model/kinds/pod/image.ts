import { oneOf } from '../field.ts'

/** Kubernetes `v1.PullPolicy`. */
export const imagePullPolicy = oneOf('PullPolicy', 'When an image is pulled.', ['Always', 'IfNotPresent', 'Never'])

/** The policy of an image that has none: Always for the tag `latest`, or no tag and no digest, else IfNotPresent. */
export function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  return tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent'
}

/** The tag of an image; `latest` where neither tag nor digest is written, empty where there is only a digest. */
function tagOf(image: string): string {
  const digestAt = image.indexOf('@')
  const name = digestAt < 0 ? image : image.slice(0, digestAt)
  const colonAt = name.lastIndexOf(':')
  if (colonAt > name.lastIndexOf('/')) return name.slice(colonAt + 1)
  return digestAt < 0 ? 'latest' : ''
}
