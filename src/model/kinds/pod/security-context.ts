import type { z } from 'zod'
import { defaulted, flag, int64, list, object, oneOf, optional, pointerToOneOf, required, text } from '../field.ts'

const capabilities = object('Capabilities', 'Linux capabilities that a container has more or fewer than usual.', {
  add: optional(list(text), 'Capabilities that are added.'),
  drop: optional(list(text), 'Capabilities that are taken away.'),
})

const seLinuxOptions = object('SELinuxOptions', 'The SELinux label of a process.', {
  user: optional(text, 'User part of the label.'),
  role: optional(text, 'Role part of the label.'),
  type: optional(text, 'Type part of the label.'),
  level: optional(text, 'Level part of the label.'),
})

const windowsOptions = object('WindowsSecurityContextOptions', 'Security settings for Windows.', {
  gmsaCredentialSpecName: optional(text, 'Name of the GMSA credential spec.'),
  gmsaCredentialSpec: optional(text, 'The GMSA credential spec itself.'),
  runAsUserName: optional(text, 'User that runs the process.'),
  hostProcess: optional(flag, 'Whether the container runs as a process of the host; the same for all of a pod.'),
})

const seccompProfile = object('SeccompProfile', 'Which system calls are allowed.', {
  type: required(
    oneOf('SeccompProfileType', 'Kind of a seccomp profile.', ['Unconfined', 'RuntimeDefault', 'Localhost']),
    'Kind of the profile.',
  ),
  localhostProfile: optional(
    text,
    'File of the profile, relative to the place for them on the node; for Localhost only.',
  ),
})

const appArmorProfile = object('AppArmorProfile', 'The AppArmor profile of a process.', {
  type: required(
    oneOf('AppArmorProfileType', 'Kind of an AppArmor profile.', ['Unconfined', 'RuntimeDefault', 'Localhost']),
    'Kind of the profile.',
  ),
  localhostProfile: optional(text, 'Name of a profile that is loaded on the node; for Localhost only.'),
})

const sysctl = object('Sysctl', 'A kernel parameter.', {
  name: required(text, 'Name of the parameter.'),
  value: defaulted(text, '', 'Value of the parameter.'),
})

/** Kubernetes `v1.SecurityContext`: for one container; it wins over what the pod says. */
export const securityContext = object('SecurityContext', 'Security settings of one container.', {
  capabilities: optional(capabilities, 'Capabilities that are added or taken away.'),
  privileged: optional(flag, 'Whether the container has the rights of root on the host.'),
  seLinuxOptions: optional(seLinuxOptions, 'SELinux label of the container.'),
  windowsOptions: optional(windowsOptions, 'Settings for Windows.'),
  runAsUser: optional(int64, 'User ID of the process.'),
  runAsGroup: optional(int64, 'Primary group ID of the process.'),
  runAsNonRoot: optional(flag, 'Whether to refuse to run as user 0.'),
  readOnlyRootFilesystem: optional(flag, 'Whether the root file system cannot be written.'),
  allowPrivilegeEscalation: optional(flag, 'Whether a process may gain more rights than its parent.'),
  procMount: optional(
    pointerToOneOf('ProcMountType', 'How /proc is mounted.', ['Default', 'Unmasked']),
    'How /proc is mounted.',
  ),
  seccompProfile: optional(seccompProfile, 'System calls that the container may make.'),
  appArmorProfile: optional(appArmorProfile, 'AppArmor profile of the container.'),
})

/** Kubernetes `v1.PodSecurityContext`: for all containers of a pod. */
export const podSecurityContext = object('PodSecurityContext', 'Security settings of all containers of a pod.', {
  seLinuxOptions: optional(seLinuxOptions, 'SELinux label of all containers.'),
  windowsOptions: optional(windowsOptions, 'Settings for Windows.'),
  runAsUser: optional(int64, 'User ID of the processes.'),
  runAsGroup: optional(int64, 'Primary group ID of the processes.'),
  runAsNonRoot: optional(flag, 'Whether to refuse to run as user 0.'),
  supplementalGroups: optional(list(int64), 'Further groups of the processes.'),
  supplementalGroupsPolicy: optional(
    pointerToOneOf('SupplementalGroupsPolicy', 'Which further groups a process gets.', ['Merge', 'Strict']),
    'Whether groups that the image gives the user count too.',
  ),
  fsGroup: optional(int64, 'Group that owns the files of volumes.'),
  fsGroupChangePolicy: optional(
    pointerToOneOf('PodFSGroupChangePolicy', 'When the owner of files in volumes is changed.', [
      'OnRootMismatch',
      'Always',
    ]),
    'When the owner of files in volumes is changed to `fsGroup`.',
  ),
  sysctls: optional(list(sysctl), 'Kernel parameters of the pod.'),
  seccompProfile: optional(seccompProfile, 'System calls that the containers may make.'),
  appArmorProfile: optional(appArmorProfile, 'AppArmor profile of the containers.'),
  seLinuxChangePolicy: optional(
    pointerToOneOf('PodSELinuxChangePolicy', 'How volumes get their SELinux label.', ['Recursive', 'MountOption']),
    'How volumes get their SELinux label.',
  ),
})

export type SecurityContext = z.infer<typeof securityContext>
export type SeccompProfile = z.infer<typeof seccompProfile>
