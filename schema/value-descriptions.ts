/** What the values of the kinds' enums mean, in Kubernetes' sense, by the enum's name. */
export const valueDescriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AppArmorProfileType: {
    Localhost: 'A profile that the machine has loaded.',
    RuntimeDefault: 'The profile of the container runtime.',
    Unconfined: 'No profile.',
  },
  AzureDataDiskCachingMode: { None: 'Nothing.', ReadOnly: 'What is read.', ReadWrite: 'What is read and written.' },
  AzureDataDiskKind: {
    Dedicated: 'One disk in a storage account of its own.',
    Managed: 'A managed disk.',
    Shared: 'Several disks in one storage account.',
  },
  ConditionStatus: { False: 'It does not hold.', True: 'It holds.', Unknown: 'Nobody can tell.' },
  ContainerRestartPolicy: {
    Always: 'Whenever it ends.',
    Never: 'Not at all.',
    OnFailure: 'When it ends with another exit code than 0.',
  },
  ContainerRestartRuleAction: {
    Restart: 'The container is restarted.',
    RestartAllContainers: 'All containers of the pod are restarted.',
  },
  ContainerRestartRuleOnExitCodesOperator: { In: 'One of the values.', NotIn: 'None of the values.' },
  DNSPolicy: {
    ClusterFirst: "Names of the cluster first, the machine's servers for all others.",
    ClusterFirstWithHostNet: "The same for pods on the machine's network.",
    Default: "The machine's servers.",
    None: 'Only what `dnsConfig` says.',
  },
  EventSeverity: { Normal: 'For information.', Warning: 'Something may be wrong.' },
  LabelSelectorOperator: {
    DoesNotExist: 'The label is absent.',
    Exists: 'The label is there.',
    In: 'The value is one of the values.',
    NotIn: 'The value is none of the values, or the label is absent.',
  },
  MountPropagationMode: {
    Bidirectional: 'Mounts show in both directions.',
    HostToContainer: 'Later mounts of the machine show in the container.',
    None: 'Later mounts show in neither direction.',
  },
  NamespacePhase: { Active: 'In use.', Terminating: 'Being emptied before it goes.' },
  NodeAddressType: {
    ExternalDNS: 'A DNS name outside the cluster.',
    ExternalIP: 'An address outside the cluster.',
    Hostname: 'The name of the host.',
    InternalDNS: 'A DNS name inside the cluster.',
    InternalIP: 'An address inside the cluster.',
  },
  NodeInclusionPolicy: { Honor: 'It counts.', Ignore: 'It does not count.' },
  NodeSelectorOperator: {
    DoesNotExist: 'The label is absent.',
    Exists: 'The label is there.',
    Gt: 'The value is a greater integer.',
    In: 'The value is one of the values.',
    Lt: 'The value is a lesser integer.',
    NotIn: 'The value is none of the values, or the label is absent.',
  },
  OSName: { linux: 'Linux.', windows: 'Windows.' },
  PersistentVolumeAccessMode: {
    ReadOnlyMany: 'Many machines, reading.',
    ReadWriteMany: 'Many machines, reading and writing.',
    ReadWriteOnce: 'One machine, reading and writing.',
    ReadWriteOncePod: 'One pod, reading and writing.',
  },
  PersistentVolumeMode: { Block: 'A raw block device.', Filesystem: 'A file system.' },
  PodFSGroupChangePolicy: {
    Always: 'Owner and mode are changed at every start.',
    OnRootMismatch: 'Only when those of the top folder are not so yet.',
  },
  PodPhase: {
    Failed: 'All containers have ended, one of them with a failure.',
    Pending: 'Accepted; not all containers have been set up.',
    Running: 'Bound to a machine, and a container runs.',
    Succeeded: 'All containers have ended with success.',
    Unknown: 'The machine does not say.',
  },
  PodQOSClass: {
    BestEffort: 'No requests and no limits: ended first when the machine runs short.',
    Burstable: 'Some requests or limits.',
    Guaranteed: 'Limits for everything, equal to the requests: ended last.',
  },
  PodSELinuxChangePolicy: { MountOption: 'By an option of the mount.', Recursive: 'File by file.' },
  PreemptionPolicy: {
    Never: 'It waits behind pods of lower priority that run.',
    PreemptLowerPriority: 'Pods of lower priority may have to go.',
  },
  ProcMountType: { Default: "The container runtime's paths are masked.", Unmasked: 'Nothing is masked.' },
  Protocol: { SCTP: 'SCTP.', TCP: 'TCP.', UDP: 'UDP.' },
  PullPolicy: {
    Always: 'Before every start.',
    IfNotPresent: 'When the machine does not have it.',
    Never: 'Not at all: the machine must have it.',
  },
  RecursiveReadOnlyMode: {
    Disabled: 'Mounts below are not made read-only.',
    Enabled: 'Mounts below are read-only, or the container does not start.',
    IfPossible: 'Mounts below are read-only where the machine can.',
  },
  ResourceResizeRestartPolicy: {
    NotRequired: 'The container goes on.',
    RestartContainer: 'The container is restarted.',
  },
  RestartPolicy: {
    Always: 'Whenever a container ends.',
    Never: 'Not at all.',
    OnFailure: 'When a container ends with another exit code than 0.',
  },
  SeccompProfileType: {
    Localhost: 'A profile in a file of the machine.',
    RuntimeDefault: 'The profile of the container runtime.',
    Unconfined: 'No profile.',
  },
  SupplementalGroupsPolicy: {
    Merge: "The image's groups of the user count, too.",
    Strict: 'Only the groups that the pod names.',
  },
  TaintEffect: {
    NoExecute: 'No pod is placed here, and those that run go.',
    NoSchedule: 'No pod is placed here.',
    PreferNoSchedule: 'Pods are placed elsewhere where that is possible.',
  },
  TerminationMessagePolicy: {
    FallbackToLogsOnError: 'The file, or the end of the log when it is empty and the container has failed.',
    File: 'The file alone.',
  },
  TolerationOperator: {
    Equal: 'Key and value are equal.',
    Exists: 'The key is there, with any value.',
    Gt: "The taint's value is a greater integer.",
    Lt: "The taint's value is a lesser integer.",
  },
  URIScheme: { HTTP: 'http:', HTTPS: 'https:' },
  UnsatisfiableConstraintAction: {
    DoNotSchedule: 'The pod waits.',
    ScheduleAnyway: 'The pod is placed where the spread is best.',
  },
}
