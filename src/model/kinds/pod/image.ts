import { oneOf } from '../field.ts'

/** Kubernetes `v1.PullPolicy`. */
export const imagePullPolicy = oneOf('PullPolicy', 'When an image is pulled.', ['Always', 'IfNotPresent', 'Never'])

/** The policy of an image that has none: Always for the tag `latest`, or no tag and no digest, else IfNotPresent. */
export function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  return tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent'
}

/** The tag of an image; `latest` where neither tag nor digest is written, empty where there is none or it is no name. */
function tagOf(image: string): string {
  const parts = reference.exec(image)
  if (parts === null) return ''
  const [, tag, digest] = parts
  return tag ?? (digest === undefined ? 'latest' : '')
}

const host = String.raw`(?:[a-zA-Z0-9]+(?:[.-]+[a-zA-Z0-9]+)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
const component = String.raw`[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*`
/** The grammar of github.com/distribution/reference. */
const reference = new RegExp(
  String.raw`^(?:${host}/)?${component}(?:/${component})*(?::(\w[\w.-]{0,127}))?(?:@([A-Za-z][\w+.-]*:[0-9a-fA-F]{32,}))?$`,
)
