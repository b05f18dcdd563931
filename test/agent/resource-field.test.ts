import { expect, it } from 'vitest'
import { resourceField } from '../../src/agent/resource-field.ts'
import { pod } from './support/pod.ts'

const resources = { limits: { cpu: '1500m', memory: '100Mi' }, requests: { cpu: '250m', memory: '1500' } }
const subject = pod('p', {
  containers: [
    { name: 'main', image: 'i', resources },
    { name: 'free', image: 'i' },
  ],
})
const allocatable = { cpu: '4', memory: '1Gi', 'ephemeral-storage': '10Gi' }

it.each([
  ['limits.cpu', 'main', undefined, '2'],
  ['limits.cpu', 'main', '1m', '1500'],
  ['requests.cpu', 'main', '1', '1'],
  ['requests.cpu', 'main', '0', '1'],
  ['limits.memory', 'main', undefined, '104857600'],
  ['limits.memory', 'main', '1Mi', '100'],
  ['requests.memory', 'main', '1k', '2'],
  ['limits.cpu', 'free', undefined, '4'],
  ['limits.memory', 'free', '1Gi', '1'],
  ['limits.ephemeral-storage', 'free', '1Gi', '10'],
  ['requests.memory', 'free', undefined, '0'],
  ['limits.hugepages-2Mi', 'free', undefined, '0'],
])('%s of the container %s in units of %s is %s', (resource, container, divisor, value) => {
  const selector = { resource, ...(divisor === undefined ? {} : { divisor }) }
  expect(resourceField(selector, { pod: subject, container, allocatable })).toBe(value)
  expect(resourceField({ ...selector, containerName: container }, { pod: subject, allocatable })).toBe(value)
})

it.each([
  ['limits.disks', 'main', 'Unsupported container resource : limits.disks'],
  ['cpu', 'main', 'Unsupported container resource : cpu'],
  ['limits.cpu', 'other', 'container other not found'],
])('%s of the container %s cannot be told', (resource, container, message) => {
  expect(() => resourceField({ resource }, { pod: subject, container, allocatable })).toThrow(message)
})
