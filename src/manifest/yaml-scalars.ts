import type { ScalarTag, Tags } from 'yaml'

/** `0644` is a number in base eight, as file modes are written. */
const octal: ScalarTag = {
  identify: (value) => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:int',
  format: 'OCT',
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => (text.startsWith('-') ? -1 : 1) * Number.parseInt(text.replace(/^[-+]/, ''), 8),
}

/** `yes` and `on` are true, `no` and `off` false. */
const truth: ScalarTag = {
  identify: (value) => typeof value === 'boolean',
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:[Yy]es|YES|[Oo]n|ON|[Nn]o|NO|[Oo]ff|OFF)$/,
  resolve: (text) => /^(?:yes|on)$/i.test(text),
}

/**
 * YAML 1.2 with what Kubernetes' own parser has kept of YAML 1.1, so that manifests mean here what they mean there
 * (https://pkg.go.dev/sigs.k8s.io/yaml: modes such as `0644`, `yes` and `no`, merge keys).
 */
export function kubernetesTags(tags: Tags): Tags {
  return [octal, truth, ...tags]
}
