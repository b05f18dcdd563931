// Made from schema/schema.graphql by `npm run schema`.

export type Maybe<T> = T;
export type InputMaybe<T> = T | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export interface Scalars {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in UTC, in the form of RFC 3339. */
  DateTime: { input: string; output: string; }
  /** A whole number of up to 53 bits. */
  Int64: { input: number; output: number; }
  /** A number, or a text such as a percentage or the name of a port. */
  IntOrString: { input: number | string; output: number | string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  /** A Kubernetes resource quantity, for example "250m", "1Gi" or 2. */
  Quantity: { input: string; output: string; }
  /** A position in the change log. Opaque: only handed back, never computed with. */
  ResourceVersion: { input: string; output: string; }
  /** A map from text to text, as a JSON object: labels, annotations, resource quantities. */
  StringMap: { input: Readonly<Record<string, string>>; output: Readonly<Record<string, string>>; }
}

/** A disk of Amazon EBS. */
export interface AWSElasticBlockStoreVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Number of the partition, 1 to 255; the whole disk when absent or 0. */
  readonly partition?: Maybe<Scalars['Int']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Identity of the disk. */
  readonly volumeID: Scalars['String']['output'];
}

/** A disk of Amazon EBS. */
export interface AWSElasticBlockStoreVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Number of the partition, 1 to 255; the whole disk when absent or 0. */
  readonly partition?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Identity of the disk. */
  readonly volumeID: Scalars['String']['input'];
}

/** What the pod wants its node and its neighbours to be. */
export interface Affinity {
  /** Nodes that it must or would like to run on. */
  readonly nodeAffinity?: Maybe<NodeAffinity>;
  /** Pods that it must or would like to be near to. */
  readonly podAffinity?: Maybe<PodAffinity>;
  /** Pods that it must or would like to be away from. */
  readonly podAntiAffinity?: Maybe<PodAntiAffinity>;
}

/** What the pod wants its node and its neighbours to be. */
export interface AffinityInput {
  /** Nodes that it must or would like to run on. */
  readonly nodeAffinity?: InputMaybe<NodeAffinityInput>;
  /** Pods that it must or would like to be near to. */
  readonly podAffinity?: InputMaybe<PodAffinityInput>;
  /** Pods that it must or would like to be away from. */
  readonly podAntiAffinity?: InputMaybe<PodAntiAffinityInput>;
}

/** AppArmor profile of the container. */
export interface AppArmorProfile {
  /** Name of a profile that is loaded on the node; for Localhost only. */
  readonly localhostProfile?: Maybe<Scalars['String']['output']>;
  /** Kind of the profile. */
  readonly type: AppArmorProfileType;
}

/** AppArmor profile of the container. */
export interface AppArmorProfileInput {
  /** Name of a profile that is loaded on the node; for Localhost only. */
  readonly localhostProfile?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the profile. */
  readonly type: AppArmorProfileType;
}

/** Kind of the profile. */
export type AppArmorProfileType =
  /** A profile that the machine has loaded. */
  | 'Localhost'
  /** The profile of the container runtime. */
  | 'RuntimeDefault'
  /** No profile. */
  | 'Unconfined';

/** An object of a manifest, and what that did. */
export interface AppliedResource {
  /** What was done. */
  readonly action: ApplyAction;
  /** The object as it is then. */
  readonly resource: Resource;
}

/** What a manifest did to an object. */
export type ApplyAction =
  /** It was changed. */
  | 'CONFIGURED'
  /** It was made. */
  | 'CREATED'
  /** It was so already. */
  | 'UNCHANGED';

/** What a manifest text did, or would do. */
export interface ApplyResult {
  /** The objects, in the order of the text. */
  readonly applied: ReadonlyArray<AppliedResource>;
  /** Whether nothing was written. */
  readonly dryRun: Scalars['Boolean']['output'];
  /** The objects alone. */
  readonly resources: ReadonlyArray<Resource>;
}

/** A volume that is attached to a machine. */
export interface AttachedVolume {
  /** Path of its device. */
  readonly devicePath: Scalars['String']['output'];
  /** Name of the volume. */
  readonly name: Scalars['String']['output'];
}

/** A volume that is attached to a machine. */
export interface AttachedVolumeInput {
  /** Path of its device. */
  readonly devicePath: Scalars['String']['input'];
  /** Name of the volume. */
  readonly name: Scalars['String']['input'];
}

/** What the host caches. */
export type AzureDataDiskCachingMode =
  /** Nothing. */
  | 'None'
  /** What is read. */
  | 'ReadOnly'
  /** What is read and written. */
  | 'ReadWrite';

/** Who keeps the disk. */
export type AzureDataDiskKind =
  /** One disk in a storage account of its own. */
  | 'Dedicated'
  /** A managed disk. */
  | 'Managed'
  /** Several disks in one storage account. */
  | 'Shared';

/** A disk of Azure. */
export interface AzureDiskVolumeSource {
  /** What the host caches. */
  readonly cachingMode?: Maybe<AzureDataDiskCachingMode>;
  /** Name of the disk. */
  readonly diskName: Scalars['String']['output'];
  /** Address of the disk. */
  readonly diskURI: Scalars['String']['output'];
  /** File system to mount. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Who keeps the disk. */
  readonly kind?: Maybe<AzureDataDiskKind>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
}

/** A disk of Azure. */
export interface AzureDiskVolumeSourceInput {
  /** What the host caches. */
  readonly cachingMode?: InputMaybe<AzureDataDiskCachingMode>;
  /** Name of the disk. */
  readonly diskName: Scalars['String']['input'];
  /** Address of the disk. */
  readonly diskURI: Scalars['String']['input'];
  /** File system to mount. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Who keeps the disk. */
  readonly kind?: InputMaybe<AzureDataDiskKind>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
}

/** A share of Azure Files. */
export interface AzureFileVolumeSource {
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Name of the Secret with account and key. */
  readonly secretName: Scalars['String']['output'];
  /** Name of the share. */
  readonly shareName: Scalars['String']['output'];
}

/** A share of Azure Files. */
export interface AzureFileVolumeSourceInput {
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name of the Secret with account and key. */
  readonly secretName: Scalars['String']['input'];
  /** Name of the share. */
  readonly shareName: Scalars['String']['input'];
}

/** Storage of a CSI driver that lives as long as the pod. */
export interface CSIVolumeSource {
  /** Name of the driver. */
  readonly driver: Scalars['String']['output'];
  /** File system to mount; the choice of the driver when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Secret with what the driver needs to publish the volume. */
  readonly nodePublishSecretRef?: Maybe<LocalObjectReference>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Settings for the driver. */
  readonly volumeAttributes?: Maybe<Scalars['StringMap']['output']>;
}

/** Storage of a CSI driver that lives as long as the pod. */
export interface CSIVolumeSourceInput {
  /** Name of the driver. */
  readonly driver: Scalars['String']['input'];
  /** File system to mount; the choice of the driver when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Secret with what the driver needs to publish the volume. */
  readonly nodePublishSecretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Settings for the driver. */
  readonly volumeAttributes?: InputMaybe<Scalars['StringMap']['input']>;
}

/** Capabilities that are added or taken away. */
export interface Capabilities {
  /** Capabilities that are added. */
  readonly add?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Capabilities that are taken away. */
  readonly drop?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** Capabilities that are added or taken away. */
export interface CapabilitiesInput {
  /** Capabilities that are added. */
  readonly add?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Capabilities that are taken away. */
  readonly drop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** A Ceph file system. */
export interface CephFSVolumeSource {
  /** Addresses of the Ceph monitors. */
  readonly monitors: ReadonlyArray<Scalars['String']['output']>;
  /** Folder to mount; the root when absent. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Path of the keyring of the user. */
  readonly secretFile?: Maybe<Scalars['String']['output']>;
  /** Secret that is used instead of the keyring. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Name of the user; admin when absent. */
  readonly user?: Maybe<Scalars['String']['output']>;
}

/** A Ceph file system. */
export interface CephFSVolumeSourceInput {
  /** Addresses of the Ceph monitors. */
  readonly monitors: ReadonlyArray<Scalars['String']['input']>;
  /** Folder to mount; the root when absent. */
  readonly path?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Path of the keyring of the user. */
  readonly secretFile?: InputMaybe<Scalars['String']['input']>;
  /** Secret that is used instead of the keyring. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Name of the user; admin when absent. */
  readonly user?: InputMaybe<Scalars['String']['input']>;
}

/** What happened to an object. */
export type ChangeType =
  /** It was made. */
  | 'ADDED'
  /** It was removed. */
  | 'DELETED'
  /** It was changed. */
  | 'MODIFIED';

/** A volume of OpenStack. */
export interface CinderVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret for OpenStack. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Identity of the volume. */
  readonly volumeID: Scalars['String']['output'];
}

/** A volume of OpenStack. */
export interface CinderVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret for OpenStack. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Identity of the volume. */
  readonly volumeID: Scalars['String']['input'];
}

/** The cluster as a whole: all machines as one pool. */
export interface Cluster {
  /** What all machines have together for pods. */
  readonly allocatable: Scalars['StringMap']['output'];
  /** What the bound pods that have not ended request together. */
  readonly allocated: Scalars['StringMap']['output'];
  /** What all machines have together. */
  readonly capacity: Scalars['StringMap']['output'];
  /** Machines. */
  readonly nodeCount: Scalars['Int']['output'];
  /** Pods. */
  readonly podCount: Scalars['Int']['output'];
  /** Pods by phase, in the order of their names. */
  readonly podsByPhase: ReadonlyArray<PodPhaseCount>;
  /** Machines whose condition Ready is True. */
  readonly readyNodeCount: Scalars['Int']['output'];
  /** The newest position in the change log. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** Machines that are cordoned. */
  readonly unschedulableNodeCount: Scalars['Int']['output'];
  /** Version of Myriad. */
  readonly version: Scalars['String']['output'];
}

/** One Kubernetes Event of a stream. */
export interface ClusterEvent {
  /** Where among the writes of all events this is; resume with `after` set to it. */
  readonly cursor: Scalars['String']['output'];
  /** The event as it is then; null with BOOKMARK. */
  readonly event?: Maybe<Event>;
  /** ADDED, MODIFIED where a known event was counted on or replaced, or BOOKMARK; never DELETED. */
  readonly type: EventType;
}

/** A machine of the cluster. */
export interface ClusterNode extends Node, Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** The pods that are bound to this machine. */
  readonly pods: PodConnection;
  /** What the machine should be. */
  readonly spec?: Maybe<NodeSpec>;
  /** What is observed of it. */
  readonly status?: Maybe<NodeStatus>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** A machine of the cluster. */
export interface ClusterNodedependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** A machine of the cluster. */
export interface ClusterNodeeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** A machine of the cluster. */
export interface ClusterNodehistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** A machine of the cluster. */
export interface ClusterNodepodsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A page of a list. */
export interface ClusterNodeConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<ClusterNodeEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ClusterNode>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface ClusterNodeEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ClusterNode;
}

/** What a writer says of a Node. */
export interface ClusterNodeInput {
  /** If given, "v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** If given, "Node". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What the machine should be. */
  readonly spec?: InputMaybe<NodeSpecInput>;
  /** What is observed of it. */
  readonly status?: InputMaybe<NodeStatusInput>;
}

/** Certificates that are to be trusted. */
export interface ClusterTrustBundleProjection {
  /** Which bundles of the signer; none when absent. */
  readonly labelSelector?: Maybe<LabelSelector>;
  /** Name of one bundle. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the bundle may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['output'];
  /** All bundles of this signer, instead of one by name. */
  readonly signerName?: Maybe<Scalars['String']['output']>;
}

/** Certificates that are to be trusted. */
export interface ClusterTrustBundleProjectionInput {
  /** Which bundles of the signer; none when absent. */
  readonly labelSelector?: InputMaybe<LabelSelectorInput>;
  /** Name of one bundle. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the bundle may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['input'];
  /** All bundles of this signer, instead of one by name. */
  readonly signerName?: InputMaybe<Scalars['String']['input']>;
}

/** Whether it holds. */
export type ConditionStatus =
  /** It does not hold. */
  | 'False'
  /** It holds. */
  | 'True'
  /** Nobody can tell. */
  | 'Unknown';

/** The ConfigMap to take. */
export interface ConfigMapEnvSource {
  /** Name of the ConfigMap. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the ConfigMap may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** The ConfigMap to take. */
export interface ConfigMapEnvSourceInput {
  /** Name of the ConfigMap. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the ConfigMap may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** A key of a ConfigMap. */
export interface ConfigMapKeySelector {
  /** Key to take. */
  readonly key: Scalars['String']['output'];
  /** Name of the ConfigMap. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the ConfigMap or its key may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** A key of a ConfigMap. */
export interface ConfigMapKeySelectorInput {
  /** Key to take. */
  readonly key: Scalars['String']['input'];
  /** Name of the ConfigMap. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the ConfigMap or its key may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** The ConfigMap. */
export interface ConfigMapNodeConfigSource {
  /** Key of the configuration. */
  readonly kubeletConfigKey: Scalars['String']['output'];
  /** Name of the ConfigMap. */
  readonly name: Scalars['String']['output'];
  /** Namespace of the ConfigMap. */
  readonly namespace: Scalars['String']['output'];
  /** Version of the ConfigMap. */
  readonly resourceVersion?: Maybe<Scalars['String']['output']>;
  /** UID of the ConfigMap. */
  readonly uid?: Maybe<Scalars['String']['output']>;
}

/** The ConfigMap. */
export interface ConfigMapNodeConfigSourceInput {
  /** Key of the configuration. */
  readonly kubeletConfigKey: Scalars['String']['input'];
  /** Name of the ConfigMap. */
  readonly name: Scalars['String']['input'];
  /** Namespace of the ConfigMap. */
  readonly namespace: Scalars['String']['input'];
  /** Version of the ConfigMap. */
  readonly resourceVersion?: InputMaybe<Scalars['String']['input']>;
  /** UID of the ConfigMap. */
  readonly uid?: InputMaybe<Scalars['String']['input']>;
}

/** The keys of a ConfigMap. */
export interface ConfigMapProjection {
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: Maybe<ReadonlyArray<KeyToPath>>;
  /** Name of the ConfigMap. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the ConfigMap or its keys may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** The keys of a ConfigMap. */
export interface ConfigMapProjectionInput {
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: InputMaybe<ReadonlyArray<KeyToPathInput>>;
  /** Name of the ConfigMap. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the ConfigMap or its keys may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** The keys of a ConfigMap as files. */
export interface ConfigMapVolumeSource {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: Maybe<Scalars['Int']['output']>;
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: Maybe<ReadonlyArray<KeyToPath>>;
  /** Name of the ConfigMap. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the ConfigMap or its keys may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** The keys of a ConfigMap as files. */
export interface ConfigMapVolumeSourceInput {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: InputMaybe<Scalars['Int']['input']>;
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: InputMaybe<ReadonlyArray<KeyToPathInput>>;
  /** Name of the ConfigMap. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the ConfigMap or its keys may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** A program that runs in a pod. */
export interface Container {
  /** Arguments, instead of those of the image. `$(NAME)` is expanded. */
  readonly args?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Program that is run, instead of the entry point of the image. `$(NAME)` is expanded. */
  readonly command?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Environment variables. */
  readonly env?: Maybe<ReadonlyArray<EnvVar>>;
  /** Environment variables from ConfigMaps and Secrets; `env` wins over them. */
  readonly envFrom?: Maybe<ReadonlyArray<EnvFromSource>>;
  /** Name of the image. */
  readonly image: Scalars['String']['output'];
  /** When the image is pulled; Always for the tag `latest`, else IfNotPresent. */
  readonly imagePullPolicy?: Maybe<PullPolicy>;
  /** What is done after the start and before the end. */
  readonly lifecycle?: Maybe<Lifecycle>;
  /** Checks that the container lives; its failure restarts the container. */
  readonly livenessProbe?: Maybe<Probe>;
  /** Name, unique in the pod; a DNS label. */
  readonly name: Scalars['String']['output'];
  /** Ports that the container listens on. */
  readonly ports?: Maybe<ReadonlyArray<ContainerPort>>;
  /** Checks that the container can serve; its failure takes it out of services. */
  readonly readinessProbe?: Maybe<Probe>;
  /** Whether a change of resources restarts the container. */
  readonly resizePolicy?: Maybe<ReadonlyArray<ContainerResizePolicy>>;
  /** What is reserved for the container, and what it may use. */
  readonly resources?: Maybe<ResourceRequirements>;
  /** When it is started again, instead of what the pod says. `Always` makes an init container a sidecar. */
  readonly restartPolicy?: Maybe<ContainerRestartPolicy>;
  /** What happens after certain exits; the first that fits. */
  readonly restartPolicyRules?: Maybe<ReadonlyArray<ContainerRestartRule>>;
  /** Security settings of the container. */
  readonly securityContext?: Maybe<SecurityContext>;
  /** Checks that the container has started; until then no other probe runs. */
  readonly startupProbe?: Maybe<Probe>;
  /** Whether standard input is kept open. */
  readonly stdin?: Maybe<Scalars['Boolean']['output']>;
  /** Whether standard input is closed after the first client has left. */
  readonly stdinOnce?: Maybe<Scalars['Boolean']['output']>;
  /** File for a last message, in the container. */
  readonly terminationMessagePath?: Maybe<Scalars['String']['output']>;
  /** Whether the end of the log is taken when a failed container left no message. */
  readonly terminationMessagePolicy?: Maybe<TerminationMessagePolicy>;
  /** Whether the container gets a terminal. */
  readonly tty?: Maybe<Scalars['Boolean']['output']>;
  /** Raw devices that are given to the container. */
  readonly volumeDevices?: Maybe<ReadonlyArray<VolumeDevice>>;
  /** Volumes that are mounted. */
  readonly volumeMounts?: Maybe<ReadonlyArray<VolumeMount>>;
  /** Folder that the program starts in; that of the image when absent. */
  readonly workingDir?: Maybe<Scalars['String']['output']>;
}

/** Which request of the claim serves which container. */
export interface ContainerExtendedResourceRequest {
  /** Name of the container. */
  readonly containerName: Scalars['String']['output'];
  /** Name of the request in the claim. */
  readonly requestName: Scalars['String']['output'];
  /** Name of the extended resource. */
  readonly resourceName: Scalars['String']['output'];
}

/** An image on a machine. */
export interface ContainerImage {
  /** Names of the image. */
  readonly names?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Size in bytes. */
  readonly sizeBytes?: Maybe<Scalars['Int64']['output']>;
}

/** An image on a machine. */
export interface ContainerImageInput {
  /** Names of the image. */
  readonly names?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Size in bytes. */
  readonly sizeBytes?: InputMaybe<Scalars['Int64']['input']>;
}

/** A program that runs in a pod. */
export interface ContainerInput {
  /** Arguments, instead of those of the image. `$(NAME)` is expanded. */
  readonly args?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Program that is run, instead of the entry point of the image. `$(NAME)` is expanded. */
  readonly command?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Environment variables. */
  readonly env?: InputMaybe<ReadonlyArray<EnvVarInput>>;
  /** Environment variables from ConfigMaps and Secrets; `env` wins over them. */
  readonly envFrom?: InputMaybe<ReadonlyArray<EnvFromSourceInput>>;
  /** Name of the image. */
  readonly image: Scalars['String']['input'];
  /** When the image is pulled; Always for the tag `latest`, else IfNotPresent. */
  readonly imagePullPolicy?: InputMaybe<PullPolicy>;
  /** What is done after the start and before the end. */
  readonly lifecycle?: InputMaybe<LifecycleInput>;
  /** Checks that the container lives; its failure restarts the container. */
  readonly livenessProbe?: InputMaybe<ProbeInput>;
  /** Name, unique in the pod; a DNS label. */
  readonly name: Scalars['String']['input'];
  /** Ports that the container listens on. */
  readonly ports?: InputMaybe<ReadonlyArray<ContainerPortInput>>;
  /** Checks that the container can serve; its failure takes it out of services. */
  readonly readinessProbe?: InputMaybe<ProbeInput>;
  /** Whether a change of resources restarts the container. */
  readonly resizePolicy?: InputMaybe<ReadonlyArray<ContainerResizePolicyInput>>;
  /** What is reserved for the container, and what it may use. */
  readonly resources?: InputMaybe<ResourceRequirementsInput>;
  /** When it is started again, instead of what the pod says. `Always` makes an init container a sidecar. */
  readonly restartPolicy?: InputMaybe<ContainerRestartPolicy>;
  /** What happens after certain exits; the first that fits. */
  readonly restartPolicyRules?: InputMaybe<ReadonlyArray<ContainerRestartRuleInput>>;
  /** Security settings of the container. */
  readonly securityContext?: InputMaybe<SecurityContextInput>;
  /** Checks that the container has started; until then no other probe runs. */
  readonly startupProbe?: InputMaybe<ProbeInput>;
  /** Whether standard input is kept open. */
  readonly stdin?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether standard input is closed after the first client has left. */
  readonly stdinOnce?: InputMaybe<Scalars['Boolean']['input']>;
  /** File for a last message, in the container. */
  readonly terminationMessagePath?: InputMaybe<Scalars['String']['input']>;
  /** Whether the end of the log is taken when a failed container left no message. */
  readonly terminationMessagePolicy?: InputMaybe<TerminationMessagePolicy>;
  /** Whether the container gets a terminal. */
  readonly tty?: InputMaybe<Scalars['Boolean']['input']>;
  /** Raw devices that are given to the container. */
  readonly volumeDevices?: InputMaybe<ReadonlyArray<VolumeDeviceInput>>;
  /** Volumes that are mounted. */
  readonly volumeMounts?: InputMaybe<ReadonlyArray<VolumeMountInput>>;
  /** Folder that the program starts in; that of the image when absent. */
  readonly workingDir?: InputMaybe<Scalars['String']['input']>;
}

/** A port that a container listens on. */
export interface ContainerPort {
  /** Number of the port in the container, 1 to 65535. */
  readonly containerPort: Scalars['Int']['output'];
  /** Address of the node that `hostPort` is opened on; all when absent. */
  readonly hostIP?: Maybe<Scalars['String']['output']>;
  /** Number of a port of the node that leads here; the same number with `hostNetwork`. */
  readonly hostPort?: Maybe<Scalars['Int']['output']>;
  /** Name by which probes and services may call the port; unique in the pod. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Its protocol. */
  readonly protocol?: Maybe<Protocol>;
}

/** A port that a container listens on. */
export interface ContainerPortInput {
  /** Number of the port in the container, 1 to 65535. */
  readonly containerPort: Scalars['Int']['input'];
  /** Address of the node that `hostPort` is opened on; all when absent. */
  readonly hostIP?: InputMaybe<Scalars['String']['input']>;
  /** Number of a port of the node that leads here; the same number with `hostNetwork`. */
  readonly hostPort?: InputMaybe<Scalars['Int']['input']>;
  /** Name by which probes and services may call the port; unique in the pod. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Its protocol. */
  readonly protocol?: InputMaybe<Protocol>;
}

/** What a change of one resource does. */
export interface ContainerResizePolicy {
  /** Name of the resource: cpu or memory. */
  readonly resourceName: Scalars['String']['output'];
  /** Whether the container restarts when this resource changes. */
  readonly restartPolicy: ResourceResizeRestartPolicy;
}

/** What a change of one resource does. */
export interface ContainerResizePolicyInput {
  /** Name of the resource: cpu or memory. */
  readonly resourceName: Scalars['String']['input'];
  /** Whether the container restarts when this resource changes. */
  readonly restartPolicy: ResourceResizeRestartPolicy;
}

/** A resource claim of the pod that a container uses. */
export interface ContainerResourceClaim {
  /** Name of an entry of `spec.resourceClaims`. */
  readonly name: Scalars['String']['output'];
  /** The one request of the claim that is used; all of them when absent. */
  readonly request?: Maybe<Scalars['String']['output']>;
}

/** A resource claim of the pod that a container uses. */
export interface ContainerResourceClaimInput {
  /** Name of an entry of `spec.resourceClaims`. */
  readonly name: Scalars['String']['input'];
  /** The one request of the claim that is used; all of them when absent. */
  readonly request?: InputMaybe<Scalars['String']['input']>;
}

/** When it is started again, instead of what the pod says. `Always` makes an init container a sidecar. */
export type ContainerRestartPolicy =
  /** Whenever it ends. */
  | 'Always'
  /** Not at all. */
  | 'Never'
  /** When it ends with another exit code than 0. */
  | 'OnFailure';

/** What happens after certain exits of a container. */
export interface ContainerRestartRule {
  /** What happens. */
  readonly action: ContainerRestartRuleAction;
  /** The exits that are meant, by their exit codes. */
  readonly exitCodes?: Maybe<ContainerRestartRuleOnExitCodes>;
}

/** What happens. */
export type ContainerRestartRuleAction =
  /** The container is restarted. */
  | 'Restart'
  /** All containers of the pod are restarted. */
  | 'RestartAllContainers';

/** What happens after certain exits of a container. */
export interface ContainerRestartRuleInput {
  /** What happens. */
  readonly action: ContainerRestartRuleAction;
  /** The exits that are meant, by their exit codes. */
  readonly exitCodes?: InputMaybe<ContainerRestartRuleOnExitCodesInput>;
}

/** The exits that are meant, by their exit codes. */
export interface ContainerRestartRuleOnExitCodes {
  /** How the exit code is compared. */
  readonly operator: ContainerRestartRuleOnExitCodesOperator;
  /** Exit codes to compare with. */
  readonly values?: Maybe<ReadonlyArray<Scalars['Int']['output']>>;
}

/** The exits that are meant, by their exit codes. */
export interface ContainerRestartRuleOnExitCodesInput {
  /** How the exit code is compared. */
  readonly operator: ContainerRestartRuleOnExitCodesOperator;
  /** Exit codes to compare with. */
  readonly values?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
}

/** How the exit code is compared. */
export type ContainerRestartRuleOnExitCodesOperator =
  /** One of the values. */
  | 'In'
  /** None of the values. */
  | 'NotIn';

/** Its state now. */
export interface ContainerState {
  /** It runs. */
  readonly running?: Maybe<ContainerStateRunning>;
  /** It has ended. */
  readonly terminated?: Maybe<ContainerStateTerminated>;
  /** It does not run yet. */
  readonly waiting?: Maybe<ContainerStateWaiting>;
}

/** It runs. */
export interface ContainerStateRunning {
  /** When it was started. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
}

/** It has ended. */
export interface ContainerStateTerminated {
  /** Identity that the runtime gave it. */
  readonly containerID?: Maybe<Scalars['String']['output']>;
  /** Exit code of its process. */
  readonly exitCode: Scalars['Int']['output'];
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its last message. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why it ended, in one CamelCase word. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Signal that ended it. */
  readonly signal?: Maybe<Scalars['Int']['output']>;
  /** When it was started. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
}

/** It does not run yet. */
export interface ContainerStateWaiting {
  /** Why it waits, in a sentence. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why it waits, in one CamelCase word. */
  readonly reason?: Maybe<Scalars['String']['output']>;
}

/** What is observed of a container. */
export interface ContainerStatus {
  /** What the node has set aside for it, by resource name. */
  readonly allocatedResources?: Maybe<Scalars['StringMap']['output']>;
  /** State of the devices that it was given. */
  readonly allocatedResourcesStatus?: Maybe<ReadonlyArray<ResourceStatus>>;
  /** Identity that the runtime gave it. */
  readonly containerID?: Maybe<Scalars['String']['output']>;
  /** Name of the image that it runs. */
  readonly image: Scalars['String']['output'];
  /** Identity of the image that it runs. */
  readonly imageID: Scalars['String']['output'];
  /** How it last ended, if it was started again. */
  readonly lastState?: Maybe<ContainerState>;
  /** Name of the container. */
  readonly name: Scalars['String']['output'];
  /** Whether it can serve. */
  readonly ready: Scalars['Boolean']['output'];
  /** What is reserved and allowed in fact. */
  readonly resources?: Maybe<ResourceRequirements>;
  /** How often it was started again. */
  readonly restartCount: Scalars['Int']['output'];
  /** Whether its start is complete. */
  readonly started?: Maybe<Scalars['Boolean']['output']>;
  /** Its state now. */
  readonly state?: Maybe<ContainerState>;
  /** Signal that asks it to end. */
  readonly stopSignal?: Maybe<Scalars['String']['output']>;
  /** User of its first process. */
  readonly user?: Maybe<ContainerUser>;
  /** How its volumes were mounted. */
  readonly volumeMounts?: Maybe<ReadonlyArray<VolumeMountStatus>>;
}

/** User of its first process. */
export interface ContainerUser {
  /** For Linux. */
  readonly linux?: Maybe<LinuxContainerUser>;
}

/** Where the settings of name resolution come from. */
export type DNSPolicy =
  /** Names of the cluster first, the machine's servers for all others. */
  | 'ClusterFirst'
  /** The same for pods on the machine's network. */
  | 'ClusterFirstWithHostNet'
  /** The machine's servers. */
  | 'Default'
  /** Only what `dnsConfig` says. */
  | 'None';

/** Where the node agent listens. */
export interface DaemonEndpoint {
  /** Number of the port. */
  readonly Port: Scalars['Int']['output'];
}

/** Where the node agent listens. */
export interface DaemonEndpointInput {
  /** Number of the port. */
  readonly Port: Scalars['Int']['input'];
}

/** Fields of the pod. */
export interface DownwardAPIProjection {
  /** The files. */
  readonly items?: Maybe<ReadonlyArray<DownwardAPIVolumeFile>>;
}

/** Fields of the pod. */
export interface DownwardAPIProjectionInput {
  /** The files. */
  readonly items?: InputMaybe<ReadonlyArray<DownwardAPIVolumeFileInput>>;
}

/** Puts one field of the pod into one file. */
export interface DownwardAPIVolumeFile {
  /** The field. */
  readonly fieldRef?: Maybe<ObjectFieldSelector>;
  /** Mode of the file, 0 to 0777 (octal); that of the volume when absent. */
  readonly mode?: Maybe<Scalars['Int']['output']>;
  /** Path of the file in the volume; neither absolute nor with `..`. */
  readonly path: Scalars['String']['output'];
  /** A limit or a request of a container, instead of a field. */
  readonly resourceFieldRef?: Maybe<ResourceFieldSelector>;
}

/** Puts one field of the pod into one file. */
export interface DownwardAPIVolumeFileInput {
  /** The field. */
  readonly fieldRef?: InputMaybe<ObjectFieldSelectorInput>;
  /** Mode of the file, 0 to 0777 (octal); that of the volume when absent. */
  readonly mode?: InputMaybe<Scalars['Int']['input']>;
  /** Path of the file in the volume; neither absolute nor with `..`. */
  readonly path: Scalars['String']['input'];
  /** A limit or a request of a container, instead of a field. */
  readonly resourceFieldRef?: InputMaybe<ResourceFieldSelectorInput>;
}

/** Fields of the pod as files. */
export interface DownwardAPIVolumeSource {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: Maybe<Scalars['Int']['output']>;
  /** The files. */
  readonly items?: Maybe<ReadonlyArray<DownwardAPIVolumeFile>>;
}

/** Fields of the pod as files. */
export interface DownwardAPIVolumeSourceInput {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: InputMaybe<Scalars['Int']['input']>;
  /** The files. */
  readonly items?: InputMaybe<ReadonlyArray<DownwardAPIVolumeFileInput>>;
}

/** An empty folder that lives as long as the pod. */
export interface EmptyDirVolumeSource {
  /** What holds it: empty for the disk of the node, `Memory`, or `HugePages` with an optional size. */
  readonly medium?: Maybe<Scalars['String']['output']>;
  /** The most that it may hold. */
  readonly sizeLimit?: Maybe<Scalars['Quantity']['output']>;
}

/** An empty folder that lives as long as the pod. */
export interface EmptyDirVolumeSourceInput {
  /** What holds it: empty for the disk of the node, `Memory`, or `HugePages` with an optional size. */
  readonly medium?: InputMaybe<Scalars['String']['input']>;
  /** The most that it may hold. */
  readonly sizeLimit?: InputMaybe<Scalars['Quantity']['input']>;
}

/** Many environment variables from one source. */
export interface EnvFromSource {
  /** The ConfigMap to take. */
  readonly configMapRef?: Maybe<ConfigMapEnvSource>;
  /** Put before each key. */
  readonly prefix?: Maybe<Scalars['String']['output']>;
  /** The Secret to take. */
  readonly secretRef?: Maybe<SecretEnvSource>;
}

/** Many environment variables from one source. */
export interface EnvFromSourceInput {
  /** The ConfigMap to take. */
  readonly configMapRef?: InputMaybe<ConfigMapEnvSourceInput>;
  /** Put before each key. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
  /** The Secret to take. */
  readonly secretRef?: InputMaybe<SecretEnvSourceInput>;
}

/** An environment variable. */
export interface EnvVar {
  /** Name of the variable. */
  readonly name: Scalars['String']['output'];
  /** Its value. `$(NAME)` stands for the variable NAME that was set before, `$$` for one `$`. */
  readonly value?: Maybe<Scalars['String']['output']>;
  /** Where its value comes from, instead of `value`. */
  readonly valueFrom?: Maybe<EnvVarSource>;
}

/** An environment variable. */
export interface EnvVarInput {
  /** Name of the variable. */
  readonly name: Scalars['String']['input'];
  /** Its value. `$(NAME)` stands for the variable NAME that was set before, `$$` for one `$`. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
  /** Where its value comes from, instead of `value`. */
  readonly valueFrom?: InputMaybe<EnvVarSourceInput>;
}

/** Where its value comes from, instead of `value`. */
export interface EnvVarSource {
  /** A key of a ConfigMap. */
  readonly configMapKeyRef?: Maybe<ConfigMapKeySelector>;
  /** A field of the pod. */
  readonly fieldRef?: Maybe<ObjectFieldSelector>;
  /** A variable in a file. */
  readonly fileKeyRef?: Maybe<FileKeySelector>;
  /** A limit or a request of a container. */
  readonly resourceFieldRef?: Maybe<ResourceFieldSelector>;
  /** A key of a Secret. */
  readonly secretKeyRef?: Maybe<SecretKeySelector>;
}

/** Where its value comes from, instead of `value`. */
export interface EnvVarSourceInput {
  /** A key of a ConfigMap. */
  readonly configMapKeyRef?: InputMaybe<ConfigMapKeySelectorInput>;
  /** A field of the pod. */
  readonly fieldRef?: InputMaybe<ObjectFieldSelectorInput>;
  /** A variable in a file. */
  readonly fileKeyRef?: InputMaybe<FileKeySelectorInput>;
  /** A limit or a request of a container. */
  readonly resourceFieldRef?: InputMaybe<ResourceFieldSelectorInput>;
  /** A key of a Secret. */
  readonly secretKeyRef?: InputMaybe<SecretKeySelectorInput>;
}

/** A container that is added to a running pod. */
export interface EphemeralContainer {
  /** Arguments, instead of those of the image. `$(NAME)` is expanded. */
  readonly args?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Program that is run, instead of the entry point of the image. `$(NAME)` is expanded. */
  readonly command?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Environment variables. */
  readonly env?: Maybe<ReadonlyArray<EnvVar>>;
  /** Environment variables from ConfigMaps and Secrets; `env` wins over them. */
  readonly envFrom?: Maybe<ReadonlyArray<EnvFromSource>>;
  /** Name of the image. */
  readonly image: Scalars['String']['output'];
  /** When the image is pulled; Always for the tag `latest`, else IfNotPresent. */
  readonly imagePullPolicy?: Maybe<PullPolicy>;
  /** What is done after the start and before the end. */
  readonly lifecycle?: Maybe<Lifecycle>;
  /** Checks that the container lives; its failure restarts the container. */
  readonly livenessProbe?: Maybe<Probe>;
  /** Name, unique in the pod; a DNS label. */
  readonly name: Scalars['String']['output'];
  /** Ports that the container listens on. */
  readonly ports?: Maybe<ReadonlyArray<ContainerPort>>;
  /** Checks that the container can serve; its failure takes it out of services. */
  readonly readinessProbe?: Maybe<Probe>;
  /** Whether a change of resources restarts the container. */
  readonly resizePolicy?: Maybe<ReadonlyArray<ContainerResizePolicy>>;
  /** What is reserved for the container, and what it may use. */
  readonly resources?: Maybe<ResourceRequirements>;
  /** When it is started again, instead of what the pod says. `Always` makes an init container a sidecar. */
  readonly restartPolicy?: Maybe<ContainerRestartPolicy>;
  /** What happens after certain exits; the first that fits. */
  readonly restartPolicyRules?: Maybe<ReadonlyArray<ContainerRestartRule>>;
  /** Security settings of the container. */
  readonly securityContext?: Maybe<SecurityContext>;
  /** Checks that the container has started; until then no other probe runs. */
  readonly startupProbe?: Maybe<Probe>;
  /** Whether standard input is kept open. */
  readonly stdin?: Maybe<Scalars['Boolean']['output']>;
  /** Whether standard input is closed after the first client has left. */
  readonly stdinOnce?: Maybe<Scalars['Boolean']['output']>;
  /** Container whose processes it can see. */
  readonly targetContainerName?: Maybe<Scalars['String']['output']>;
  /** File for a last message, in the container. */
  readonly terminationMessagePath?: Maybe<Scalars['String']['output']>;
  /** Whether the end of the log is taken when a failed container left no message. */
  readonly terminationMessagePolicy?: Maybe<TerminationMessagePolicy>;
  /** Whether the container gets a terminal. */
  readonly tty?: Maybe<Scalars['Boolean']['output']>;
  /** Raw devices that are given to the container. */
  readonly volumeDevices?: Maybe<ReadonlyArray<VolumeDevice>>;
  /** Volumes that are mounted. */
  readonly volumeMounts?: Maybe<ReadonlyArray<VolumeMount>>;
  /** Folder that the program starts in; that of the image when absent. */
  readonly workingDir?: Maybe<Scalars['String']['output']>;
}

/** A container that is added to a running pod. */
export interface EphemeralContainerInput {
  /** Arguments, instead of those of the image. `$(NAME)` is expanded. */
  readonly args?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Program that is run, instead of the entry point of the image. `$(NAME)` is expanded. */
  readonly command?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Environment variables. */
  readonly env?: InputMaybe<ReadonlyArray<EnvVarInput>>;
  /** Environment variables from ConfigMaps and Secrets; `env` wins over them. */
  readonly envFrom?: InputMaybe<ReadonlyArray<EnvFromSourceInput>>;
  /** Name of the image. */
  readonly image: Scalars['String']['input'];
  /** When the image is pulled; Always for the tag `latest`, else IfNotPresent. */
  readonly imagePullPolicy?: InputMaybe<PullPolicy>;
  /** What is done after the start and before the end. */
  readonly lifecycle?: InputMaybe<LifecycleInput>;
  /** Checks that the container lives; its failure restarts the container. */
  readonly livenessProbe?: InputMaybe<ProbeInput>;
  /** Name, unique in the pod; a DNS label. */
  readonly name: Scalars['String']['input'];
  /** Ports that the container listens on. */
  readonly ports?: InputMaybe<ReadonlyArray<ContainerPortInput>>;
  /** Checks that the container can serve; its failure takes it out of services. */
  readonly readinessProbe?: InputMaybe<ProbeInput>;
  /** Whether a change of resources restarts the container. */
  readonly resizePolicy?: InputMaybe<ReadonlyArray<ContainerResizePolicyInput>>;
  /** What is reserved for the container, and what it may use. */
  readonly resources?: InputMaybe<ResourceRequirementsInput>;
  /** When it is started again, instead of what the pod says. `Always` makes an init container a sidecar. */
  readonly restartPolicy?: InputMaybe<ContainerRestartPolicy>;
  /** What happens after certain exits; the first that fits. */
  readonly restartPolicyRules?: InputMaybe<ReadonlyArray<ContainerRestartRuleInput>>;
  /** Security settings of the container. */
  readonly securityContext?: InputMaybe<SecurityContextInput>;
  /** Checks that the container has started; until then no other probe runs. */
  readonly startupProbe?: InputMaybe<ProbeInput>;
  /** Whether standard input is kept open. */
  readonly stdin?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether standard input is closed after the first client has left. */
  readonly stdinOnce?: InputMaybe<Scalars['Boolean']['input']>;
  /** Container whose processes it can see. */
  readonly targetContainerName?: InputMaybe<Scalars['String']['input']>;
  /** File for a last message, in the container. */
  readonly terminationMessagePath?: InputMaybe<Scalars['String']['input']>;
  /** Whether the end of the log is taken when a failed container left no message. */
  readonly terminationMessagePolicy?: InputMaybe<TerminationMessagePolicy>;
  /** Whether the container gets a terminal. */
  readonly tty?: InputMaybe<Scalars['Boolean']['input']>;
  /** Raw devices that are given to the container. */
  readonly volumeDevices?: InputMaybe<ReadonlyArray<VolumeDeviceInput>>;
  /** Volumes that are mounted. */
  readonly volumeMounts?: InputMaybe<ReadonlyArray<VolumeMountInput>>;
  /** Folder that the program starts in; that of the image when absent. */
  readonly workingDir?: InputMaybe<Scalars['String']['input']>;
}

/** A claim that is made for the pod and goes with it. */
export interface EphemeralVolumeSource {
  /** What the claim is made from. */
  readonly volumeClaimTemplate?: Maybe<PersistentVolumeClaimTemplate>;
}

/** A claim that is made for the pod and goes with it. */
export interface EphemeralVolumeSourceInput {
  /** What the claim is made from. */
  readonly volumeClaimTemplate?: InputMaybe<PersistentVolumeClaimTemplateInput>;
}

/** Something that happened to an object. Kept for a while, and counted when it happens again. */
export interface Event extends Node, Resource {
  /** What was done about it. */
  readonly action?: Maybe<Scalars['String']['output']>;
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** How often it has happened. */
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** When it first happened, for events that count in `series`. */
  readonly eventTime?: Maybe<Scalars['DateTime']['output']>;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** When it first happened. */
  readonly firstTimestamp?: Maybe<Scalars['DateTime']['output']>;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** What the event is about. */
  readonly involvedObject?: Maybe<ObjectReference>;
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** When it last happened. */
  readonly lastTimestamp?: Maybe<Scalars['DateTime']['output']>;
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** What happened, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** What happened, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Another object that it has to do with. */
  readonly related?: Maybe<ObjectReference>;
  /** Name of the controller that tells it. */
  readonly reportingComponent?: Maybe<Scalars['String']['output']>;
  /** Which of several such controllers tells it. */
  readonly reportingInstance?: Maybe<Scalars['String']['output']>;
  /** How often and when it last happened, for an event that goes on. */
  readonly series?: Maybe<EventSeries>;
  /** Who tells it. */
  readonly source?: Maybe<EventSource>;
  /** Whether it is a warning. */
  readonly type?: Maybe<EventSeverity>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** Something that happened to an object. Kept for a while, and counted when it happens again. */
export interface EventdependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Something that happened to an object. Kept for a while, and counted when it happens again. */
export interface EventeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Something that happened to an object. Kept for a while, and counted when it happens again. */
export interface EventhistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A page of a list. */
export interface EventConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface EventEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Event;
}

/** What narrows a list of events. All that is given must hold. */
export interface EventFilter {
  /** Of the object with this uid. */
  readonly involvedUid?: InputMaybe<Scalars['String']['input']>;
  /** With this reason. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** "Normal" or "Warning". */
  readonly type?: InputMaybe<Scalars['String']['input']>;
}

/** What a writer says of a Event. */
export interface EventInput {
  /** What was done about it. */
  readonly action?: InputMaybe<Scalars['String']['input']>;
  /** If given, "v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** How often it has happened. */
  readonly count?: InputMaybe<Scalars['Int']['input']>;
  /** When it first happened, for events that count in `series`. */
  readonly eventTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** When it first happened. */
  readonly firstTimestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** What the event is about. */
  readonly involvedObject: ObjectReferenceInput;
  /** If given, "Event". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** When it last happened. */
  readonly lastTimestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** What happened, in a sentence, for people. */
  readonly message?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What happened, in one CamelCase word, for programs. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Another object that it has to do with. */
  readonly related?: InputMaybe<ObjectReferenceInput>;
  /** Name of the controller that tells it. */
  readonly reportingComponent?: InputMaybe<Scalars['String']['input']>;
  /** Which of several such controllers tells it. */
  readonly reportingInstance?: InputMaybe<Scalars['String']['input']>;
  /** How often and when it last happened, for an event that goes on. */
  readonly series?: InputMaybe<EventSeriesInput>;
  /** Who tells it. */
  readonly source?: InputMaybe<EventSourceInput>;
  /** Whether it is a warning. */
  readonly type?: InputMaybe<EventSeverity>;
}

/** What a node agent tells that has happened to a pod; the same uid again is the same event, counted on. */
export interface EventReport {
  /** The part of the agent that tells it. */
  readonly component: Scalars['String']['input'];
  /** How often it has happened. */
  readonly count: Scalars['Int']['input'];
  /** When it first happened. */
  readonly firstTimestamp: Scalars['DateTime']['input'];
  /** When it last happened. */
  readonly lastTimestamp: Scalars['DateTime']['input'];
  /** What happened, in a sentence. */
  readonly message: Scalars['String']['input'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['input'];
  /** The machine. */
  readonly nodeName: Scalars['String']['input'];
  /** Its name. */
  readonly podName: Scalars['String']['input'];
  /** The pod. */
  readonly podUid: Scalars['ID']['input'];
  /** What happened, in one CamelCase word. */
  readonly reason: Scalars['String']['input'];
  /** Whether it is a warning. */
  readonly type: EventSeverity;
  /** The event, as a UUID. */
  readonly uid: Scalars['ID']['input'];
}

/** How often and when it last happened, for an event that goes on. */
export interface EventSeries {
  /** How often it has happened. */
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** When it last happened. */
  readonly lastObservedTime?: Maybe<Scalars['DateTime']['output']>;
}

/** How often and when it last happened, for an event that goes on. */
export interface EventSeriesInput {
  /** How often it has happened. */
  readonly count?: InputMaybe<Scalars['Int']['input']>;
  /** When it last happened. */
  readonly lastObservedTime?: InputMaybe<Scalars['DateTime']['input']>;
}

/** Whether it is a warning. */
export type EventSeverity =
  /** For information. */
  | 'Normal'
  /** Something may be wrong. */
  | 'Warning';

/** Who tells it. */
export interface EventSource {
  /** Name of the part of the system. */
  readonly component?: Maybe<Scalars['String']['output']>;
  /** Node that it runs on. */
  readonly host?: Maybe<Scalars['String']['output']>;
}

/** Who tells it. */
export interface EventSourceInput {
  /** Name of the part of the system. */
  readonly component?: InputMaybe<Scalars['String']['input']>;
  /** Node that it runs on. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
}

/** What an event tells. */
export type EventType =
  /** The object was made, has come into the selection, or was there at the start. */
  | 'ADDED'
  /** Nothing happened: you have seen everything up to here. */
  | 'BOOKMARK'
  /** The object was removed, or has left the selection. */
  | 'DELETED'
  /** Something that is selected has changed. */
  | 'MODIFIED';

/** Checks by a command in the container. */
export interface ExecAction {
  /** Program and arguments; no shell is put around them. Exit code 0 is success. */
  readonly command?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** Checks by a command in the container. */
export interface ExecActionInput {
  /** Program and arguments; no shell is put around them. Exit code 0 is success. */
  readonly command?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** A disk that is reached by Fibre Channel. */
export interface FCVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Number of the disk on the target. */
  readonly lun?: Maybe<Scalars['Int']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** World-wide names of the target. */
  readonly targetWWNs?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** World-wide identifiers, instead of names and number. */
  readonly wwids?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** A disk that is reached by Fibre Channel. */
export interface FCVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Number of the disk on the target. */
  readonly lun?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** World-wide names of the target. */
  readonly targetWWNs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** World-wide identifiers, instead of names and number. */
  readonly wwids?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** A variable in a file. */
export interface FileKeySelector {
  /** Name of the variable in the file. */
  readonly key: Scalars['String']['output'];
  /** Whether the file or the variable may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['output'];
  /** Name of the volume. */
  readonly volumeName: Scalars['String']['output'];
}

/** A variable in a file. */
export interface FileKeySelectorInput {
  /** Name of the variable in the file. */
  readonly key: Scalars['String']['input'];
  /** Whether the file or the variable may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['input'];
  /** Name of the volume. */
  readonly volumeName: Scalars['String']['input'];
}

/** Storage of an executable driver. */
export interface FlexVolumeSource {
  /** Name of the driver. */
  readonly driver: Scalars['String']['output'];
  /** File system to mount; the choice of the driver when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Settings for the driver. */
  readonly options?: Maybe<Scalars['StringMap']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret that is handed to the driver. */
  readonly secretRef?: Maybe<LocalObjectReference>;
}

/** Storage of an executable driver. */
export interface FlexVolumeSourceInput {
  /** Name of the driver. */
  readonly driver: Scalars['String']['input'];
  /** File system to mount; the choice of the driver when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Settings for the driver. */
  readonly options?: InputMaybe<Scalars['StringMap']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret that is handed to the driver. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
}

/** A Flocker dataset. */
export interface FlockerVolumeSource {
  /** Name of the dataset. */
  readonly datasetName?: Maybe<Scalars['String']['output']>;
  /** Identity of the dataset, instead of the name. */
  readonly datasetUUID?: Maybe<Scalars['String']['output']>;
}

/** A Flocker dataset. */
export interface FlockerVolumeSourceInput {
  /** Name of the dataset. */
  readonly datasetName?: InputMaybe<Scalars['String']['input']>;
  /** Identity of the dataset, instead of the name. */
  readonly datasetUUID?: InputMaybe<Scalars['String']['input']>;
}

/** A disk of Google Compute Engine. */
export interface GCEPersistentDiskVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Number of the partition, 1 to 255; the whole disk when absent or 0. */
  readonly partition?: Maybe<Scalars['Int']['output']>;
  /** Name of the disk. */
  readonly pdName: Scalars['String']['output'];
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
}

/** A disk of Google Compute Engine. */
export interface GCEPersistentDiskVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Number of the partition, 1 to 255; the whole disk when absent or 0. */
  readonly partition?: InputMaybe<Scalars['Int']['input']>;
  /** Name of the disk. */
  readonly pdName: Scalars['String']['input'];
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
}

/** Checks by the gRPC health protocol. */
export interface GRPCAction {
  /** Number of the port. */
  readonly port: Scalars['Int']['output'];
  /** Name of the service that is asked about; empty for the server as a whole. */
  readonly service?: Maybe<Scalars['String']['output']>;
}

/** Checks by the gRPC health protocol. */
export interface GRPCActionInput {
  /** Number of the port. */
  readonly port: Scalars['Int']['input'];
  /** Name of the service that is asked about; empty for the server as a whole. */
  readonly service?: InputMaybe<Scalars['String']['input']>;
}

/** A clone of a Git repository. */
export interface GitRepoVolumeSource {
  /** Folder for the clone; without `..`. */
  readonly directory?: Maybe<Scalars['String']['output']>;
  /** Address of the repository. */
  readonly repository: Scalars['String']['output'];
  /** Commit to check out. */
  readonly revision?: Maybe<Scalars['String']['output']>;
}

/** A clone of a Git repository. */
export interface GitRepoVolumeSourceInput {
  /** Folder for the clone; without `..`. */
  readonly directory?: InputMaybe<Scalars['String']['input']>;
  /** Address of the repository. */
  readonly repository: Scalars['String']['input'];
  /** Commit to check out. */
  readonly revision?: InputMaybe<Scalars['String']['input']>;
}

/** A Gluster volume. */
export interface GlusterfsVolumeSource {
  /** Name of the Endpoints that hold the servers. */
  readonly endpoints: Scalars['String']['output'];
  /** Name of the volume. */
  readonly path: Scalars['String']['output'];
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
}

/** A Gluster volume. */
export interface GlusterfsVolumeSourceInput {
  /** Name of the Endpoints that hold the servers. */
  readonly endpoints: Scalars['String']['input'];
  /** Name of the volume. */
  readonly path: Scalars['String']['input'];
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
}

/** Checks by an HTTP request. */
export interface HTTPGetAction {
  /** Host to connect to; the address of the pod when absent. */
  readonly host?: Maybe<Scalars['String']['output']>;
  /** Headers of the request; a name may come more than once. */
  readonly httpHeaders?: Maybe<ReadonlyArray<HTTPHeader>>;
  /** Path that is asked for. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** Number or name of a port of the container. */
  readonly port: Scalars['IntOrString']['output'];
  /** Plain or encrypted. */
  readonly scheme?: Maybe<URIScheme>;
}

/** Checks by an HTTP request. */
export interface HTTPGetActionInput {
  /** Host to connect to; the address of the pod when absent. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
  /** Headers of the request; a name may come more than once. */
  readonly httpHeaders?: InputMaybe<ReadonlyArray<HTTPHeaderInput>>;
  /** Path that is asked for. */
  readonly path?: InputMaybe<Scalars['String']['input']>;
  /** Number or name of a port of the container. */
  readonly port: Scalars['IntOrString']['input'];
  /** Plain or encrypted. */
  readonly scheme?: InputMaybe<URIScheme>;
}

/** A header of an HTTP request. */
export interface HTTPHeader {
  /** Name of the header. */
  readonly name: Scalars['String']['output'];
  /** Value of the header. */
  readonly value?: Maybe<Scalars['String']['output']>;
}

/** A header of an HTTP request. */
export interface HTTPHeaderInput {
  /** Name of the header. */
  readonly name: Scalars['String']['input'];
  /** Value of the header. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
}

/** A line of /etc/hosts. */
export interface HostAlias {
  /** Names of the address. */
  readonly hostnames?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The address. */
  readonly ip: Scalars['String']['output'];
}

/** A line of /etc/hosts. */
export interface HostAliasInput {
  /** Names of the address. */
  readonly hostnames?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The address. */
  readonly ip: Scalars['String']['input'];
}

/** An address of a node. */
export interface HostIP {
  /** The address. */
  readonly ip: Scalars['String']['output'];
}

/** A file or folder of the node. */
export interface HostPathVolumeSource {
  /** Path on the node. */
  readonly path: Scalars['String']['output'];
  /** What must be there, or is made there: empty for no check, or such as DirectoryOrCreate, File, Socket. */
  readonly type?: Maybe<Scalars['String']['output']>;
}

/** A file or folder of the node. */
export interface HostPathVolumeSourceInput {
  /** Path on the node. */
  readonly path: Scalars['String']['input'];
  /** What must be there, or is made there: empty for no check, or such as DirectoryOrCreate, File, Socket. */
  readonly type?: InputMaybe<Scalars['String']['input']>;
}

/** A disk that is reached by iSCSI. */
export interface ISCSIVolumeSource {
  /** Whether discovery is authenticated by CHAP. */
  readonly chapAuthDiscovery?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the session is authenticated by CHAP. */
  readonly chapAuthSession?: Maybe<Scalars['Boolean']['output']>;
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Name of the initiator. */
  readonly initiatorName?: Maybe<Scalars['String']['output']>;
  /** Qualified name of the target. */
  readonly iqn: Scalars['String']['output'];
  /** Interface of the initiator. */
  readonly iscsiInterface?: Maybe<Scalars['String']['output']>;
  /** Number of the disk on the target. */
  readonly lun?: Maybe<Scalars['Int']['output']>;
  /** Further addresses of the target. */
  readonly portals?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret for CHAP. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Address, with a port if it is not the usual one, of the target. */
  readonly targetPortal: Scalars['String']['output'];
}

/** A disk that is reached by iSCSI. */
export interface ISCSIVolumeSourceInput {
  /** Whether discovery is authenticated by CHAP. */
  readonly chapAuthDiscovery?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the session is authenticated by CHAP. */
  readonly chapAuthSession?: InputMaybe<Scalars['Boolean']['input']>;
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Name of the initiator. */
  readonly initiatorName?: InputMaybe<Scalars['String']['input']>;
  /** Qualified name of the target. */
  readonly iqn: Scalars['String']['input'];
  /** Interface of the initiator. */
  readonly iscsiInterface?: InputMaybe<Scalars['String']['input']>;
  /** Number of the disk on the target. */
  readonly lun?: InputMaybe<Scalars['Int']['input']>;
  /** Further addresses of the target. */
  readonly portals?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret for CHAP. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Address, with a port if it is not the usual one, of the target. */
  readonly targetPortal: Scalars['String']['input'];
}

/** The files of an image. */
export interface ImageVolumeSource {
  /** When it is pulled; by the tag, as for containers, when absent. */
  readonly pullPolicy?: Maybe<PullPolicy>;
  /** Name of the image. */
  readonly reference?: Maybe<Scalars['String']['output']>;
}

/** The files of an image. */
export interface ImageVolumeSourceInput {
  /** When it is pulled; by the tag, as for containers, when absent. */
  readonly pullPolicy?: InputMaybe<PullPolicy>;
  /** Name of the image. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
}

/** For a volume that is an image. */
export interface ImageVolumeStatus {
  /** Identity of the image. */
  readonly imageRef: Scalars['String']['output'];
}

/** Puts one key into one file. */
export interface KeyToPath {
  /** The key. */
  readonly key: Scalars['String']['output'];
  /** Mode of the file, 0 to 0777 (octal); that of the volume when absent. */
  readonly mode?: Maybe<Scalars['Int']['output']>;
  /** Path of the file in the volume; neither absolute nor with `..`. */
  readonly path: Scalars['String']['output'];
}

/** Puts one key into one file. */
export interface KeyToPathInput {
  /** The key. */
  readonly key: Scalars['String']['input'];
  /** Mode of the file, 0 to 0777 (octal); that of the volume when absent. */
  readonly mode?: InputMaybe<Scalars['Int']['input']>;
  /** Path of the file in the volume; neither absolute nor with `..`. */
  readonly path: Scalars['String']['input'];
}

/** Which bundles of the signer; none when absent. */
export interface LabelSelector {
  /** Further conditions. */
  readonly matchExpressions?: Maybe<ReadonlyArray<LabelSelectorRequirement>>;
  /** Labels that must be there with exactly these values. */
  readonly matchLabels?: Maybe<Scalars['StringMap']['output']>;
}

/** Which bundles of the signer; none when absent. */
export interface LabelSelectorInput {
  /** Further conditions. */
  readonly matchExpressions?: InputMaybe<ReadonlyArray<LabelSelectorRequirementInput>>;
  /** Labels that must be there with exactly these values. */
  readonly matchLabels?: InputMaybe<Scalars['StringMap']['input']>;
}

/** How the label is compared. */
export type LabelSelectorOperator =
  /** The label is absent. */
  | 'DoesNotExist'
  /** The label is there. */
  | 'Exists'
  /** The value is one of the values. */
  | 'In'
  /** The value is none of the values, or the label is absent. */
  | 'NotIn';

/** A condition on one label. */
export interface LabelSelectorRequirement {
  /** Key of the label. */
  readonly key: Scalars['String']['output'];
  /** How the label is compared. */
  readonly operator: LabelSelectorOperator;
  /** What the label is compared with; empty for Exists and DoesNotExist. */
  readonly values?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** A condition on one label. */
export interface LabelSelectorRequirementInput {
  /** Key of the label. */
  readonly key: Scalars['String']['input'];
  /** How the label is compared. */
  readonly operator: LabelSelectorOperator;
  /** What the label is compared with; empty for Exists and DoesNotExist. */
  readonly values?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** What is done after the start and before the end. */
export interface Lifecycle {
  /** Done at once after the container has been created; its failure kills the container. */
  readonly postStart?: Maybe<LifecycleHandler>;
  /** Done before the container is asked to end; it counts into the grace period. */
  readonly preStop?: Maybe<LifecycleHandler>;
  /** Signal that asks the container to end, instead of the one that its image names. */
  readonly stopSignal?: Maybe<Scalars['String']['output']>;
}

/** Done at once after the container has been created; its failure kills the container. */
export interface LifecycleHandler {
  /** Runs a command in the container. */
  readonly exec?: Maybe<ExecAction>;
  /** Sends an HTTP request. */
  readonly httpGet?: Maybe<HTTPGetAction>;
  /** Waits. */
  readonly sleep?: Maybe<SleepAction>;
  /** Not supported any more; kept so that old manifests are understood. */
  readonly tcpSocket?: Maybe<TCPSocketAction>;
}

/** Done at once after the container has been created; its failure kills the container. */
export interface LifecycleHandlerInput {
  /** Runs a command in the container. */
  readonly exec?: InputMaybe<ExecActionInput>;
  /** Sends an HTTP request. */
  readonly httpGet?: InputMaybe<HTTPGetActionInput>;
  /** Waits. */
  readonly sleep?: InputMaybe<SleepActionInput>;
  /** Not supported any more; kept so that old manifests are understood. */
  readonly tcpSocket?: InputMaybe<TCPSocketActionInput>;
}

/** What is done after the start and before the end. */
export interface LifecycleInput {
  /** Done at once after the container has been created; its failure kills the container. */
  readonly postStart?: InputMaybe<LifecycleHandlerInput>;
  /** Done before the container is asked to end; it counts into the grace period. */
  readonly preStop?: InputMaybe<LifecycleHandlerInput>;
  /** Signal that asks the container to end, instead of the one that its image names. */
  readonly stopSignal?: InputMaybe<Scalars['String']['input']>;
}

/** For Linux. */
export interface LinuxContainerUser {
  /** Primary group ID. */
  readonly gid: Scalars['Int64']['output'];
  /** Further group IDs. */
  readonly supplementalGroups?: Maybe<ReadonlyArray<Scalars['Int64']['output']>>;
  /** User ID. */
  readonly uid: Scalars['Int64']['output'];
}

/** Secret with what the driver needs to publish the volume. */
export interface LocalObjectReference {
  /** Name of the object. */
  readonly name?: Maybe<Scalars['String']['output']>;
}

/** Secret with what the driver needs to publish the volume. */
export interface LocalObjectReferenceInput {
  /** Name of the object. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
}

/** Why a log cannot be read. */
export interface LogFault {
  /** One of the codes that errors have in `extensions.code`. */
  readonly code: Scalars['String']['input'];
  /** Why, in a sentence. */
  readonly message: Scalars['String']['input'];
}

/** One line that a container has written. */
export interface LogLine {
  /** Whether it goes on in the next line of the same stream, since it is longer than 64 KiB. */
  readonly partial: Scalars['Boolean']['output'];
  /** Where to. */
  readonly stream: LogStream;
  /** The line, without its end. */
  readonly text: Scalars['String']['output'];
  /** When, by the clock of its machine. */
  readonly time: Scalars['DateTime']['output'];
}

/** A log that somebody wants to read: that of one run of one container. */
export interface LogRequest {
  /** Name of the container. */
  readonly container: Scalars['String']['output'];
  /** Whether to go on until the run ends. */
  readonly follow: Scalars['Boolean']['output'];
  /** What its pieces are sent under. */
  readonly id: Scalars['ID']['output'];
  /** The pod. */
  readonly pod: Scalars['JSON']['output'];
  /** Which run of it. */
  readonly restartCount: Scalars['Int']['output'];
  /** Of these, only lines that are not older. */
  readonly sinceTime?: Maybe<Scalars['DateTime']['output']>;
  /** Only so many of the last lines. */
  readonly tailLines?: Maybe<Scalars['Int']['output']>;
}

/** What a node agent has to do for those who read logs. */
export interface LogRequests {
  /** Stop these: their reader has gone. */
  readonly cancelled: ReadonlyArray<Scalars['ID']['output']>;
  /** Begin these. */
  readonly requests: ReadonlyArray<LogRequest>;
}

/** An output of a container. */
export type LogStream =
  /** Standard error. */
  | 'stderr'
  /** Standard output. */
  | 'stdout';

/** Whether later mounts are seen on the other side; None when absent. */
export type MountPropagationMode =
  /** Mounts show in both directions. */
  | 'Bidirectional'
  /** Later mounts of the machine show in the container. */
  | 'HostToContainer'
  /** Later mounts show in neither direction. */
  | 'None';

/** What can be changed. Each mutation is one transaction. */
export interface Mutation {
  /** Makes objects as the manifests say, all of them or none. */
  readonly apply: ApplyResult;
  /** Marks a machine as unschedulable: no further pods are placed on it. */
  readonly cordon: ClusterNode;
  /** Creates the objects of the manifests, all of them or none. `generateName` gives names. */
  readonly create: ApplyResult;
  /** Creates a Node. */
  readonly createClusterNode: ClusterNode;
  /** Creates a Event. */
  readonly createEvent: Event;
  /** Creates a Namespace. */
  readonly createNamespace: Namespace;
  /** Creates a Pod. */
  readonly createPod: Pod;
  /** Creates a ReplicaSet. */
  readonly createReplicaSet: ReplicaSet;
  /** Creates a ReplicationController. */
  readonly createReplicationController: ReplicationController;
  /** Deletes an object, gracefully where it has a grace period. Answers with its last version. */
  readonly delete: Resource;
  /** Deletes a Node, gracefully where it has a grace period. Answers with its last version. */
  readonly deleteClusterNode: ClusterNode;
  /** Deletes a Event, gracefully where it has a grace period. Answers with its last version. */
  readonly deleteEvent: Event;
  /** Deletes a Namespace, gracefully where it has a grace period. Answers with its last version. */
  readonly deleteNamespace: Namespace;
  /** Deletes a Pod, gracefully where it has a grace period. Answers with its last version. */
  readonly deletePod: Pod;
  /** Deletes a ReplicaSet, gracefully where it has a grace period. Answers with its last version. */
  readonly deleteReplicaSet: ReplicaSet;
  /** Deletes a ReplicationController, gracefully where it has a grace period. Answers with its last version. */
  readonly deleteReplicationController: ReplicationController;
  /** Changes an object by a JSON merge patch (RFC 7386): null removes, lists are taken as a whole. */
  readonly patch: Resource;
  /** For node agents: makes machines known, or tells what they have now. */
  readonly registerClusterNodes: RegistrationResult;
  /** For node agents: proof of life of machines. Answers with how many of them are registered and not given up: an agent of more registers them again. */
  readonly renewLeases: Scalars['Int']['output'];
  /** Replaces the objects of the manifests, all of them or none; a given resourceVersion must be current. */
  readonly replace: ApplyResult;
  /** For node agents: Kubernetes Events about their pods. Answers with how many were taken, before they are written. */
  readonly reportEvents: Scalars['Int']['output'];
  /** For node agents: the statuses of pods, many at once; each has its own outcome. */
  readonly reportPodStatuses: ReadonlyArray<PodStatusOutcome>;
  /** Sets how many replicas an object wants. */
  readonly scale: Resource;
  /** For node agents: the next lines of a log. Answers when the reader has taken them, with whether it wants more. */
  readonly sendLogs: Scalars['Boolean']['output'];
  /** Marks a machine as schedulable again. */
  readonly uncordon: ClusterNode;
  /** Replaces labels, annotations and spec of a Node; a given resourceVersion must be current. */
  readonly updateClusterNode: ClusterNode;
  /** Replaces labels, annotations and spec of a Event; a given resourceVersion must be current. */
  readonly updateEvent: Event;
  /** Replaces labels, annotations and spec of a Namespace; a given resourceVersion must be current. */
  readonly updateNamespace: Namespace;
  /** Replaces labels, annotations and spec of a Pod; a given resourceVersion must be current. */
  readonly updatePod: Pod;
  /** Replaces labels, annotations and spec of a ReplicaSet; a given resourceVersion must be current. */
  readonly updateReplicaSet: ReplicaSet;
  /** Replaces labels, annotations and spec of a ReplicationController; a given resourceVersion must be current. */
  readonly updateReplicationController: ReplicationController;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationapplyArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  manifests: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcordonArgs {
  name: Scalars['String']['input'];
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  manifests: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateClusterNodeArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ClusterNodeInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateEventArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: EventInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateNamespaceArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: NamespaceInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreatePodArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: PodInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateReplicaSetArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ReplicaSetInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationcreateReplicationControllerArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ReplicationControllerInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  propagationPolicy?: InputMaybe<PropagationPolicy>;
  uid?: InputMaybe<Scalars['ID']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteClusterNodeArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteEventArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteNamespaceArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeletePodArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteReplicaSetArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationdeleteReplicationControllerArgs {
  gracePeriodSeconds?: InputMaybe<Scalars['Int']['input']>;
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  propagationPolicy?: InputMaybe<PropagationPolicy>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationpatchArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  patch: Scalars['JSON']['input'];
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationregisterClusterNodesArgs {
  nodes: ReadonlyArray<Scalars['JSON']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationrenewLeasesArgs {
  leaseDurationSeconds?: InputMaybe<Scalars['Int']['input']>;
  nodeNames: ReadonlyArray<Scalars['String']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationreplaceArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  manifests: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationreportEventsArgs {
  events: ReadonlyArray<EventReport>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationreportPodStatusesArgs {
  reports: ReadonlyArray<PodStatusReport>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationscaleArgs {
  currentReplicas?: InputMaybe<Scalars['Int']['input']>;
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  replicas: Scalars['Int']['input'];
  resourceVersion?: InputMaybe<Scalars['ResourceVersion']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationsendLogsArgs {
  done?: InputMaybe<Scalars['Boolean']['input']>;
  error?: InputMaybe<LogFault>;
  id: Scalars['ID']['input'];
  nodeName: Scalars['String']['input'];
  text?: InputMaybe<Scalars['String']['input']>;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationuncordonArgs {
  name: Scalars['String']['input'];
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdateClusterNodeArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ClusterNodeInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdateEventArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: EventInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdateNamespaceArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: NamespaceInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdatePodArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: PodInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdateReplicaSetArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ReplicaSetInput;
}


/** What can be changed. Each mutation is one transaction. */
export interface MutationupdateReplicationControllerArgs {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  input: ReplicationControllerInput;
}

/** A folder of an NFS server. */
export interface NFSVolumeSource {
  /** Path that the server exports. */
  readonly path: Scalars['String']['output'];
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Host name or address of the server. */
  readonly server: Scalars['String']['output'];
}

/** A folder of an NFS server. */
export interface NFSVolumeSourceInput {
  /** Path that the server exports. */
  readonly path: Scalars['String']['input'];
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Host name or address of the server. */
  readonly server: Scalars['String']['input'];
}

/** A place for names: objects of different namespaces may have the same name. */
export interface Namespace extends Node, Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** What the namespace should be. */
  readonly spec?: Maybe<NamespaceSpec>;
  /** What is observed of it. */
  readonly status?: Maybe<NamespaceStatus>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** A place for names: objects of different namespaces may have the same name. */
export interface NamespacedependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** A place for names: objects of different namespaces may have the same name. */
export interface NamespaceeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** A place for names: objects of different namespaces may have the same name. */
export interface NamespacehistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A condition of a namespace. */
export interface NamespaceCondition {
  /** When the status last became another. */
  readonly lastTransitionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['output'];
}

/** A page of a list. */
export interface NamespaceConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<NamespaceEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Namespace>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface NamespaceEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Namespace;
}

/** What a writer says of a Namespace. */
export interface NamespaceInput {
  /** If given, "v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** If given, "Namespace". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What the namespace should be. */
  readonly spec?: InputMaybe<NamespaceSpecInput>;
}

/** Where the namespace is in its life. */
export type NamespacePhase =
  /** In use. */
  | 'Active'
  /** Being emptied before it goes. */
  | 'Terminating';

/** What the namespace should be. */
export interface NamespaceSpec {
  /** Who must be done before the namespace goes; `kubernetes` empties it. */
  readonly finalizers?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** What the namespace should be. */
export interface NamespaceSpecInput {
  /** Who must be done before the namespace goes; `kubernetes` empties it. */
  readonly finalizers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** What is observed of it. */
export interface NamespaceStatus {
  /** What hinders its end. */
  readonly conditions?: Maybe<ReadonlyArray<NamespaceCondition>>;
  /** Where the namespace is in its life. */
  readonly phase?: Maybe<NamespacePhase>;
}

/** Anything with an ID by which it can be fetched again (Relay). A machine of the cluster is a ClusterNode. */
export interface Node {
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
}

/** An address of a machine. */
export interface NodeAddress {
  /** The address. */
  readonly address: Scalars['String']['output'];
  /** Kind of the address. */
  readonly type: NodeAddressType;
}

/** An address of a machine. */
export interface NodeAddressInput {
  /** The address. */
  readonly address: Scalars['String']['input'];
  /** Kind of the address. */
  readonly type: NodeAddressType;
}

/** Kind of the address. */
export type NodeAddressType =
  /** A DNS name outside the cluster. */
  | 'ExternalDNS'
  /** An address outside the cluster. */
  | 'ExternalIP'
  /** The name of the host. */
  | 'Hostname'
  /** A DNS name inside the cluster. */
  | 'InternalDNS'
  /** An address inside the cluster. */
  | 'InternalIP';

/** Nodes that it must or would like to run on. */
export interface NodeAffinity {
  /** Nodes that are better. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: Maybe<ReadonlyArray<PreferredSchedulingTerm>>;
  /** Nodes that the pod must run on. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Maybe<NodeSelector>;
}

/** Nodes that it must or would like to run on. */
export interface NodeAffinityInput {
  /** Nodes that are better. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: InputMaybe<ReadonlyArray<PreferredSchedulingTermInput>>;
  /** Nodes that the pod must run on. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: InputMaybe<NodeSelectorInput>;
}

/** A condition of a machine. */
export interface NodeCondition {
  /** When it was last looked at. */
  readonly lastHeartbeatTime?: Maybe<Scalars['DateTime']['output']>;
  /** When the status last became another. */
  readonly lastTransitionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['output'];
}

/** A condition of a machine. */
export interface NodeConditionInput {
  /** When it was last looked at. */
  readonly lastHeartbeatTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** When the status last became another. */
  readonly lastTransitionTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why, in a sentence, for people. */
  readonly message?: InputMaybe<Scalars['String']['input']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['input'];
}

/** Where the node agent has its configuration from. */
export interface NodeConfigSource {
  /** The ConfigMap. */
  readonly configMap?: Maybe<ConfigMapNodeConfigSource>;
}

/** Where the node agent has its configuration from. */
export interface NodeConfigSourceInput {
  /** The ConfigMap. */
  readonly configMap?: InputMaybe<ConfigMapNodeConfigSourceInput>;
}

/** State of configuration from the control plane. */
export interface NodeConfigStatus {
  /** The configuration that is used. */
  readonly active?: Maybe<NodeConfigSource>;
  /** The configuration that is wanted. */
  readonly assigned?: Maybe<NodeConfigSource>;
  /** What is wrong with the wanted configuration. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** The configuration that is fallen back to. */
  readonly lastKnownGood?: Maybe<NodeConfigSource>;
}

/** State of configuration from the control plane. */
export interface NodeConfigStatusInput {
  /** The configuration that is used. */
  readonly active?: InputMaybe<NodeConfigSourceInput>;
  /** The configuration that is wanted. */
  readonly assigned?: InputMaybe<NodeConfigSourceInput>;
  /** What is wrong with the wanted configuration. */
  readonly error?: InputMaybe<Scalars['String']['input']>;
  /** The configuration that is fallen back to. */
  readonly lastKnownGood?: InputMaybe<NodeConfigSourceInput>;
}

/** Where the agents of the machine listen. */
export interface NodeDaemonEndpoints {
  /** Where the node agent listens. */
  readonly kubeletEndpoint?: Maybe<DaemonEndpoint>;
}

/** Where the agents of the machine listen. */
export interface NodeDaemonEndpointsInput {
  /** Where the node agent listens. */
  readonly kubeletEndpoint?: InputMaybe<DaemonEndpointInput>;
}

/** What the runtime can do. */
export interface NodeFeatures {
  /** Whether it knows `supplementalGroupsPolicy`. */
  readonly supplementalGroupsPolicy?: Maybe<Scalars['Boolean']['output']>;
}

/** What the runtime can do. */
export interface NodeFeaturesInput {
  /** Whether it knows `supplementalGroupsPolicy`. */
  readonly supplementalGroupsPolicy?: InputMaybe<Scalars['Boolean']['input']>;
}

/** Whether nodes that the pod cannot choose are left out; Honor when absent. */
export type NodeInclusionPolicy =
  /** It counts. */
  | 'Honor'
  /** It does not count. */
  | 'Ignore';

/** A runtime handler of a machine. */
export interface NodeRuntimeHandler {
  /** What the handler can do. */
  readonly features?: Maybe<NodeRuntimeHandlerFeatures>;
  /** Name of the handler; empty for the default one. */
  readonly name?: Maybe<Scalars['String']['output']>;
}

/** What the handler can do. */
export interface NodeRuntimeHandlerFeatures {
  /** Whether mounts can be read-only all the way down. */
  readonly recursiveReadOnlyMounts?: Maybe<Scalars['Boolean']['output']>;
  /** Whether it knows user namespaces. */
  readonly userNamespaces?: Maybe<Scalars['Boolean']['output']>;
}

/** What the handler can do. */
export interface NodeRuntimeHandlerFeaturesInput {
  /** Whether mounts can be read-only all the way down. */
  readonly recursiveReadOnlyMounts?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it knows user namespaces. */
  readonly userNamespaces?: InputMaybe<Scalars['Boolean']['input']>;
}

/** A runtime handler of a machine. */
export interface NodeRuntimeHandlerInput {
  /** What the handler can do. */
  readonly features?: InputMaybe<NodeRuntimeHandlerFeaturesInput>;
  /** Name of the handler; empty for the default one. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
}

/** Nodes that the pod must run on. */
export interface NodeSelector {
  /** The terms. */
  readonly nodeSelectorTerms: ReadonlyArray<NodeSelectorTerm>;
}

/** Nodes that the pod must run on. */
export interface NodeSelectorInput {
  /** The terms. */
  readonly nodeSelectorTerms: ReadonlyArray<NodeSelectorTermInput>;
}

/** How it is compared. */
export type NodeSelectorOperator =
  /** The label is absent. */
  | 'DoesNotExist'
  /** The label is there. */
  | 'Exists'
  /** The value is a greater integer. */
  | 'Gt'
  /** The value is one of the values. */
  | 'In'
  /** The value is a lesser integer. */
  | 'Lt'
  /** The value is none of the values, or the label is absent. */
  | 'NotIn';

/** A condition on a label or a field of a node. */
export interface NodeSelectorRequirement {
  /** Key of the label, or `metadata.name` in `matchFields`. */
  readonly key: Scalars['String']['output'];
  /** How it is compared. */
  readonly operator: NodeSelectorOperator;
  /** What it is compared with: none for Exists and DoesNotExist, one integer for Gt and Lt. */
  readonly values?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** A condition on a label or a field of a node. */
export interface NodeSelectorRequirementInput {
  /** Key of the label, or `metadata.name` in `matchFields`. */
  readonly key: Scalars['String']['input'];
  /** How it is compared. */
  readonly operator: NodeSelectorOperator;
  /** What it is compared with: none for Exists and DoesNotExist, one integer for Gt and Lt. */
  readonly values?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** Conditions on a node that must all hold; none hold when empty. */
export interface NodeSelectorTerm {
  /** Conditions on labels. */
  readonly matchExpressions?: Maybe<ReadonlyArray<NodeSelectorRequirement>>;
  /** Conditions on fields. */
  readonly matchFields?: Maybe<ReadonlyArray<NodeSelectorRequirement>>;
}

/** Conditions on a node that must all hold; none hold when empty. */
export interface NodeSelectorTermInput {
  /** Conditions on labels. */
  readonly matchExpressions?: InputMaybe<ReadonlyArray<NodeSelectorRequirementInput>>;
  /** Conditions on fields. */
  readonly matchFields?: InputMaybe<ReadonlyArray<NodeSelectorRequirementInput>>;
}

/** What the machine should be. */
export interface NodeSpec {
  /**
   * Where the node agent has its configuration from.
   * @deprecated No agent reads it any more.
   */
  readonly configSource?: Maybe<NodeConfigSource>;
  /**
   * Another identity of the machine.
   * @deprecated Use `providerID`.
   */
  readonly externalID?: Maybe<Scalars['String']['output']>;
  /** Addresses for the pods of the machine. */
  readonly podCIDR?: Maybe<Scalars['String']['output']>;
  /** Addresses for the pods, one range per IP family; the first is `podCIDR`. */
  readonly podCIDRs?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Identity that the provider of the machine gave it. */
  readonly providerID?: Maybe<Scalars['String']['output']>;
  /** What keeps pods away that do not tolerate it. */
  readonly taints?: Maybe<ReadonlyArray<Taint>>;
  /** Whether new pods are kept away. */
  readonly unschedulable?: Maybe<Scalars['Boolean']['output']>;
}

/** What the machine should be. */
export interface NodeSpecInput {
  /**
   * Where the node agent has its configuration from.
   * @deprecated No agent reads it any more.
   */
  readonly configSource?: InputMaybe<NodeConfigSourceInput>;
  /**
   * Another identity of the machine.
   * @deprecated Use `providerID`.
   */
  readonly externalID?: InputMaybe<Scalars['String']['input']>;
  /** Addresses for the pods of the machine. */
  readonly podCIDR?: InputMaybe<Scalars['String']['input']>;
  /** Addresses for the pods, one range per IP family; the first is `podCIDR`. */
  readonly podCIDRs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Identity that the provider of the machine gave it. */
  readonly providerID?: InputMaybe<Scalars['String']['input']>;
  /** What keeps pods away that do not tolerate it. */
  readonly taints?: InputMaybe<ReadonlyArray<TaintInput>>;
  /** Whether new pods are kept away. */
  readonly unschedulable?: InputMaybe<Scalars['Boolean']['input']>;
}

/** What is observed of it. */
export interface NodeStatus {
  /** Addresses of the machine. */
  readonly addresses?: Maybe<ReadonlyArray<NodeAddress>>;
  /** What of it pods may use; all when absent. */
  readonly allocatable?: Maybe<Scalars['StringMap']['output']>;
  /** All that the machine has, by resource name. */
  readonly capacity?: Maybe<Scalars['StringMap']['output']>;
  /** Conditions: Ready, MemoryPressure, DiskPressure, PIDPressure and others. */
  readonly conditions?: Maybe<ReadonlyArray<NodeCondition>>;
  /**
   * State of configuration from the control plane.
   * @deprecated No agent reads its configuration there any more.
   */
  readonly config?: Maybe<NodeConfigStatus>;
  /** Where the agents of the machine listen. */
  readonly daemonEndpoints?: Maybe<NodeDaemonEndpoints>;
  /** Features that the node agent knows. */
  readonly declaredFeatures?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What the runtime can do. */
  readonly features?: Maybe<NodeFeatures>;
  /** Images that are there. */
  readonly images?: Maybe<ReadonlyArray<ContainerImage>>;
  /** What the machine is made of. */
  readonly nodeInfo?: Maybe<NodeSystemInfo>;
  /**
   * Where the machine is in its life.
   * @deprecated Nobody sets it any more; see `conditions`.
   */
  readonly phase?: Maybe<Scalars['String']['output']>;
  /** Runtime handlers that are there. */
  readonly runtimeHandlers?: Maybe<ReadonlyArray<NodeRuntimeHandler>>;
  /** Volumes that are attached. */
  readonly volumesAttached?: Maybe<ReadonlyArray<AttachedVolume>>;
  /** Volumes that are attached and mounted. */
  readonly volumesInUse?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** What is observed of it. */
export interface NodeStatusInput {
  /** Addresses of the machine. */
  readonly addresses?: InputMaybe<ReadonlyArray<NodeAddressInput>>;
  /** What of it pods may use; all when absent. */
  readonly allocatable?: InputMaybe<Scalars['StringMap']['input']>;
  /** All that the machine has, by resource name. */
  readonly capacity?: InputMaybe<Scalars['StringMap']['input']>;
  /** Conditions: Ready, MemoryPressure, DiskPressure, PIDPressure and others. */
  readonly conditions?: InputMaybe<ReadonlyArray<NodeConditionInput>>;
  /**
   * State of configuration from the control plane.
   * @deprecated No agent reads its configuration there any more.
   */
  readonly config?: InputMaybe<NodeConfigStatusInput>;
  /** Where the agents of the machine listen. */
  readonly daemonEndpoints?: InputMaybe<NodeDaemonEndpointsInput>;
  /** Features that the node agent knows. */
  readonly declaredFeatures?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** What the runtime can do. */
  readonly features?: InputMaybe<NodeFeaturesInput>;
  /** Images that are there. */
  readonly images?: InputMaybe<ReadonlyArray<ContainerImageInput>>;
  /** What the machine is made of. */
  readonly nodeInfo?: InputMaybe<NodeSystemInfoInput>;
  /**
   * Where the machine is in its life.
   * @deprecated Nobody sets it any more; see `conditions`.
   */
  readonly phase?: InputMaybe<Scalars['String']['input']>;
  /** Runtime handlers that are there. */
  readonly runtimeHandlers?: InputMaybe<ReadonlyArray<NodeRuntimeHandlerInput>>;
  /** Volumes that are attached. */
  readonly volumesAttached?: InputMaybe<ReadonlyArray<AttachedVolumeInput>>;
  /** Volumes that are attached and mounted. */
  readonly volumesInUse?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** Swap space. */
export interface NodeSwapStatus {
  /** Size in bytes. */
  readonly capacity?: Maybe<Scalars['Int64']['output']>;
}

/** Swap space. */
export interface NodeSwapStatusInput {
  /** Size in bytes. */
  readonly capacity?: InputMaybe<Scalars['Int64']['input']>;
}

/** What the machine is made of. */
export interface NodeSystemInfo {
  /** The processor architecture, such as amd64. */
  readonly architecture?: Maybe<Scalars['String']['output']>;
  /** Identity of this boot. */
  readonly bootID?: Maybe<Scalars['String']['output']>;
  /** Runtime and its version, as `name://version`. */
  readonly containerRuntimeVersion?: Maybe<Scalars['String']['output']>;
  /** Version of the kernel. */
  readonly kernelVersion?: Maybe<Scalars['String']['output']>;
  /**
   * Version of the service proxy.
   * @deprecated Nobody knows it any more.
   */
  readonly kubeProxyVersion?: Maybe<Scalars['String']['output']>;
  /** Version of the node agent. */
  readonly kubeletVersion?: Maybe<Scalars['String']['output']>;
  /** Identity of the installed system. */
  readonly machineID?: Maybe<Scalars['String']['output']>;
  /** The operating system, such as linux. */
  readonly operatingSystem?: Maybe<Scalars['String']['output']>;
  /** Name of the operating system, for people. */
  readonly osImage?: Maybe<Scalars['String']['output']>;
  /** Swap space. */
  readonly swap?: Maybe<NodeSwapStatus>;
  /** Identity of the hardware. */
  readonly systemUUID?: Maybe<Scalars['String']['output']>;
}

/** What the machine is made of. */
export interface NodeSystemInfoInput {
  /** The processor architecture, such as amd64. */
  readonly architecture?: InputMaybe<Scalars['String']['input']>;
  /** Identity of this boot. */
  readonly bootID?: InputMaybe<Scalars['String']['input']>;
  /** Runtime and its version, as `name://version`. */
  readonly containerRuntimeVersion?: InputMaybe<Scalars['String']['input']>;
  /** Version of the kernel. */
  readonly kernelVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Version of the service proxy.
   * @deprecated Nobody knows it any more.
   */
  readonly kubeProxyVersion?: InputMaybe<Scalars['String']['input']>;
  /** Version of the node agent. */
  readonly kubeletVersion?: InputMaybe<Scalars['String']['input']>;
  /** Identity of the installed system. */
  readonly machineID?: InputMaybe<Scalars['String']['input']>;
  /** The operating system, such as linux. */
  readonly operatingSystem?: InputMaybe<Scalars['String']['input']>;
  /** Name of the operating system, for people. */
  readonly osImage?: InputMaybe<Scalars['String']['input']>;
  /** Swap space. */
  readonly swap?: InputMaybe<NodeSwapStatusInput>;
  /** Identity of the hardware. */
  readonly systemUUID?: InputMaybe<Scalars['String']['input']>;
}

/** Name of the system. */
export type OSName =
  /** Linux. */
  | 'linux'
  /** Windows. */
  | 'windows';

/** A field of the pod. */
export interface ObjectFieldSelector {
  /** Version of the schema that the path is written for. */
  readonly apiVersion?: Maybe<Scalars['String']['output']>;
  /** Path of the field, such as `metadata.name` or `metadata.labels['app']`. */
  readonly fieldPath: Scalars['String']['output'];
}

/** A field of the pod. */
export interface ObjectFieldSelectorInput {
  /** Version of the schema that the path is written for. */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** Path of the field, such as `metadata.name` or `metadata.labels['app']`. */
  readonly fieldPath: Scalars['String']['input'];
}

/** What every object carries. */
export interface ObjectMeta {
  /** Metadata that is not queried. */
  readonly annotations?: Maybe<Scalars['StringMap']['output']>;
  /** When the object was created. */
  readonly creationTimestamp: Scalars['DateTime']['output'];
  /** Seconds that the object has to end gracefully. */
  readonly deletionGracePeriodSeconds?: Maybe<Scalars['Int64']['output']>;
  /** When the object will be gone; set by a graceful deletion. */
  readonly deletionTimestamp?: Maybe<Scalars['DateTime']['output']>;
  /** Names of those who must agree before the object goes. */
  readonly finalizers?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Prefix from which the server makes a unique name when `name` is not given. */
  readonly generateName?: Maybe<Scalars['String']['output']>;
  /** Counts the changes of the spec. */
  readonly generation?: Maybe<Scalars['Int64']['output']>;
  /** Queryable identity. */
  readonly labels?: Maybe<Scalars['StringMap']['output']>;
  /** Name, unique per kind and namespace. Cannot be changed. */
  readonly name: Scalars['String']['output'];
  /** Namespace of the object; absent for cluster-wide kinds. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Owners; the object is collected when all of them are gone. */
  readonly ownerReferences?: Maybe<ReadonlyArray<OwnerReference>>;
  /** Position in the change log of the last change. Opaque. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** Identity in time and space, given by the server. */
  readonly uid: Scalars['String']['output'];
}

/** What every object carries. */
export interface ObjectMetaInput {
  /** Metadata that is not queried. */
  readonly annotations?: InputMaybe<Scalars['StringMap']['input']>;
  /** When the object was created. */
  readonly creationTimestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** Seconds that the object has to end gracefully. */
  readonly deletionGracePeriodSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** When the object will be gone; set by a graceful deletion. */
  readonly deletionTimestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** Names of those who must agree before the object goes. */
  readonly finalizers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Prefix from which the server makes a unique name when `name` is not given. */
  readonly generateName?: InputMaybe<Scalars['String']['input']>;
  /** Counts the changes of the spec. */
  readonly generation?: InputMaybe<Scalars['Int64']['input']>;
  /** Queryable identity. */
  readonly labels?: InputMaybe<Scalars['StringMap']['input']>;
  /** Name, unique per kind and namespace. Cannot be changed. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Namespace of the object; absent for cluster-wide kinds. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** Owners; the object is collected when all of them are gone. */
  readonly ownerReferences?: InputMaybe<ReadonlyArray<OwnerReferenceInput>>;
  /** Position in the change log of the last change. Opaque. */
  readonly resourceVersion?: InputMaybe<Scalars['ResourceVersion']['input']>;
  /** Identity in time and space, given by the server. */
  readonly uid?: InputMaybe<Scalars['String']['input']>;
}

/** What the event is about. */
export interface ObjectReference {
  /** API version of the object. */
  readonly apiVersion?: Maybe<Scalars['String']['output']>;
  /** Part of the object that is meant, such as `spec.containers{web}`. */
  readonly fieldPath?: Maybe<Scalars['String']['output']>;
  /** Kind of the object. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** Name of the object. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Namespace of the object. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Version of the object that is meant. */
  readonly resourceVersion?: Maybe<Scalars['String']['output']>;
  /** UID of the object. */
  readonly uid?: Maybe<Scalars['String']['output']>;
}

/** What the event is about. */
export interface ObjectReferenceInput {
  /** API version of the object. */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** Part of the object that is meant, such as `spec.containers{web}`. */
  readonly fieldPath?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the object. */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name of the object. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Namespace of the object. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** Version of the object that is meant. */
  readonly resourceVersion?: InputMaybe<Scalars['String']['input']>;
  /** UID of the object. */
  readonly uid?: InputMaybe<Scalars['String']['input']>;
}

/** Which end comes first. */
export type OrderDirection =
  /** The least first. */
  | 'ASC'
  /** The greatest first. */
  | 'DESC';

/** A link from a dependent to an object that owns it. */
export interface OwnerReference {
  /** API version of the owner. */
  readonly apiVersion: Scalars['String']['output'];
  /** Whether a foreground deletion of the owner waits for this object. */
  readonly blockOwnerDeletion?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the owner is the managing controller. */
  readonly controller?: Maybe<Scalars['Boolean']['output']>;
  /** Kind of the owner. */
  readonly kind: Scalars['String']['output'];
  /** Name of the owner. */
  readonly name: Scalars['String']['output'];
  /** UID of the owner. */
  readonly uid: Scalars['String']['output'];
}

/** A link from a dependent to an object that owns it. */
export interface OwnerReferenceInput {
  /** API version of the owner. */
  readonly apiVersion: Scalars['String']['input'];
  /** Whether a foreground deletion of the owner waits for this object. */
  readonly blockOwnerDeletion?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the owner is the managing controller. */
  readonly controller?: InputMaybe<Scalars['Boolean']['input']>;
  /** Kind of the owner. */
  readonly kind: Scalars['String']['input'];
  /** Name of the owner. */
  readonly name: Scalars['String']['input'];
  /** UID of the owner. */
  readonly uid: Scalars['String']['input'];
}

/** Where a page stands in its list. */
export interface PageInfo {
  /** Cursor of the last item, to go on from. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page does not begin the list. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
}

/** How many may use a volume, and whether they may write. */
export type PersistentVolumeAccessMode =
  /** Many machines, reading. */
  | 'ReadOnlyMany'
  /** Many machines, reading and writing. */
  | 'ReadWriteMany'
  /** One machine, reading and writing. */
  | 'ReadWriteOnce'
  /** One pod, reading and writing. */
  | 'ReadWriteOncePod';

/** Spec of the claim. */
export interface PersistentVolumeClaimSpec {
  /** How the volume must be usable. */
  readonly accessModes?: Maybe<ReadonlyArray<PersistentVolumeAccessMode>>;
  /** What the volume is filled from: a snapshot or another claim. */
  readonly dataSource?: Maybe<TypedLocalObjectReference>;
  /** What the volume is filled from: any object that a filler knows. */
  readonly dataSourceRef?: Maybe<TypedObjectReference>;
  /** How much storage is wanted. */
  readonly resources?: Maybe<VolumeResourceRequirements>;
  /** Which volumes may be chosen. */
  readonly selector?: Maybe<LabelSelector>;
  /** Name of the StorageClass; empty for none, the default one when absent. */
  readonly storageClassName?: Maybe<Scalars['String']['output']>;
  /** Name of the VolumeAttributesClass. */
  readonly volumeAttributesClassName?: Maybe<Scalars['String']['output']>;
  /** Whether files or a raw device are wanted. */
  readonly volumeMode?: Maybe<PersistentVolumeMode>;
  /** The volume that the claim is bound to. */
  readonly volumeName?: Maybe<Scalars['String']['output']>;
}

/** Spec of the claim. */
export interface PersistentVolumeClaimSpecInput {
  /** How the volume must be usable. */
  readonly accessModes?: InputMaybe<ReadonlyArray<PersistentVolumeAccessMode>>;
  /** What the volume is filled from: a snapshot or another claim. */
  readonly dataSource?: InputMaybe<TypedLocalObjectReferenceInput>;
  /** What the volume is filled from: any object that a filler knows. */
  readonly dataSourceRef?: InputMaybe<TypedObjectReferenceInput>;
  /** How much storage is wanted. */
  readonly resources?: InputMaybe<VolumeResourceRequirementsInput>;
  /** Which volumes may be chosen. */
  readonly selector?: InputMaybe<LabelSelectorInput>;
  /** Name of the StorageClass; empty for none, the default one when absent. */
  readonly storageClassName?: InputMaybe<Scalars['String']['input']>;
  /** Name of the VolumeAttributesClass. */
  readonly volumeAttributesClassName?: InputMaybe<Scalars['String']['input']>;
  /** Whether files or a raw device are wanted. */
  readonly volumeMode?: InputMaybe<PersistentVolumeMode>;
  /** The volume that the claim is bound to. */
  readonly volumeName?: InputMaybe<Scalars['String']['input']>;
}

/** What the claim is made from. */
export interface PersistentVolumeClaimTemplate {
  /** Labels and annotations of the claim. */
  readonly metadata?: Maybe<PersistentVolumeClaimTemplateMetadata>;
  /** Spec of the claim. */
  readonly spec: PersistentVolumeClaimSpec;
}

/** What the claim is made from. */
export interface PersistentVolumeClaimTemplateInput {
  /** Labels and annotations of the claim. */
  readonly metadata?: InputMaybe<PersistentVolumeClaimTemplateMetadataInput>;
  /** Spec of the claim. */
  readonly spec: PersistentVolumeClaimSpecInput;
}

/** Labels and annotations of the claim. */
export interface PersistentVolumeClaimTemplateMetadata {
  /** Annotations of the claim. */
  readonly annotations?: Maybe<Scalars['StringMap']['output']>;
  /** Labels of the claim. */
  readonly labels?: Maybe<Scalars['StringMap']['output']>;
}

/** Labels and annotations of the claim. */
export interface PersistentVolumeClaimTemplateMetadataInput {
  /** Annotations of the claim. */
  readonly annotations?: InputMaybe<Scalars['StringMap']['input']>;
  /** Labels of the claim. */
  readonly labels?: InputMaybe<Scalars['StringMap']['input']>;
}

/** What a claim is bound to. */
export interface PersistentVolumeClaimVolumeSource {
  /** Name of the PersistentVolumeClaim, in the namespace of the pod. */
  readonly claimName: Scalars['String']['output'];
  /** Whether it cannot be written by any container. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
}

/** What a claim is bound to. */
export interface PersistentVolumeClaimVolumeSourceInput {
  /** Name of the PersistentVolumeClaim, in the namespace of the pod. */
  readonly claimName: Scalars['String']['input'];
  /** Whether it cannot be written by any container. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
}

/** Whether files or a raw device are wanted. */
export type PersistentVolumeMode =
  /** A raw block device. */
  | 'Block'
  /** A file system. */
  | 'Filesystem';

/** A disk of Photon. */
export interface PhotonPersistentDiskVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Identity of the disk. */
  readonly pdID: Scalars['String']['output'];
}

/** A disk of Photon. */
export interface PhotonPersistentDiskVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Identity of the disk. */
  readonly pdID: Scalars['String']['input'];
}

/** Containers that run together on one machine. */
export interface Pod extends Node, Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** What a container has written, as `kubectl logs` prints it. Null with an error where that cannot be told: other pods of the same query are. */
  readonly logs?: Maybe<Scalars['String']['output']>;
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The machine that the pod is bound to. */
  readonly node?: Maybe<ClusterNode>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** Where the pod is, or why it is pending and what would unblock it. */
  readonly scheduling: PodScheduling;
  /** What the pod should be. */
  readonly spec?: Maybe<PodSpec>;
  /** What is observed of it. */
  readonly status?: Maybe<PodStatus>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** Containers that run together on one machine. */
export interface PoddependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Containers that run together on one machine. */
export interface PodeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Containers that run together on one machine. */
export interface PodhistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Containers that run together on one machine. */
export interface PodlogsArgs {
  container?: InputMaybe<Scalars['String']['input']>;
  limitBytes?: InputMaybe<Scalars['Int']['input']>;
  previous?: InputMaybe<Scalars['Boolean']['input']>;
  sinceSeconds?: InputMaybe<Scalars['Int']['input']>;
  sinceTime?: InputMaybe<Scalars['DateTime']['input']>;
  tailLines?: InputMaybe<Scalars['Int']['input']>;
  timestamps?: InputMaybe<Scalars['Boolean']['input']>;
}

/** Pods that it must or would like to be near to. */
export interface PodAffinity {
  /** Pods that it likes. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: Maybe<ReadonlyArray<WeightedPodAffinityTerm>>;
  /** Pods that it must be near to. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Maybe<ReadonlyArray<PodAffinityTerm>>;
}

/** Pods that it must or would like to be near to. */
export interface PodAffinityInput {
  /** Pods that it likes. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: InputMaybe<ReadonlyArray<WeightedPodAffinityTermInput>>;
  /** Pods that it must be near to. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: InputMaybe<ReadonlyArray<PodAffinityTermInput>>;
}

/** A choice of pods, and what counts as near to them. */
export interface PodAffinityTerm {
  /** Which pods; none when absent. */
  readonly labelSelector?: Maybe<LabelSelector>;
  /** Labels of this pod that the others must share. */
  readonly matchLabelKeys?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Labels of this pod that the others must not share. */
  readonly mismatchLabelKeys?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Namespaces of the pods by their labels; an empty one means all. */
  readonly namespaceSelector?: Maybe<LabelSelector>;
  /** Namespaces of the pods; that of this pod when neither this nor a selector is given. */
  readonly namespaces?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Label of nodes; nodes with the same value are near to each other. */
  readonly topologyKey: Scalars['String']['output'];
}

/** A choice of pods, and what counts as near to them. */
export interface PodAffinityTermInput {
  /** Which pods; none when absent. */
  readonly labelSelector?: InputMaybe<LabelSelectorInput>;
  /** Labels of this pod that the others must share. */
  readonly matchLabelKeys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Labels of this pod that the others must not share. */
  readonly mismatchLabelKeys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Namespaces of the pods by their labels; an empty one means all. */
  readonly namespaceSelector?: InputMaybe<LabelSelectorInput>;
  /** Namespaces of the pods; that of this pod when neither this nor a selector is given. */
  readonly namespaces?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Label of nodes; nodes with the same value are near to each other. */
  readonly topologyKey: Scalars['String']['input'];
}

/** Pods that it must or would like to be away from. */
export interface PodAntiAffinity {
  /** Pods that it avoids. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: Maybe<ReadonlyArray<WeightedPodAffinityTerm>>;
  /** Pods that it must be away from. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Maybe<ReadonlyArray<PodAffinityTerm>>;
}

/** Pods that it must or would like to be away from. */
export interface PodAntiAffinityInput {
  /** Pods that it avoids. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: InputMaybe<ReadonlyArray<WeightedPodAffinityTermInput>>;
  /** Pods that it must be away from. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: InputMaybe<ReadonlyArray<PodAffinityTermInput>>;
}

/** Pods that a node agent has to run. */
export interface PodAssignments {
  /** Whether all present pods have been told; from then on batches hold what has changed. */
  readonly complete: Scalars['Boolean']['output'];
  /** Pods as they are now. */
  readonly pods: ReadonlyArray<Scalars['JSON']['output']>;
  /** Uids of pods that are gone. */
  readonly removed: ReadonlyArray<Scalars['ID']['output']>;
  /** What the batch shows. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
}

/** A key of the pod and a certificate for it. */
export interface PodCertificateProjection {
  /** File for the certificates. */
  readonly certificateChainPath?: Maybe<Scalars['String']['output']>;
  /** File for the key and the certificates together. */
  readonly credentialBundlePath?: Maybe<Scalars['String']['output']>;
  /** File for the key. */
  readonly keyPath?: Maybe<Scalars['String']['output']>;
  /** Kind of the key, such as ED25519 or ECDSAP256. */
  readonly keyType: Scalars['String']['output'];
  /** Seconds that a certificate may be valid at most. */
  readonly maxExpirationSeconds?: Maybe<Scalars['Int']['output']>;
  /** Who signs the certificate. */
  readonly signerName: Scalars['String']['output'];
  /** Further facts for the signer. */
  readonly userAnnotations?: Maybe<Scalars['StringMap']['output']>;
}

/** A key of the pod and a certificate for it. */
export interface PodCertificateProjectionInput {
  /** File for the certificates. */
  readonly certificateChainPath?: InputMaybe<Scalars['String']['input']>;
  /** File for the key and the certificates together. */
  readonly credentialBundlePath?: InputMaybe<Scalars['String']['input']>;
  /** File for the key. */
  readonly keyPath?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the key, such as ED25519 or ECDSAP256. */
  readonly keyType: Scalars['String']['input'];
  /** Seconds that a certificate may be valid at most. */
  readonly maxExpirationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Who signs the certificate. */
  readonly signerName: Scalars['String']['input'];
  /** Further facts for the signer. */
  readonly userAnnotations?: InputMaybe<Scalars['StringMap']['input']>;
}

/** A condition of a pod. */
export interface PodCondition {
  /** When it was last looked at. */
  readonly lastProbeTime?: Maybe<Scalars['DateTime']['output']>;
  /** When the status last became another. */
  readonly lastTransitionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Generation of the pod that it speaks of. */
  readonly observedGeneration?: Maybe<Scalars['Int64']['output']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['output'];
}

/** A page of a list. */
export interface PodConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<PodEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Pod>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** Further settings of name resolution. */
export interface PodDNSConfig {
  /** Addresses of name servers, at most 3 altogether. */
  readonly nameservers?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Options of the resolver. */
  readonly options?: Maybe<ReadonlyArray<PodDNSConfigOption>>;
  /** Domains that are searched, at most 32 altogether. */
  readonly searches?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
}

/** Further settings of name resolution. */
export interface PodDNSConfigInput {
  /** Addresses of name servers, at most 3 altogether. */
  readonly nameservers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Options of the resolver. */
  readonly options?: InputMaybe<ReadonlyArray<PodDNSConfigOptionInput>>;
  /** Domains that are searched, at most 32 altogether. */
  readonly searches?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
}

/** An option of the resolver. */
export interface PodDNSConfigOption {
  /** Name of the option; required. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Value of the option, if it has one. */
  readonly value?: Maybe<Scalars['String']['output']>;
}

/** An option of the resolver. */
export interface PodDNSConfigOptionInput {
  /** Name of the option; required. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Value of the option, if it has one. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
}

/** An item with its place in the list. */
export interface PodEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Pod;
}

/** One event of a stream. */
export interface PodEvent {
  /** Who did it; null for what was there at the start and for bookmarks. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** The object as it is then; as it was last, with DELETED; null with BOOKMARK. */
  readonly pod?: Maybe<Pod>;
  /** The object as it was before the change. */
  readonly previous?: Maybe<Pod>;
  /** Where in the log this is; resume with `after` set to it. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** What it tells. */
  readonly type: EventType;
}

/** The claim that was made for extended resources. */
export interface PodExtendedResourceClaimStatus {
  /** Which request serves which container. */
  readonly requestMappings: ReadonlyArray<ContainerExtendedResourceRequest>;
  /** Name of the claim. */
  readonly resourceClaimName: Scalars['String']['output'];
}

/** When the owner of files in volumes is changed to `fsGroup`. */
export type PodFSGroupChangePolicy =
  /** Owner and mode are changed at every start. */
  | 'Always'
  /** Only when those of the top folder are not so yet. */
  | 'OnRootMismatch';

/** What narrows a list or a stream of pods. All that is given must hold. */
export interface PodFilter {
  /** Whether bound to a machine. */
  readonly bound?: InputMaybe<Scalars['Boolean']['input']>;
  /** The name contains this. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Bound to one of these machines. */
  readonly nodeName?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Has the object with this uid among its owners. */
  readonly ownerUid?: InputMaybe<Scalars['String']['input']>;
  /** In one of these phases. */
  readonly phase?: InputMaybe<ReadonlyArray<PodPhase>>;
  /** Whether the condition Ready is True. */
  readonly ready?: InputMaybe<Scalars['Boolean']['input']>;
}

/** An address of a pod. */
export interface PodIP {
  /** The address. */
  readonly ip: Scalars['String']['output'];
}

/** What a writer says of a Pod. */
export interface PodInput {
  /** If given, "v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** If given, "Pod". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What the pod should be. */
  readonly spec: PodSpecInput;
}

/** Some lines of a log, in order. */
export interface PodLogs {
  /** The container that has written them. */
  readonly container: Scalars['String']['output'];
  /** The lines, one by one. */
  readonly lines: ReadonlyArray<LogLine>;
  /** Which run of it: how often it had been restarted. */
  readonly restartCount: Scalars['Int']['output'];
  /** The same as `kubectl logs` prints them; costs less than `lines`. */
  readonly text: Scalars['String']['output'];
}

/** Operating system that the pod needs. */
export interface PodOS {
  /** Name of the system. */
  readonly name: OSName;
}

/** Operating system that the pod needs. */
export interface PodOSInput {
  /** Name of the system. */
  readonly name: OSName;
}

/** One key of an order; the next one decides among equals. */
export interface PodOrder {
  /** Which end first. */
  readonly direction?: InputMaybe<OrderDirection>;
  /** By what. */
  readonly field: PodOrderField;
}

/** By what pods are ordered. */
export type PodOrderField =
  /** The time of creation. */
  | 'CREATED'
  /** The name. */
  | 'NAME'
  /** The namespace. */
  | 'NAMESPACE'
  /** The machine; pods without one come first. */
  | 'NODE'
  /** The phase. */
  | 'PHASE'
  /** The restarts of all containers. */
  | 'RESTARTS';

/** Where the pod is in its life. */
export type PodPhase =
  /** All containers have ended, one of them with a failure. */
  | 'Failed'
  /** Accepted; not all containers have been set up. */
  | 'Pending'
  /** Bound to a machine, and a container runs. */
  | 'Running'
  /** All containers have ended with success. */
  | 'Succeeded'
  /** The machine does not say. */
  | 'Unknown';

/** How many pods are in a phase. */
export interface PodPhaseCount {
  /** How many pods are in it. */
  readonly count: Scalars['Int']['output'];
  /** The phase. */
  readonly phase: Scalars['String']['output'];
}

/** How well its resources are assured. */
export type PodQOSClass =
  /** No requests and no limits: ended first when the machine runs short. */
  | 'BestEffort'
  /** Some requests or limits. */
  | 'Burstable'
  /** Limits for everything, equal to the requests: ended last. */
  | 'Guaranteed';

/** A further condition for a pod to be ready. */
export interface PodReadinessGate {
  /** Type of a condition in the status of the pod. */
  readonly conditionType: Scalars['String']['output'];
}

/** A further condition for a pod to be ready. */
export interface PodReadinessGateInput {
  /** Type of a condition in the status of the pod. */
  readonly conditionType: Scalars['String']['input'];
}

/** A claim to devices; exactly one source is given. */
export interface PodResourceClaim {
  /** Name by which containers use the claim. */
  readonly name: Scalars['String']['output'];
  /** Name of a ResourceClaim that exists. */
  readonly resourceClaimName?: Maybe<Scalars['String']['output']>;
  /** Name of a template that a claim is made from. */
  readonly resourceClaimTemplateName?: Maybe<Scalars['String']['output']>;
}

/** A claim to devices; exactly one source is given. */
export interface PodResourceClaimInput {
  /** Name by which containers use the claim. */
  readonly name: Scalars['String']['input'];
  /** Name of a ResourceClaim that exists. */
  readonly resourceClaimName?: InputMaybe<Scalars['String']['input']>;
  /** Name of a template that a claim is made from. */
  readonly resourceClaimTemplateName?: InputMaybe<Scalars['String']['input']>;
}

/** The ResourceClaim of an entry of `spec.resourceClaims`. */
export interface PodResourceClaimStatus {
  /** Name of the entry. */
  readonly name: Scalars['String']['output'];
  /** Name of the claim; absent when none was needed. */
  readonly resourceClaimName?: Maybe<Scalars['String']['output']>;
}

/** How volumes get their SELinux label. */
export type PodSELinuxChangePolicy =
  /** By an option of the mount. */
  | 'MountOption'
  /** File by file. */
  | 'Recursive';

/** Where a pod is, or why it waits: what each filter says of the machines, as they are now. */
export interface PodScheduling {
  /** Machines that the pod fits on. */
  readonly feasibleNodeCount: Scalars['Int']['output'];
  /** The filters that turn machines down, in the order in which they are asked. */
  readonly filters: ReadonlyArray<SchedulingFilterCount>;
  /** Why the pod waits, in one sentence. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Machines that were looked at. */
  readonly nodeCount: Scalars['Int']['output'];
  /** The machine that the pod is bound to. */
  readonly nodeName?: Maybe<Scalars['String']['output']>;
  /** The verdict on each machine, in the order of their names. */
  readonly nodes: ReadonlyArray<SchedulingVerdict>;
  /** Whether the pod waits for a machine. */
  readonly pending: Scalars['Boolean']['output'];
}


/** Where a pod is, or why it waits: what each filter says of the machines, as they are now. */
export interface PodSchedulingnodesArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  feasible?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** Keeps a pod from being scheduled until it is taken away. */
export interface PodSchedulingGate {
  /** Name of the gate. */
  readonly name: Scalars['String']['output'];
}

/** Keeps a pod from being scheduled until it is taken away. */
export interface PodSchedulingGateInput {
  /** Name of the gate. */
  readonly name: Scalars['String']['input'];
}

/** Security settings of all containers. */
export interface PodSecurityContext {
  /** AppArmor profile of the containers. */
  readonly appArmorProfile?: Maybe<AppArmorProfile>;
  /** Group that owns the files of volumes. */
  readonly fsGroup?: Maybe<Scalars['Int64']['output']>;
  /** When the owner of files in volumes is changed to `fsGroup`. */
  readonly fsGroupChangePolicy?: Maybe<PodFSGroupChangePolicy>;
  /** Primary group ID of the processes. */
  readonly runAsGroup?: Maybe<Scalars['Int64']['output']>;
  /** Whether to refuse to run as user 0. */
  readonly runAsNonRoot?: Maybe<Scalars['Boolean']['output']>;
  /** User ID of the processes. */
  readonly runAsUser?: Maybe<Scalars['Int64']['output']>;
  /** How volumes get their SELinux label. */
  readonly seLinuxChangePolicy?: Maybe<PodSELinuxChangePolicy>;
  /** SELinux label of all containers. */
  readonly seLinuxOptions?: Maybe<SELinuxOptions>;
  /** System calls that the containers may make. */
  readonly seccompProfile?: Maybe<SeccompProfile>;
  /** Further groups of the processes. */
  readonly supplementalGroups?: Maybe<ReadonlyArray<Scalars['Int64']['output']>>;
  /** Whether groups that the image gives the user count too. */
  readonly supplementalGroupsPolicy?: Maybe<SupplementalGroupsPolicy>;
  /** Kernel parameters of the pod. */
  readonly sysctls?: Maybe<ReadonlyArray<Sysctl>>;
  /** Settings for Windows. */
  readonly windowsOptions?: Maybe<WindowsSecurityContextOptions>;
}

/** Security settings of all containers. */
export interface PodSecurityContextInput {
  /** AppArmor profile of the containers. */
  readonly appArmorProfile?: InputMaybe<AppArmorProfileInput>;
  /** Group that owns the files of volumes. */
  readonly fsGroup?: InputMaybe<Scalars['Int64']['input']>;
  /** When the owner of files in volumes is changed to `fsGroup`. */
  readonly fsGroupChangePolicy?: InputMaybe<PodFSGroupChangePolicy>;
  /** Primary group ID of the processes. */
  readonly runAsGroup?: InputMaybe<Scalars['Int64']['input']>;
  /** Whether to refuse to run as user 0. */
  readonly runAsNonRoot?: InputMaybe<Scalars['Boolean']['input']>;
  /** User ID of the processes. */
  readonly runAsUser?: InputMaybe<Scalars['Int64']['input']>;
  /** How volumes get their SELinux label. */
  readonly seLinuxChangePolicy?: InputMaybe<PodSELinuxChangePolicy>;
  /** SELinux label of all containers. */
  readonly seLinuxOptions?: InputMaybe<SELinuxOptionsInput>;
  /** System calls that the containers may make. */
  readonly seccompProfile?: InputMaybe<SeccompProfileInput>;
  /** Further groups of the processes. */
  readonly supplementalGroups?: InputMaybe<ReadonlyArray<Scalars['Int64']['input']>>;
  /** Whether groups that the image gives the user count too. */
  readonly supplementalGroupsPolicy?: InputMaybe<SupplementalGroupsPolicy>;
  /** Kernel parameters of the pod. */
  readonly sysctls?: InputMaybe<ReadonlyArray<SysctlInput>>;
  /** Settings for Windows. */
  readonly windowsOptions?: InputMaybe<WindowsSecurityContextOptionsInput>;
}

/** What the pod should be. */
export interface PodSpec {
  /** Seconds that the pod may be active before it is failed. */
  readonly activeDeadlineSeconds?: Maybe<Scalars['Int64']['output']>;
  /** What the pod wants its node and its neighbours to be. */
  readonly affinity?: Maybe<Affinity>;
  /** Whether a token of the service account is mounted. */
  readonly automountServiceAccountToken?: Maybe<Scalars['Boolean']['output']>;
  /** Containers that run together; at least one. */
  readonly containers: ReadonlyArray<Container>;
  /** Further settings of name resolution. */
  readonly dnsConfig?: Maybe<PodDNSConfig>;
  /** Where the settings of name resolution come from. */
  readonly dnsPolicy?: Maybe<DNSPolicy>;
  /** Whether services are told in environment variables. */
  readonly enableServiceLinks?: Maybe<Scalars['Boolean']['output']>;
  /** Containers that were added to look into the running pod. */
  readonly ephemeralContainers?: Maybe<ReadonlyArray<EphemeralContainer>>;
  /** Lines that are added to /etc/hosts. */
  readonly hostAliases?: Maybe<ReadonlyArray<HostAlias>>;
  /** Whether the pod shares the IPC of the node. */
  readonly hostIPC?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the pod shares the network of the node. */
  readonly hostNetwork?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the pod sees the processes of the node. */
  readonly hostPID?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the pod shares the user IDs of the node; it does when absent. */
  readonly hostUsers?: Maybe<Scalars['Boolean']['output']>;
  /** Host name of the pod; its name when absent. */
  readonly hostname?: Maybe<Scalars['String']['output']>;
  /** Host name in the pod, whatever name resolution says. */
  readonly hostnameOverride?: Maybe<Scalars['String']['output']>;
  /** Secrets for pulling the images. */
  readonly imagePullSecrets?: Maybe<ReadonlyArray<LocalObjectReference>>;
  /** Containers that run one after the other before the others start. */
  readonly initContainers?: Maybe<ReadonlyArray<Container>>;
  /** Node that the pod is bound to; set by the scheduler. */
  readonly nodeName?: Maybe<Scalars['String']['output']>;
  /** Labels that the node must have. */
  readonly nodeSelector?: Maybe<Scalars['StringMap']['output']>;
  /** Operating system that the pod needs. */
  readonly os?: Maybe<PodOS>;
  /** What the pod itself costs beside its containers, by resource name. */
  readonly overhead?: Maybe<Scalars['StringMap']['output']>;
  /** Whether pods of lower priority may be pushed away for this one. */
  readonly preemptionPolicy?: Maybe<PreemptionPolicy>;
  /** Priority; the higher is placed first. */
  readonly priority?: Maybe<Scalars['Int']['output']>;
  /** Name of the PriorityClass. */
  readonly priorityClassName?: Maybe<Scalars['String']['output']>;
  /** Further conditions for the pod to be ready. */
  readonly readinessGates?: Maybe<ReadonlyArray<PodReadinessGate>>;
  /** Claims to devices. */
  readonly resourceClaims?: Maybe<ReadonlyArray<PodResourceClaim>>;
  /** What is reserved for all containers together. */
  readonly resources?: Maybe<ResourceRequirements>;
  /** When containers that have ended are started again. */
  readonly restartPolicy?: Maybe<RestartPolicy>;
  /** Name of the RuntimeClass. */
  readonly runtimeClassName?: Maybe<Scalars['String']['output']>;
  /** Scheduler that places the pod. */
  readonly schedulerName?: Maybe<Scalars['String']['output']>;
  /** As long as there is one, the pod is not scheduled. */
  readonly schedulingGates?: Maybe<ReadonlyArray<PodSchedulingGate>>;
  /** Security settings of all containers. */
  readonly securityContext?: Maybe<PodSecurityContext>;
  /**
   * Older name of `serviceAccountName`.
   * @deprecated Use `serviceAccountName`.
   */
  readonly serviceAccount?: Maybe<Scalars['String']['output']>;
  /** Name of the ServiceAccount that the pod acts as. */
  readonly serviceAccountName?: Maybe<Scalars['String']['output']>;
  /** Whether the host name is the full one. */
  readonly setHostnameAsFQDN?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the containers see the processes of each other. */
  readonly shareProcessNamespace?: Maybe<Scalars['Boolean']['output']>;
  /** Subdomain of the host name. */
  readonly subdomain?: Maybe<Scalars['String']['output']>;
  /** Seconds to end gracefully after the pod is deleted. */
  readonly terminationGracePeriodSeconds?: Maybe<Scalars['Int64']['output']>;
  /** Taints that the pod does not mind. */
  readonly tolerations?: Maybe<ReadonlyArray<Toleration>>;
  /** How evenly pods spread over domains. */
  readonly topologySpreadConstraints?: Maybe<ReadonlyArray<TopologySpreadConstraint>>;
  /** Volumes that containers can mount. */
  readonly volumes?: Maybe<ReadonlyArray<Volume>>;
}

/** What the pod should be. */
export interface PodSpecInput {
  /** Seconds that the pod may be active before it is failed. */
  readonly activeDeadlineSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** What the pod wants its node and its neighbours to be. */
  readonly affinity?: InputMaybe<AffinityInput>;
  /** Whether a token of the service account is mounted. */
  readonly automountServiceAccountToken?: InputMaybe<Scalars['Boolean']['input']>;
  /** Containers that run together; at least one. */
  readonly containers: ReadonlyArray<ContainerInput>;
  /** Further settings of name resolution. */
  readonly dnsConfig?: InputMaybe<PodDNSConfigInput>;
  /** Where the settings of name resolution come from. */
  readonly dnsPolicy?: InputMaybe<DNSPolicy>;
  /** Whether services are told in environment variables. */
  readonly enableServiceLinks?: InputMaybe<Scalars['Boolean']['input']>;
  /** Containers that were added to look into the running pod. */
  readonly ephemeralContainers?: InputMaybe<ReadonlyArray<EphemeralContainerInput>>;
  /** Lines that are added to /etc/hosts. */
  readonly hostAliases?: InputMaybe<ReadonlyArray<HostAliasInput>>;
  /** Whether the pod shares the IPC of the node. */
  readonly hostIPC?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the pod shares the network of the node. */
  readonly hostNetwork?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the pod sees the processes of the node. */
  readonly hostPID?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the pod shares the user IDs of the node; it does when absent. */
  readonly hostUsers?: InputMaybe<Scalars['Boolean']['input']>;
  /** Host name of the pod; its name when absent. */
  readonly hostname?: InputMaybe<Scalars['String']['input']>;
  /** Host name in the pod, whatever name resolution says. */
  readonly hostnameOverride?: InputMaybe<Scalars['String']['input']>;
  /** Secrets for pulling the images. */
  readonly imagePullSecrets?: InputMaybe<ReadonlyArray<LocalObjectReferenceInput>>;
  /** Containers that run one after the other before the others start. */
  readonly initContainers?: InputMaybe<ReadonlyArray<ContainerInput>>;
  /** Node that the pod is bound to; set by the scheduler. */
  readonly nodeName?: InputMaybe<Scalars['String']['input']>;
  /** Labels that the node must have. */
  readonly nodeSelector?: InputMaybe<Scalars['StringMap']['input']>;
  /** Operating system that the pod needs. */
  readonly os?: InputMaybe<PodOSInput>;
  /** What the pod itself costs beside its containers, by resource name. */
  readonly overhead?: InputMaybe<Scalars['StringMap']['input']>;
  /** Whether pods of lower priority may be pushed away for this one. */
  readonly preemptionPolicy?: InputMaybe<PreemptionPolicy>;
  /** Priority; the higher is placed first. */
  readonly priority?: InputMaybe<Scalars['Int']['input']>;
  /** Name of the PriorityClass. */
  readonly priorityClassName?: InputMaybe<Scalars['String']['input']>;
  /** Further conditions for the pod to be ready. */
  readonly readinessGates?: InputMaybe<ReadonlyArray<PodReadinessGateInput>>;
  /** Claims to devices. */
  readonly resourceClaims?: InputMaybe<ReadonlyArray<PodResourceClaimInput>>;
  /** What is reserved for all containers together. */
  readonly resources?: InputMaybe<ResourceRequirementsInput>;
  /** When containers that have ended are started again. */
  readonly restartPolicy?: InputMaybe<RestartPolicy>;
  /** Name of the RuntimeClass. */
  readonly runtimeClassName?: InputMaybe<Scalars['String']['input']>;
  /** Scheduler that places the pod. */
  readonly schedulerName?: InputMaybe<Scalars['String']['input']>;
  /** As long as there is one, the pod is not scheduled. */
  readonly schedulingGates?: InputMaybe<ReadonlyArray<PodSchedulingGateInput>>;
  /** Security settings of all containers. */
  readonly securityContext?: InputMaybe<PodSecurityContextInput>;
  /**
   * Older name of `serviceAccountName`.
   * @deprecated Use `serviceAccountName`.
   */
  readonly serviceAccount?: InputMaybe<Scalars['String']['input']>;
  /** Name of the ServiceAccount that the pod acts as. */
  readonly serviceAccountName?: InputMaybe<Scalars['String']['input']>;
  /** Whether the host name is the full one. */
  readonly setHostnameAsFQDN?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the containers see the processes of each other. */
  readonly shareProcessNamespace?: InputMaybe<Scalars['Boolean']['input']>;
  /** Subdomain of the host name. */
  readonly subdomain?: InputMaybe<Scalars['String']['input']>;
  /** Seconds to end gracefully after the pod is deleted. */
  readonly terminationGracePeriodSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** Taints that the pod does not mind. */
  readonly tolerations?: InputMaybe<ReadonlyArray<TolerationInput>>;
  /** How evenly pods spread over domains. */
  readonly topologySpreadConstraints?: InputMaybe<ReadonlyArray<TopologySpreadConstraintInput>>;
  /** Volumes that containers can mount. */
  readonly volumes?: InputMaybe<ReadonlyArray<VolumeInput>>;
}

/** What is observed of it. */
export interface PodStatus {
  /** What the node has set aside for the pod, by resource name. */
  readonly allocatedResources?: Maybe<Scalars['StringMap']['output']>;
  /** Conditions: PodScheduled, Initialized, ContainersReady, Ready and others. */
  readonly conditions?: Maybe<ReadonlyArray<PodCondition>>;
  /** One per container. */
  readonly containerStatuses?: Maybe<ReadonlyArray<ContainerStatus>>;
  /** One per ephemeral container. */
  readonly ephemeralContainerStatuses?: Maybe<ReadonlyArray<ContainerStatus>>;
  /** The claim that was made for extended resources. */
  readonly extendedResourceClaimStatus?: Maybe<PodExtendedResourceClaimStatus>;
  /** Address of the node. */
  readonly hostIP?: Maybe<Scalars['String']['output']>;
  /** All addresses of the node. */
  readonly hostIPs?: Maybe<ReadonlyArray<HostIP>>;
  /** One per init container. */
  readonly initContainerStatuses?: Maybe<ReadonlyArray<ContainerStatus>>;
  /** Why the pod is in this state, in a sentence. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Node where room is being made for the pod. */
  readonly nominatedNodeName?: Maybe<Scalars['String']['output']>;
  /** Generation of the pod that the status speaks of. */
  readonly observedGeneration?: Maybe<Scalars['Int64']['output']>;
  /** Where the pod is in its life. */
  readonly phase?: Maybe<PodPhase>;
  /** Address of the pod. */
  readonly podIP?: Maybe<Scalars['String']['output']>;
  /** All addresses of the pod, one per IP family. */
  readonly podIPs?: Maybe<ReadonlyArray<PodIP>>;
  /** How well its resources are assured. */
  readonly qosClass?: Maybe<PodQOSClass>;
  /** Why the pod is in this state, in one CamelCase word. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** State of a wanted change of resources. */
  readonly resize?: Maybe<Scalars['String']['output']>;
  /** Claims that were made for the pod. */
  readonly resourceClaimStatuses?: Maybe<ReadonlyArray<PodResourceClaimStatus>>;
  /** What is reserved and allowed for the pod in fact. */
  readonly resources?: Maybe<ResourceRequirements>;
  /** When the node took the pod up. */
  readonly startTime?: Maybe<Scalars['DateTime']['output']>;
}

/** What became of the report on one pod. */
export interface PodStatusOutcome {
  /** Why it was refused. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** What became of it. */
  readonly result: ReportResult;
  /** The pod. */
  readonly uid: Scalars['ID']['output'];
}

/** What a node agent tells of one pod. */
export interface PodStatusReport {
  /** Nothing of it runs any more: a pod that is being deleted may go. */
  readonly ended?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its name. */
  readonly name: Scalars['String']['input'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['input'];
  /** Its PodStatus as in manifests. */
  readonly status?: InputMaybe<Scalars['JSON']['input']>;
  /** The pod. */
  readonly uid: Scalars['ID']['input'];
}

/** Labels and annotations of the pods. */
export interface PodTemplateMetadata {
  /** Annotations of the pods. */
  readonly annotations?: Maybe<Scalars['StringMap']['output']>;
  /** Not used. */
  readonly creationTimestamp?: Maybe<Scalars['DateTime']['output']>;
  /** Finalizers of the pods. */
  readonly finalizers?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Not used: pods are named after their controller. */
  readonly generateName?: Maybe<Scalars['String']['output']>;
  /** Labels of the pods; the selector must match them. */
  readonly labels?: Maybe<Scalars['StringMap']['output']>;
  /** Not used: pods are named after their controller. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Not used: pods are made where their controller is. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Not used: the controller owns the pods. */
  readonly ownerReferences?: Maybe<ReadonlyArray<OwnerReference>>;
}

/** Labels and annotations of the pods. */
export interface PodTemplateMetadataInput {
  /** Annotations of the pods. */
  readonly annotations?: InputMaybe<Scalars['StringMap']['input']>;
  /** Not used. */
  readonly creationTimestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** Finalizers of the pods. */
  readonly finalizers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Not used: pods are named after their controller. */
  readonly generateName?: InputMaybe<Scalars['String']['input']>;
  /** Labels of the pods; the selector must match them. */
  readonly labels?: InputMaybe<Scalars['StringMap']['input']>;
  /** Not used: pods are named after their controller. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Not used: pods are made where their controller is. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** Not used: the controller owns the pods. */
  readonly ownerReferences?: InputMaybe<ReadonlyArray<OwnerReferenceInput>>;
}

/** What missing pods are made from. */
export interface PodTemplateSpec {
  /** Labels and annotations of the pods. */
  readonly metadata?: Maybe<PodTemplateMetadata>;
  /** Spec of the pods. */
  readonly spec: PodSpec;
}

/** What missing pods are made from. */
export interface PodTemplateSpecInput {
  /** Labels and annotations of the pods. */
  readonly metadata?: InputMaybe<PodTemplateMetadataInput>;
  /** Spec of the pods. */
  readonly spec: PodSpecInput;
}

/** A Portworx volume. */
export interface PortworxVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Identity of the volume. */
  readonly volumeID: Scalars['String']['output'];
}

/** A Portworx volume. */
export interface PortworxVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Identity of the volume. */
  readonly volumeID: Scalars['String']['input'];
}

/** Whether pods of lower priority may be pushed away for this one. */
export type PreemptionPolicy =
  /** It waits behind pods of lower priority that run. */
  | 'Never'
  /** Pods of lower priority may have to go. */
  | 'PreemptLowerPriority';

/** A preference for certain nodes. */
export interface PreferredSchedulingTerm {
  /** Which nodes are preferred; without conditions it counts for nothing. */
  readonly preference?: Maybe<NodeSelectorTerm>;
  /** How much it counts, 1 to 100. */
  readonly weight: Scalars['Int']['output'];
}

/** A preference for certain nodes. */
export interface PreferredSchedulingTermInput {
  /** Which nodes are preferred; without conditions it counts for nothing. */
  readonly preference?: InputMaybe<NodeSelectorTermInput>;
  /** How much it counts, 1 to 100. */
  readonly weight: Scalars['Int']['input'];
}

/** Checks that the container lives; its failure restarts the container. */
export interface Probe {
  /** Checks by a command in the container. */
  readonly exec?: Maybe<ExecAction>;
  /** Failures in a row that turn success into failure. */
  readonly failureThreshold?: Maybe<Scalars['Int']['output']>;
  /** Checks by the gRPC health protocol. */
  readonly grpc?: Maybe<GRPCAction>;
  /** Checks by an HTTP request. */
  readonly httpGet?: Maybe<HTTPGetAction>;
  /** Seconds from the start of the container to the first check. */
  readonly initialDelaySeconds?: Maybe<Scalars['Int']['output']>;
  /** Seconds from one check to the next. */
  readonly periodSeconds?: Maybe<Scalars['Int']['output']>;
  /** Successes in a row that turn a failure into success. */
  readonly successThreshold?: Maybe<Scalars['Int']['output']>;
  /** Checks by a TCP connection. */
  readonly tcpSocket?: Maybe<TCPSocketAction>;
  /** Seconds to end gracefully after a failure, instead of those of the pod. */
  readonly terminationGracePeriodSeconds?: Maybe<Scalars['Int64']['output']>;
  /** Seconds after which a check has failed. */
  readonly timeoutSeconds?: Maybe<Scalars['Int']['output']>;
}

/** Checks that the container lives; its failure restarts the container. */
export interface ProbeInput {
  /** Checks by a command in the container. */
  readonly exec?: InputMaybe<ExecActionInput>;
  /** Failures in a row that turn success into failure. */
  readonly failureThreshold?: InputMaybe<Scalars['Int']['input']>;
  /** Checks by the gRPC health protocol. */
  readonly grpc?: InputMaybe<GRPCActionInput>;
  /** Checks by an HTTP request. */
  readonly httpGet?: InputMaybe<HTTPGetActionInput>;
  /** Seconds from the start of the container to the first check. */
  readonly initialDelaySeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Seconds from one check to the next. */
  readonly periodSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Successes in a row that turn a failure into success. */
  readonly successThreshold?: InputMaybe<Scalars['Int']['input']>;
  /** Checks by a TCP connection. */
  readonly tcpSocket?: InputMaybe<TCPSocketActionInput>;
  /** Seconds to end gracefully after a failure, instead of those of the pod. */
  readonly terminationGracePeriodSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** Seconds after which a check has failed. */
  readonly timeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
}

/** How /proc is mounted. */
export type ProcMountType =
  /** The container runtime's paths are masked. */
  | 'Default'
  /** Nothing is masked. */
  | 'Unmasked';

/** Several sources in one folder. */
export interface ProjectedVolumeSource {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: Maybe<Scalars['Int']['output']>;
  /** The sources. */
  readonly sources?: Maybe<ReadonlyArray<VolumeProjection>>;
}

/** Several sources in one folder. */
export interface ProjectedVolumeSourceInput {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: InputMaybe<Scalars['Int']['input']>;
  /** The sources. */
  readonly sources?: InputMaybe<ReadonlyArray<VolumeProjectionInput>>;
}

/** What becomes of the dependents of a deleted object. */
export type PropagationPolicy =
  /** They are deleted afterwards. */
  | 'Background'
  /** They are deleted first. */
  | 'Foreground'
  /** They stay, without their owner. */
  | 'Orphan';

/** Its protocol. */
export type Protocol =
  /** SCTP. */
  | 'SCTP'
  /** TCP. */
  | 'TCP'
  /** UDP. */
  | 'UDP';

/** When the image is pulled; Always for the tag `latest`, else IfNotPresent. */
export type PullPolicy =
  /** Before every start. */
  | 'Always'
  /** When the machine does not have it. */
  | 'IfNotPresent'
  /** Not at all: the machine must have it. */
  | 'Never';

/** What can be read. */
export interface Query {
  /** The cluster as a whole. */
  readonly cluster: Cluster;
  /** The Node of a name, or null. */
  readonly clusterNode?: Maybe<ClusterNode>;
  /** A page of nodes. */
  readonly clusterNodes: ClusterNodeConnection;
  /** The Event of a name, or null. */
  readonly event?: Maybe<Event>;
  /** A page of events, of all namespaces unless one is given. */
  readonly events: EventConnection;
  /** The Namespace of a name, or null. */
  readonly namespace?: Maybe<Namespace>;
  /** A page of namespaces. */
  readonly namespaces: NamespaceConnection;
  /** Anything by its global ID, or null. */
  readonly node?: Maybe<Node>;
  /** The Pod of a name, or null. */
  readonly pod?: Maybe<Pod>;
  /** A page of pods, of all namespaces unless one is given. */
  readonly pods: PodConnection;
  /** The ReplicaSet of a name, or null. */
  readonly replicaSet?: Maybe<ReplicaSet>;
  /** A page of replicasets, of all namespaces unless one is given. */
  readonly replicaSets: ReplicaSetConnection;
  /** The ReplicationController of a name, or null. */
  readonly replicationController?: Maybe<ReplicationController>;
  /** A page of replicationcontrollers, of all namespaces unless one is given. */
  readonly replicationControllers: ReplicationControllerConnection;
  /** The object of a kind and name, or null. */
  readonly resource?: Maybe<Resource>;
  /** A page of objects of several kinds, in (kind, namespace, name) order. */
  readonly resources: ResourceConnection;
}


/** What can be read. */
export interface QueryclusterNodeArgs {
  name: Scalars['String']['input'];
}


/** What can be read. */
export interface QueryclusterNodesArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryeventArgs {
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  where?: InputMaybe<EventFilter>;
}


/** What can be read. */
export interface QuerynamespaceArgs {
  name: Scalars['String']['input'];
}


/** What can be read. */
export interface QuerynamespacesArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QuerynodeArgs {
  id: Scalars['ID']['input'];
}


/** What can be read. */
export interface QuerypodArgs {
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QuerypodsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<ReadonlyArray<PodOrder>>;
  where?: InputMaybe<PodFilter>;
}


/** What can be read. */
export interface QueryreplicaSetArgs {
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryreplicaSetsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryreplicationControllerArgs {
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryreplicationControllersArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryresourceArgs {
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
}


/** What can be read. */
export interface QueryresourcesArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
}

/** A Quobyte volume. */
export interface QuobyteVolumeSource {
  /** Group that mounts it. */
  readonly group?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Addresses of the registry, as host:port, separated by commas. */
  readonly registry: Scalars['String']['output'];
  /** Tenant that owns it. */
  readonly tenant?: Maybe<Scalars['String']['output']>;
  /** User that mounts it. */
  readonly user?: Maybe<Scalars['String']['output']>;
  /** Name of the volume. */
  readonly volume: Scalars['String']['output'];
}

/** A Quobyte volume. */
export interface QuobyteVolumeSourceInput {
  /** Group that mounts it. */
  readonly group?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Addresses of the registry, as host:port, separated by commas. */
  readonly registry: Scalars['String']['input'];
  /** Tenant that owns it. */
  readonly tenant?: InputMaybe<Scalars['String']['input']>;
  /** User that mounts it. */
  readonly user?: InputMaybe<Scalars['String']['input']>;
  /** Name of the volume. */
  readonly volume: Scalars['String']['input'];
}

/** A RADOS block device. */
export interface RBDVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Name of the image. */
  readonly image: Scalars['String']['output'];
  /** Path of the keyring of the user. */
  readonly keyring?: Maybe<Scalars['String']['output']>;
  /** Addresses of the Ceph monitors. */
  readonly monitors: ReadonlyArray<Scalars['String']['output']>;
  /** Pool of the image. */
  readonly pool?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret that is used instead of the keyring. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Name of the user. */
  readonly user?: Maybe<Scalars['String']['output']>;
}

/** A RADOS block device. */
export interface RBDVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Name of the image. */
  readonly image: Scalars['String']['input'];
  /** Path of the keyring of the user. */
  readonly keyring?: InputMaybe<Scalars['String']['input']>;
  /** Addresses of the Ceph monitors. */
  readonly monitors: ReadonlyArray<Scalars['String']['input']>;
  /** Pool of the image. */
  readonly pool?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret that is used instead of the keyring. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Name of the user. */
  readonly user?: InputMaybe<Scalars['String']['input']>;
}

/** Whether mounts below are read-only too. */
export type RecursiveReadOnlyMode =
  /** Mounts below are not made read-only. */
  | 'Disabled'
  /** Mounts below are read-only, or the container does not start. */
  | 'Enabled'
  /** Mounts below are read-only where the machine can. */
  | 'IfPossible';

/** A machine that could not be registered. */
export interface RegistrationFailure {
  /** Why. */
  readonly message: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
}

/** What became of a registration. */
export interface RegistrationResult {
  /** Machines that are registered now. */
  readonly count: Scalars['Int']['output'];
  /** The others. */
  readonly failed: ReadonlyArray<RegistrationFailure>;
}

/** Keeps a number of pods running that a label selector chooses. */
export interface ReplicaSet extends Node, Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** What should be kept. */
  readonly spec?: Maybe<ReplicaSetSpec>;
  /** What is observed. */
  readonly status?: Maybe<ReplicaSetStatus>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** Keeps a number of pods running that a label selector chooses. */
export interface ReplicaSetdependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Keeps a number of pods running that a label selector chooses. */
export interface ReplicaSeteventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Keeps a number of pods running that a label selector chooses. */
export interface ReplicaSethistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A condition of a ReplicaSet. */
export interface ReplicaSetCondition {
  /** When the status last became another. */
  readonly lastTransitionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['output'];
}

/** A page of a list. */
export interface ReplicaSetConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<ReplicaSetEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ReplicaSet>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface ReplicaSetEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ReplicaSet;
}

/** What a writer says of a ReplicaSet. */
export interface ReplicaSetInput {
  /** If given, "apps/v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** If given, "ReplicaSet". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What should be kept. */
  readonly spec: ReplicaSetSpecInput;
}

/** What should be kept. */
export interface ReplicaSetSpec {
  /** Seconds that a pod must be ready to count as available. */
  readonly minReadySeconds?: Maybe<Scalars['Int']['output']>;
  /** Number of pods. */
  readonly replicas?: Maybe<Scalars['Int']['output']>;
  /** Which pods are counted. Cannot be changed. */
  readonly selector: LabelSelector;
  /** What missing pods are made from. */
  readonly template: PodTemplateSpec;
}

/** What should be kept. */
export interface ReplicaSetSpecInput {
  /** Seconds that a pod must be ready to count as available. */
  readonly minReadySeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Number of pods. */
  readonly replicas?: InputMaybe<Scalars['Int']['input']>;
  /** Which pods are counted. Cannot be changed. */
  readonly selector: LabelSelectorInput;
  /** What missing pods are made from. */
  readonly template: PodTemplateSpecInput;
}

/** What is observed. */
export interface ReplicaSetStatus {
  /** Pods that have been ready for `minReadySeconds`. */
  readonly availableReplicas?: Maybe<Scalars['Int']['output']>;
  /** Conditions, such as ReplicaFailure. */
  readonly conditions?: Maybe<ReadonlyArray<ReplicaSetCondition>>;
  /** Pods that have all labels of the template. */
  readonly fullyLabeledReplicas?: Maybe<Scalars['Int']['output']>;
  /** Generation of the spec that the status speaks of. */
  readonly observedGeneration?: Maybe<Scalars['Int64']['output']>;
  /** Pods that are ready. */
  readonly readyReplicas?: Maybe<Scalars['Int']['output']>;
  /** Pods that there are. */
  readonly replicas: Scalars['Int']['output'];
  /** Pods that are ending. */
  readonly terminatingReplicas?: Maybe<Scalars['Int']['output']>;
}

/** Keeps a number of pods running. */
export interface ReplicationController extends Node, Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** What should be kept. */
  readonly spec?: Maybe<ReplicationControllerSpec>;
  /** What is observed. */
  readonly status?: Maybe<ReplicationControllerStatus>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** Keeps a number of pods running. */
export interface ReplicationControllerdependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Keeps a number of pods running. */
export interface ReplicationControllereventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** Keeps a number of pods running. */
export interface ReplicationControllerhistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A condition of a ReplicationController. */
export interface ReplicationControllerCondition {
  /** When the status last became another. */
  readonly lastTransitionTime?: Maybe<Scalars['DateTime']['output']>;
  /** Why, in a sentence, for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Why, in one CamelCase word, for programs. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** What the condition is about. */
  readonly type: Scalars['String']['output'];
}

/** A page of a list. */
export interface ReplicationControllerConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<ReplicationControllerEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ReplicationController>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface ReplicationControllerEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ReplicationController;
}

/** What a writer says of a ReplicationController. */
export interface ReplicationControllerInput {
  /** If given, "v1". */
  readonly apiVersion?: InputMaybe<Scalars['String']['input']>;
  /** If given, "ReplicationController". */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, labels, owners and the like. */
  readonly metadata: ObjectMetaInput;
  /** What should be kept. */
  readonly spec: ReplicationControllerSpecInput;
}

/** What should be kept. */
export interface ReplicationControllerSpec {
  /** Seconds that a pod must be ready to count as available. */
  readonly minReadySeconds?: Maybe<Scalars['Int']['output']>;
  /** Number of pods. */
  readonly replicas?: Maybe<Scalars['Int']['output']>;
  /** Labels of the pods that are counted; those of the template when absent. */
  readonly selector?: Maybe<Scalars['StringMap']['output']>;
  /** What missing pods are made from. */
  readonly template: PodTemplateSpec;
}

/** What should be kept. */
export interface ReplicationControllerSpecInput {
  /** Seconds that a pod must be ready to count as available. */
  readonly minReadySeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Number of pods. */
  readonly replicas?: InputMaybe<Scalars['Int']['input']>;
  /** Labels of the pods that are counted; those of the template when absent. */
  readonly selector?: InputMaybe<Scalars['StringMap']['input']>;
  /** What missing pods are made from. */
  readonly template: PodTemplateSpecInput;
}

/** What is observed. */
export interface ReplicationControllerStatus {
  /** Pods that have been ready for `minReadySeconds`. */
  readonly availableReplicas?: Maybe<Scalars['Int']['output']>;
  /** Conditions, such as ReplicaFailure. */
  readonly conditions?: Maybe<ReadonlyArray<ReplicationControllerCondition>>;
  /** Pods that have all labels of the template. */
  readonly fullyLabeledReplicas?: Maybe<Scalars['Int']['output']>;
  /** Generation of the spec that the status speaks of. */
  readonly observedGeneration?: Maybe<Scalars['Int64']['output']>;
  /** Pods that are ready. */
  readonly readyReplicas?: Maybe<Scalars['Int']['output']>;
  /** Pods that there are. */
  readonly replicas: Scalars['Int']['output'];
}

/** What became of a report. */
export type ReportResult =
  /** It was written, or known already. */
  | 'APPLIED'
  /** Others were faster again and again: send it once more. */
  | 'CONFLICT'
  /** There is no such pod any more. */
  | 'GONE'
  /** It makes no sense, as the message tells: sending it again is in vain. */
  | 'REFUSED';

/** An object of any kind. */
export interface Resource {
  /** API version of the kind, as in manifests. */
  readonly apiVersion: Scalars['String']['output'];
  /** Objects that name this one among their owners. */
  readonly dependents: ResourceConnection;
  /** What was told about this object, the newest first. */
  readonly events: EventConnection;
  /** Past versions, newest first, as far back as the log goes. */
  readonly history: ResourceVersionRecordConnection;
  /** The global ID. */
  readonly id: Scalars['ID']['output'];
  /** Kind, as in manifests. */
  readonly kind: Scalars['String']['output'];
  /** Shortcut for metadata.labels; empty when there are none. */
  readonly labels: Scalars['StringMap']['output'];
  /** The whole object as a manifest. */
  readonly manifest: Scalars['JSON']['output'];
  /** Name, labels, owners and what else every object carries. */
  readonly metadata: ObjectMeta;
  /** Shortcut for metadata.name. */
  readonly name: Scalars['String']['output'];
  /** Shortcut for metadata.namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** The object that manages this one. */
  readonly owner?: Maybe<Resource>;
  /** Shortcut for metadata.uid. */
  readonly uid: Scalars['ID']['output'];
}


/** An object of any kind. */
export interface ResourcedependentsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** An object of any kind. */
export interface ResourceeventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}


/** An object of any kind. */
export interface ResourcehistoryArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}

/** A page of a list. */
export interface ResourceConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<ResourceEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Resource>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface ResourceEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Resource;
}

/** One event of a stream. */
export interface ResourceEvent {
  /** Who did it; null for what was there at the start and for bookmarks. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** The object as it was before the change. */
  readonly previous?: Maybe<Resource>;
  /** The object as it is then; as it was last, with DELETED; null with BOOKMARK. */
  readonly resource?: Maybe<Resource>;
  /** Where in the log this is; resume with `after` set to it. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** What it tells. */
  readonly type: EventType;
}

/** A limit or a request of a container. */
export interface ResourceFieldSelector {
  /** Name of the container; required in volumes. */
  readonly containerName?: Maybe<Scalars['String']['output']>;
  /** Unit in which the value is told; 1 when absent. */
  readonly divisor?: Maybe<Scalars['Quantity']['output']>;
  /** What is chosen, such as `limits.cpu`. */
  readonly resource: Scalars['String']['output'];
}

/** A limit or a request of a container. */
export interface ResourceFieldSelectorInput {
  /** Name of the container; required in volumes. */
  readonly containerName?: InputMaybe<Scalars['String']['input']>;
  /** Unit in which the value is told; 1 when absent. */
  readonly divisor?: InputMaybe<Scalars['Quantity']['input']>;
  /** What is chosen, such as `limits.cpu`. */
  readonly resource: Scalars['String']['input'];
}

/** The health of one device. */
export interface ResourceHealth {
  /** Healthy, Unhealthy or Unknown. */
  readonly health?: Maybe<Scalars['String']['output']>;
  /** What is known about it. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Identity of the device. */
  readonly resourceID: Scalars['String']['output'];
}

/** What is reserved for the container, and what it may use. */
export interface ResourceRequirements {
  /** Resource claims of the pod that are used. */
  readonly claims?: Maybe<ReadonlyArray<ContainerResourceClaim>>;
  /** The most that may be used, by resource name. */
  readonly limits?: Maybe<Scalars['StringMap']['output']>;
  /** What is reserved, by resource name; equal to the limit where only that is given. */
  readonly requests?: Maybe<Scalars['StringMap']['output']>;
}

/** What is reserved for the container, and what it may use. */
export interface ResourceRequirementsInput {
  /** Resource claims of the pod that are used. */
  readonly claims?: InputMaybe<ReadonlyArray<ContainerResourceClaimInput>>;
  /** The most that may be used, by resource name. */
  readonly limits?: InputMaybe<Scalars['StringMap']['input']>;
  /** What is reserved, by resource name; equal to the limit where only that is given. */
  readonly requests?: InputMaybe<Scalars['StringMap']['input']>;
}

/** Whether the container restarts when this resource changes. */
export type ResourceResizeRestartPolicy =
  /** The container goes on. */
  | 'NotRequired'
  /** The container is restarted. */
  | 'RestartContainer';

/** The state of the devices of one resource. */
export interface ResourceStatus {
  /** Name of the resource. */
  readonly name: Scalars['String']['output'];
  /** The devices. */
  readonly resources?: Maybe<ReadonlyArray<ResourceHealth>>;
}

/** One version of an object: what it was, since when, and who made it so. */
export interface ResourceVersionRecord {
  /** Who did it. */
  readonly actor: Scalars['String']['output'];
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** The object as it was then. */
  readonly manifest: Scalars['JSON']['output'];
  /** The position in the log. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** What happened. */
  readonly type: ChangeType;
}

/** A page of a list. */
export interface ResourceVersionRecordConnection {
  /** The items, each with its cursor. */
  readonly edges: ReadonlyArray<ResourceVersionRecordEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ResourceVersionRecord>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** What the list shows; a subscription with `after` set to it misses nothing. */
  readonly resourceVersion: Scalars['ResourceVersion']['output'];
  /** How many items the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
}

/** An item with its place in the list. */
export interface ResourceVersionRecordEdge {
  /** The place of the item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ResourceVersionRecord;
}

/** When containers that have ended are started again. */
export type RestartPolicy =
  /** Whenever a container ends. */
  | 'Always'
  /** Not at all. */
  | 'Never'
  /** When a container ends with another exit code than 0. */
  | 'OnFailure';

/** SELinux label of the container. */
export interface SELinuxOptions {
  /** Level part of the label. */
  readonly level?: Maybe<Scalars['String']['output']>;
  /** Role part of the label. */
  readonly role?: Maybe<Scalars['String']['output']>;
  /** Type part of the label. */
  readonly type?: Maybe<Scalars['String']['output']>;
  /** User part of the label. */
  readonly user?: Maybe<Scalars['String']['output']>;
}

/** SELinux label of the container. */
export interface SELinuxOptionsInput {
  /** Level part of the label. */
  readonly level?: InputMaybe<Scalars['String']['input']>;
  /** Role part of the label. */
  readonly role?: InputMaybe<Scalars['String']['input']>;
  /** Type part of the label. */
  readonly type?: InputMaybe<Scalars['String']['input']>;
  /** User part of the label. */
  readonly user?: InputMaybe<Scalars['String']['input']>;
}

/** A ScaleIO volume. */
export interface ScaleIOVolumeSource {
  /** File system to mount. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Host of the gateway. */
  readonly gateway: Scalars['String']['output'];
  /** Protection domain of the storage. */
  readonly protectionDomain?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret with user and password; required. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Whether the gateway is spoken to with TLS. */
  readonly sslEnabled?: Maybe<Scalars['Boolean']['output']>;
  /** How the storage is given: ThinProvisioned or ThickProvisioned. */
  readonly storageMode?: Maybe<Scalars['String']['output']>;
  /** Pool of the storage. */
  readonly storagePool?: Maybe<Scalars['String']['output']>;
  /** Name of the storage system. */
  readonly system: Scalars['String']['output'];
  /** Name of a volume that exists. */
  readonly volumeName?: Maybe<Scalars['String']['output']>;
}

/** A ScaleIO volume. */
export interface ScaleIOVolumeSourceInput {
  /** File system to mount. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Host of the gateway. */
  readonly gateway: Scalars['String']['input'];
  /** Protection domain of the storage. */
  readonly protectionDomain?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret with user and password; required. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Whether the gateway is spoken to with TLS. */
  readonly sslEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** How the storage is given: ThinProvisioned or ThickProvisioned. */
  readonly storageMode?: InputMaybe<Scalars['String']['input']>;
  /** Pool of the storage. */
  readonly storagePool?: InputMaybe<Scalars['String']['input']>;
  /** Name of the storage system. */
  readonly system: Scalars['String']['input'];
  /** Name of a volume that exists. */
  readonly volumeName?: InputMaybe<Scalars['String']['input']>;
}

/** What one filter has against how many machines. */
export interface SchedulingFilterCount {
  /** Kubernetes' name of the filter. */
  readonly filter: Scalars['String']['output'];
  /** What would unblock the pod. */
  readonly help: Scalars['String']['output'];
  /** Machines that this filter was the first to turn down. */
  readonly nodes: Scalars['Int']['output'];
  /** Why, most frequent first. */
  readonly reasons: ReadonlyArray<SchedulingReasonCount>;
}

/** How many machines were turned down for a reason. */
export interface SchedulingReasonCount {
  /** How many machines. */
  readonly nodes: Scalars['Int']['output'];
  /** The reason, as Kubernetes words it. */
  readonly reason: Scalars['String']['output'];
}

/** Why a filter turns a machine down. */
export interface SchedulingRejection {
  /** Kubernetes' name of the filter. */
  readonly filter: Scalars['String']['output'];
  /** Its reasons. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
}

/** What a score gives a machine. */
export interface SchedulingScore {
  /** Kubernetes' name of the score. */
  readonly score: Scalars['String']['output'];
  /** 0 to 100. */
  readonly value: Scalars['Int']['output'];
  /** How much it counts. */
  readonly weight: Scalars['Int']['output'];
}

/** What the filters and scores say of one machine. */
export interface SchedulingVerdict {
  /** Whether the pod fits on it. */
  readonly feasible: Scalars['Boolean']['output'];
  /** Name of the machine. */
  readonly node: Scalars['String']['output'];
  /** Every filter that is against it. */
  readonly rejections: ReadonlyArray<SchedulingRejection>;
  /** Every score. */
  readonly scores: ReadonlyArray<SchedulingScore>;
  /** The scores by weight, together. */
  readonly total: Scalars['Int']['output'];
}

/** System calls that the container may make. */
export interface SeccompProfile {
  /** File of the profile, relative to the place for them on the node; for Localhost only. */
  readonly localhostProfile?: Maybe<Scalars['String']['output']>;
  /** Kind of the profile. */
  readonly type: SeccompProfileType;
}

/** System calls that the container may make. */
export interface SeccompProfileInput {
  /** File of the profile, relative to the place for them on the node; for Localhost only. */
  readonly localhostProfile?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the profile. */
  readonly type: SeccompProfileType;
}

/** Kind of the profile. */
export type SeccompProfileType =
  /** A profile in a file of the machine. */
  | 'Localhost'
  /** The profile of the container runtime. */
  | 'RuntimeDefault'
  /** No profile. */
  | 'Unconfined';

/** The Secret to take. */
export interface SecretEnvSource {
  /** Name of the Secret. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the Secret may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** The Secret to take. */
export interface SecretEnvSourceInput {
  /** Name of the Secret. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the Secret may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** A key of a Secret. */
export interface SecretKeySelector {
  /** Key to take. */
  readonly key: Scalars['String']['output'];
  /** Name of the Secret. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the Secret or its key may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** A key of a Secret. */
export interface SecretKeySelectorInput {
  /** Key to take. */
  readonly key: Scalars['String']['input'];
  /** Name of the Secret. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the Secret or its key may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** The keys of a Secret. */
export interface SecretProjection {
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: Maybe<ReadonlyArray<KeyToPath>>;
  /** Name of the Secret. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the Secret or its keys may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
}

/** The keys of a Secret. */
export interface SecretProjectionInput {
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: InputMaybe<ReadonlyArray<KeyToPathInput>>;
  /** Name of the Secret. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether the Secret or its keys may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
}

/** The keys of a Secret as files. */
export interface SecretVolumeSource {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: Maybe<Scalars['Int']['output']>;
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: Maybe<ReadonlyArray<KeyToPath>>;
  /** Whether the Secret or its keys may be missing. */
  readonly optional?: Maybe<Scalars['Boolean']['output']>;
  /** Name of the Secret. */
  readonly secretName?: Maybe<Scalars['String']['output']>;
}

/** The keys of a Secret as files. */
export interface SecretVolumeSourceInput {
  /** Mode of files that have none of their own, 0 to 0777 (octal). */
  readonly defaultMode?: InputMaybe<Scalars['Int']['input']>;
  /** The keys to take and where to put them; all, by their names, when absent. */
  readonly items?: InputMaybe<ReadonlyArray<KeyToPathInput>>;
  /** Whether the Secret or its keys may be missing. */
  readonly optional?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name of the Secret. */
  readonly secretName?: InputMaybe<Scalars['String']['input']>;
}

/** Security settings of the container. */
export interface SecurityContext {
  /** Whether a process may gain more rights than its parent. */
  readonly allowPrivilegeEscalation?: Maybe<Scalars['Boolean']['output']>;
  /** AppArmor profile of the container. */
  readonly appArmorProfile?: Maybe<AppArmorProfile>;
  /** Capabilities that are added or taken away. */
  readonly capabilities?: Maybe<Capabilities>;
  /** Whether the container has the rights of root on the host. */
  readonly privileged?: Maybe<Scalars['Boolean']['output']>;
  /** How /proc is mounted. */
  readonly procMount?: Maybe<ProcMountType>;
  /** Whether the root file system cannot be written. */
  readonly readOnlyRootFilesystem?: Maybe<Scalars['Boolean']['output']>;
  /** Primary group ID of the process. */
  readonly runAsGroup?: Maybe<Scalars['Int64']['output']>;
  /** Whether to refuse to run as user 0. */
  readonly runAsNonRoot?: Maybe<Scalars['Boolean']['output']>;
  /** User ID of the process. */
  readonly runAsUser?: Maybe<Scalars['Int64']['output']>;
  /** SELinux label of the container. */
  readonly seLinuxOptions?: Maybe<SELinuxOptions>;
  /** System calls that the container may make. */
  readonly seccompProfile?: Maybe<SeccompProfile>;
  /** Settings for Windows. */
  readonly windowsOptions?: Maybe<WindowsSecurityContextOptions>;
}

/** Security settings of the container. */
export interface SecurityContextInput {
  /** Whether a process may gain more rights than its parent. */
  readonly allowPrivilegeEscalation?: InputMaybe<Scalars['Boolean']['input']>;
  /** AppArmor profile of the container. */
  readonly appArmorProfile?: InputMaybe<AppArmorProfileInput>;
  /** Capabilities that are added or taken away. */
  readonly capabilities?: InputMaybe<CapabilitiesInput>;
  /** Whether the container has the rights of root on the host. */
  readonly privileged?: InputMaybe<Scalars['Boolean']['input']>;
  /** How /proc is mounted. */
  readonly procMount?: InputMaybe<ProcMountType>;
  /** Whether the root file system cannot be written. */
  readonly readOnlyRootFilesystem?: InputMaybe<Scalars['Boolean']['input']>;
  /** Primary group ID of the process. */
  readonly runAsGroup?: InputMaybe<Scalars['Int64']['input']>;
  /** Whether to refuse to run as user 0. */
  readonly runAsNonRoot?: InputMaybe<Scalars['Boolean']['input']>;
  /** User ID of the process. */
  readonly runAsUser?: InputMaybe<Scalars['Int64']['input']>;
  /** SELinux label of the container. */
  readonly seLinuxOptions?: InputMaybe<SELinuxOptionsInput>;
  /** System calls that the container may make. */
  readonly seccompProfile?: InputMaybe<SeccompProfileInput>;
  /** Settings for Windows. */
  readonly windowsOptions?: InputMaybe<WindowsSecurityContextOptionsInput>;
}

/** A token of the service account. */
export interface ServiceAccountTokenProjection {
  /** For whom the token is meant; the API server when absent. */
  readonly audience?: Maybe<Scalars['String']['output']>;
  /** Seconds that a token is valid, at least 600; it is renewed in time. */
  readonly expirationSeconds?: Maybe<Scalars['Int64']['output']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['output'];
}

/** A token of the service account. */
export interface ServiceAccountTokenProjectionInput {
  /** For whom the token is meant; the API server when absent. */
  readonly audience?: InputMaybe<Scalars['String']['input']>;
  /** Seconds that a token is valid, at least 600; it is renewed in time. */
  readonly expirationSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** Path of the file in the volume. */
  readonly path: Scalars['String']['input'];
}

/** Waits. */
export interface SleepAction {
  /** How long, in seconds. */
  readonly seconds: Scalars['Int64']['output'];
}

/** Waits. */
export interface SleepActionInput {
  /** How long, in seconds. */
  readonly seconds: Scalars['Int64']['input'];
}

/** A StorageOS volume. */
export interface StorageOSVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Whether it cannot be written. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Secret for StorageOS. */
  readonly secretRef?: Maybe<LocalObjectReference>;
  /** Name of the volume. */
  readonly volumeName?: Maybe<Scalars['String']['output']>;
  /** Namespace of the volume; that of the pod when absent. */
  readonly volumeNamespace?: Maybe<Scalars['String']['output']>;
}

/** A StorageOS volume. */
export interface StorageOSVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Whether it cannot be written. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Secret for StorageOS. */
  readonly secretRef?: InputMaybe<LocalObjectReferenceInput>;
  /** Name of the volume. */
  readonly volumeName?: InputMaybe<Scalars['String']['input']>;
  /** Namespace of the volume; that of the pod when absent. */
  readonly volumeNamespace?: InputMaybe<Scalars['String']['input']>;
}

/** What can be followed. */
export interface Subscription {
  /** The events of a selection, then those that are written, in the order in which they were last written. The same event comes again when it is counted on. That one goes after its time is not told. */
  readonly clusterEvents: ClusterEvent;
  /** For node agents: the logs of pods on some machines that somebody wants to read. */
  readonly logRequests: LogRequests;
  /** For node agents: the pods that are bound to some machines, then what changes of them. */
  readonly podAssignments: PodAssignments;
  /** The pods of a selection, then every change of what is selected of them, in the order of the log. */
  readonly podEvents: PodEvent;
  /** What a container has written and, with `follow`, writes, in batches of at most 64 KiB. Ends when this run of the container ends. A slow reader slows only the reading of its log. */
  readonly podLogs: PodLogs;
  /** Objects of several kinds in one stream, in one order: those of a selection, then every change. */
  readonly resourceEvents: ResourceEvent;
}


/** What can be followed. */
export interface SubscriptionclusterEventsArgs {
  after?: InputMaybe<Scalars['String']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  initial?: InputMaybe<Scalars['Boolean']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  where?: InputMaybe<EventFilter>;
}


/** What can be followed. */
export interface SubscriptionlogRequestsArgs {
  nodeNames: ReadonlyArray<Scalars['String']['input']>;
}


/** What can be followed. */
export interface SubscriptionpodAssignmentsArgs {
  nodeNames: ReadonlyArray<Scalars['String']['input']>;
}


/** What can be followed. */
export interface SubscriptionpodEventsArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  initial?: InputMaybe<Scalars['Boolean']['input']>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  mask?: InputMaybe<Scalars['Boolean']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  where?: InputMaybe<PodFilter>;
}


/** What can be followed. */
export interface SubscriptionpodLogsArgs {
  container?: InputMaybe<Scalars['String']['input']>;
  follow?: InputMaybe<Scalars['Boolean']['input']>;
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  previous?: InputMaybe<Scalars['Boolean']['input']>;
  sinceSeconds?: InputMaybe<Scalars['Int']['input']>;
  sinceTime?: InputMaybe<Scalars['DateTime']['input']>;
  tailLines?: InputMaybe<Scalars['Int']['input']>;
  timestamps?: InputMaybe<Scalars['Boolean']['input']>;
}


/** What can be followed. */
export interface SubscriptionresourceEventsArgs {
  after?: InputMaybe<Scalars['ResourceVersion']['input']>;
  fieldSelector?: InputMaybe<Scalars['String']['input']>;
  initial?: InputMaybe<Scalars['Boolean']['input']>;
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  labelSelector?: InputMaybe<Scalars['String']['input']>;
  mask?: InputMaybe<Scalars['Boolean']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
}

/** Whether groups that the image gives the user count too. */
export type SupplementalGroupsPolicy =
  /** The image's groups of the user count, too. */
  | 'Merge'
  /** Only the groups that the pod names. */
  | 'Strict';

/** A kernel parameter. */
export interface Sysctl {
  /** Name of the parameter. */
  readonly name: Scalars['String']['output'];
  /** Value of the parameter. */
  readonly value?: Maybe<Scalars['String']['output']>;
}

/** A kernel parameter. */
export interface SysctlInput {
  /** Name of the parameter. */
  readonly name: Scalars['String']['input'];
  /** Value of the parameter. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
}

/** Checks by a TCP connection. */
export interface TCPSocketAction {
  /** Host to connect to; the address of the pod when absent. */
  readonly host?: Maybe<Scalars['String']['output']>;
  /** Number or name of a port of the container. */
  readonly port: Scalars['IntOrString']['output'];
}

/** Checks by a TCP connection. */
export interface TCPSocketActionInput {
  /** Host to connect to; the address of the pod when absent. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
  /** Number or name of a port of the container. */
  readonly port: Scalars['IntOrString']['input'];
}

/** Keeps pods away that do not tolerate it. */
export interface Taint {
  /** What it does to pods. */
  readonly effect: TaintEffect;
  /** Key of the taint. */
  readonly key: Scalars['String']['output'];
  /** When it was added. */
  readonly timeAdded?: Maybe<Scalars['DateTime']['output']>;
  /** Value of the taint. */
  readonly value?: Maybe<Scalars['String']['output']>;
}

/** Effect of the taint; every effect when absent. */
export type TaintEffect =
  /** No pod is placed here, and those that run go. */
  | 'NoExecute'
  /** No pod is placed here. */
  | 'NoSchedule'
  /** Pods are placed elsewhere where that is possible. */
  | 'PreferNoSchedule';

/** Keeps pods away that do not tolerate it. */
export interface TaintInput {
  /** What it does to pods. */
  readonly effect: TaintEffect;
  /** Key of the taint. */
  readonly key: Scalars['String']['input'];
  /** When it was added. */
  readonly timeAdded?: InputMaybe<Scalars['DateTime']['input']>;
  /** Value of the taint. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
}

/** Whether the end of the log is taken when a failed container left no message. */
export type TerminationMessagePolicy =
  /** The file, or the end of the log when it is empty and the container has failed. */
  | 'FallbackToLogsOnError'
  /** The file alone. */
  | 'File';

/** Lets a pod onto nodes with certain taints. */
export interface Toleration {
  /** Effect of the taint; every effect when absent. */
  readonly effect?: Maybe<TaintEffect>;
  /** Key of the taint; every key when absent. */
  readonly key?: Maybe<Scalars['String']['output']>;
  /** How the value is compared; Equal when absent. */
  readonly operator?: Maybe<TolerationOperator>;
  /** Seconds that a NoExecute taint is tolerated; for ever when absent. */
  readonly tolerationSeconds?: Maybe<Scalars['Int64']['output']>;
  /** Value of the taint. */
  readonly value?: Maybe<Scalars['String']['output']>;
}

/** Lets a pod onto nodes with certain taints. */
export interface TolerationInput {
  /** Effect of the taint; every effect when absent. */
  readonly effect?: InputMaybe<TaintEffect>;
  /** Key of the taint; every key when absent. */
  readonly key?: InputMaybe<Scalars['String']['input']>;
  /** How the value is compared; Equal when absent. */
  readonly operator?: InputMaybe<TolerationOperator>;
  /** Seconds that a NoExecute taint is tolerated; for ever when absent. */
  readonly tolerationSeconds?: InputMaybe<Scalars['Int64']['input']>;
  /** Value of the taint. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
}

/** How the value is compared; Equal when absent. */
export type TolerationOperator =
  /** Key and value are equal. */
  | 'Equal'
  /** The key is there, with any value. */
  | 'Exists';

/** How evenly pods spread over domains. */
export interface TopologySpreadConstraint {
  /** Which pods are counted. */
  readonly labelSelector?: Maybe<LabelSelector>;
  /** Labels of this pod that counted pods must share. */
  readonly matchLabelKeys?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** By how many pods domains may differ. */
  readonly maxSkew: Scalars['Int']['output'];
  /** Domains that there must be at least; fewer count as one empty domain. */
  readonly minDomains?: Maybe<Scalars['Int']['output']>;
  /** Whether nodes that the pod cannot choose are left out; Honor when absent. */
  readonly nodeAffinityPolicy?: Maybe<NodeInclusionPolicy>;
  /** Whether nodes that the pod does not tolerate are left out; Ignore when absent. */
  readonly nodeTaintsPolicy?: Maybe<NodeInclusionPolicy>;
  /** Label of nodes whose values are the domains. */
  readonly topologyKey: Scalars['String']['output'];
  /** Whether a pod waits, or is placed all the same, when it cannot be even. */
  readonly whenUnsatisfiable: UnsatisfiableConstraintAction;
}

/** How evenly pods spread over domains. */
export interface TopologySpreadConstraintInput {
  /** Which pods are counted. */
  readonly labelSelector?: InputMaybe<LabelSelectorInput>;
  /** Labels of this pod that counted pods must share. */
  readonly matchLabelKeys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** By how many pods domains may differ. */
  readonly maxSkew: Scalars['Int']['input'];
  /** Domains that there must be at least; fewer count as one empty domain. */
  readonly minDomains?: InputMaybe<Scalars['Int']['input']>;
  /** Whether nodes that the pod cannot choose are left out; Honor when absent. */
  readonly nodeAffinityPolicy?: InputMaybe<NodeInclusionPolicy>;
  /** Whether nodes that the pod does not tolerate are left out; Ignore when absent. */
  readonly nodeTaintsPolicy?: InputMaybe<NodeInclusionPolicy>;
  /** Label of nodes whose values are the domains. */
  readonly topologyKey: Scalars['String']['input'];
  /** Whether a pod waits, or is placed all the same, when it cannot be even. */
  readonly whenUnsatisfiable: UnsatisfiableConstraintAction;
}

/** What the volume is filled from: a snapshot or another claim. */
export interface TypedLocalObjectReference {
  /** API group of the kind; the core group when absent. */
  readonly apiGroup?: Maybe<Scalars['String']['output']>;
  /** Kind of the object. */
  readonly kind: Scalars['String']['output'];
  /** Name of the object. */
  readonly name: Scalars['String']['output'];
}

/** What the volume is filled from: a snapshot or another claim. */
export interface TypedLocalObjectReferenceInput {
  /** API group of the kind; the core group when absent. */
  readonly apiGroup?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the object. */
  readonly kind: Scalars['String']['input'];
  /** Name of the object. */
  readonly name: Scalars['String']['input'];
}

/** What the volume is filled from: any object that a filler knows. */
export interface TypedObjectReference {
  /** API group of the kind; the core group when absent. */
  readonly apiGroup?: Maybe<Scalars['String']['output']>;
  /** Kind of the object. */
  readonly kind: Scalars['String']['output'];
  /** Name of the object. */
  readonly name: Scalars['String']['output'];
  /** Namespace of the object; the own one when absent. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
}

/** What the volume is filled from: any object that a filler knows. */
export interface TypedObjectReferenceInput {
  /** API group of the kind; the core group when absent. */
  readonly apiGroup?: InputMaybe<Scalars['String']['input']>;
  /** Kind of the object. */
  readonly kind: Scalars['String']['input'];
  /** Name of the object. */
  readonly name: Scalars['String']['input'];
  /** Namespace of the object; the own one when absent. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
}

/** Plain or encrypted. */
export type URIScheme =
  /** http: */
  | 'HTTP'
  /** https: */
  | 'HTTPS';

/** Whether a pod waits, or is placed all the same, when it cannot be even. */
export type UnsatisfiableConstraintAction =
  /** The pod waits. */
  | 'DoNotSchedule'
  /** The pod is placed where the spread is best. */
  | 'ScheduleAnyway';

/** Files that containers of a pod can mount. */
export interface Volume {
  /**
   * A disk of Amazon EBS.
   * @deprecated Use a driver of CSI.
   */
  readonly awsElasticBlockStore?: Maybe<AWSElasticBlockStoreVolumeSource>;
  /**
   * A disk of Azure.
   * @deprecated Use a driver of CSI.
   */
  readonly azureDisk?: Maybe<AzureDiskVolumeSource>;
  /**
   * A share of Azure Files.
   * @deprecated Use a driver of CSI.
   */
  readonly azureFile?: Maybe<AzureFileVolumeSource>;
  /**
   * A Ceph file system.
   * @deprecated Use a driver of CSI.
   */
  readonly cephfs?: Maybe<CephFSVolumeSource>;
  /**
   * A volume of OpenStack.
   * @deprecated Use a driver of CSI.
   */
  readonly cinder?: Maybe<CinderVolumeSource>;
  /** The keys of a ConfigMap as files. */
  readonly configMap?: Maybe<ConfigMapVolumeSource>;
  /** Storage of a CSI driver that lives as long as the pod. */
  readonly csi?: Maybe<CSIVolumeSource>;
  /** Fields of the pod as files. */
  readonly downwardAPI?: Maybe<DownwardAPIVolumeSource>;
  /** An empty folder that lives as long as the pod. */
  readonly emptyDir?: Maybe<EmptyDirVolumeSource>;
  /** A claim that is made for the pod and goes with it. */
  readonly ephemeral?: Maybe<EphemeralVolumeSource>;
  /** A disk that is reached by Fibre Channel. */
  readonly fc?: Maybe<FCVolumeSource>;
  /**
   * Storage of an executable driver.
   * @deprecated Use a driver of CSI.
   */
  readonly flexVolume?: Maybe<FlexVolumeSource>;
  /**
   * A Flocker dataset.
   * @deprecated Use a driver of CSI.
   */
  readonly flocker?: Maybe<FlockerVolumeSource>;
  /**
   * A disk of Google Compute Engine.
   * @deprecated Use a driver of CSI.
   */
  readonly gcePersistentDisk?: Maybe<GCEPersistentDiskVolumeSource>;
  /**
   * A clone of a Git repository.
   * @deprecated Clone in an init container, into an emptyDir.
   */
  readonly gitRepo?: Maybe<GitRepoVolumeSource>;
  /**
   * A Gluster volume.
   * @deprecated Use a driver of CSI.
   */
  readonly glusterfs?: Maybe<GlusterfsVolumeSource>;
  /** A file or folder of the node. */
  readonly hostPath?: Maybe<HostPathVolumeSource>;
  /** The files of an image. */
  readonly image?: Maybe<ImageVolumeSource>;
  /** A disk that is reached by iSCSI. */
  readonly iscsi?: Maybe<ISCSIVolumeSource>;
  /** Name, unique in the pod. */
  readonly name: Scalars['String']['output'];
  /** A folder of an NFS server. */
  readonly nfs?: Maybe<NFSVolumeSource>;
  /** What a claim is bound to. */
  readonly persistentVolumeClaim?: Maybe<PersistentVolumeClaimVolumeSource>;
  /**
   * A disk of Photon.
   * @deprecated Use a driver of CSI.
   */
  readonly photonPersistentDisk?: Maybe<PhotonPersistentDiskVolumeSource>;
  /**
   * A Portworx volume.
   * @deprecated Use a driver of CSI.
   */
  readonly portworxVolume?: Maybe<PortworxVolumeSource>;
  /** Several sources in one folder. */
  readonly projected?: Maybe<ProjectedVolumeSource>;
  /**
   * A Quobyte volume.
   * @deprecated Use a driver of CSI.
   */
  readonly quobyte?: Maybe<QuobyteVolumeSource>;
  /**
   * A RADOS block device.
   * @deprecated Use a driver of CSI.
   */
  readonly rbd?: Maybe<RBDVolumeSource>;
  /**
   * A ScaleIO volume.
   * @deprecated Use a driver of CSI.
   */
  readonly scaleIO?: Maybe<ScaleIOVolumeSource>;
  /** The keys of a Secret as files. */
  readonly secret?: Maybe<SecretVolumeSource>;
  /**
   * A StorageOS volume.
   * @deprecated Use a driver of CSI.
   */
  readonly storageos?: Maybe<StorageOSVolumeSource>;
  /**
   * A disk of vSphere.
   * @deprecated Use a driver of CSI.
   */
  readonly vsphereVolume?: Maybe<VsphereVirtualDiskVolumeSource>;
}

/** Where a container sees a raw device. */
export interface VolumeDevice {
  /** Path of the device in the container. */
  readonly devicePath: Scalars['String']['output'];
  /** Name of a volume that is a claim. */
  readonly name: Scalars['String']['output'];
}

/** Where a container sees a raw device. */
export interface VolumeDeviceInput {
  /** Path of the device in the container. */
  readonly devicePath: Scalars['String']['input'];
  /** Name of a volume that is a claim. */
  readonly name: Scalars['String']['input'];
}

/** Files that containers of a pod can mount. */
export interface VolumeInput {
  /**
   * A disk of Amazon EBS.
   * @deprecated Use a driver of CSI.
   */
  readonly awsElasticBlockStore?: InputMaybe<AWSElasticBlockStoreVolumeSourceInput>;
  /**
   * A disk of Azure.
   * @deprecated Use a driver of CSI.
   */
  readonly azureDisk?: InputMaybe<AzureDiskVolumeSourceInput>;
  /**
   * A share of Azure Files.
   * @deprecated Use a driver of CSI.
   */
  readonly azureFile?: InputMaybe<AzureFileVolumeSourceInput>;
  /**
   * A Ceph file system.
   * @deprecated Use a driver of CSI.
   */
  readonly cephfs?: InputMaybe<CephFSVolumeSourceInput>;
  /**
   * A volume of OpenStack.
   * @deprecated Use a driver of CSI.
   */
  readonly cinder?: InputMaybe<CinderVolumeSourceInput>;
  /** The keys of a ConfigMap as files. */
  readonly configMap?: InputMaybe<ConfigMapVolumeSourceInput>;
  /** Storage of a CSI driver that lives as long as the pod. */
  readonly csi?: InputMaybe<CSIVolumeSourceInput>;
  /** Fields of the pod as files. */
  readonly downwardAPI?: InputMaybe<DownwardAPIVolumeSourceInput>;
  /** An empty folder that lives as long as the pod. */
  readonly emptyDir?: InputMaybe<EmptyDirVolumeSourceInput>;
  /** A claim that is made for the pod and goes with it. */
  readonly ephemeral?: InputMaybe<EphemeralVolumeSourceInput>;
  /** A disk that is reached by Fibre Channel. */
  readonly fc?: InputMaybe<FCVolumeSourceInput>;
  /**
   * Storage of an executable driver.
   * @deprecated Use a driver of CSI.
   */
  readonly flexVolume?: InputMaybe<FlexVolumeSourceInput>;
  /**
   * A Flocker dataset.
   * @deprecated Use a driver of CSI.
   */
  readonly flocker?: InputMaybe<FlockerVolumeSourceInput>;
  /**
   * A disk of Google Compute Engine.
   * @deprecated Use a driver of CSI.
   */
  readonly gcePersistentDisk?: InputMaybe<GCEPersistentDiskVolumeSourceInput>;
  /**
   * A clone of a Git repository.
   * @deprecated Clone in an init container, into an emptyDir.
   */
  readonly gitRepo?: InputMaybe<GitRepoVolumeSourceInput>;
  /**
   * A Gluster volume.
   * @deprecated Use a driver of CSI.
   */
  readonly glusterfs?: InputMaybe<GlusterfsVolumeSourceInput>;
  /** A file or folder of the node. */
  readonly hostPath?: InputMaybe<HostPathVolumeSourceInput>;
  /** The files of an image. */
  readonly image?: InputMaybe<ImageVolumeSourceInput>;
  /** A disk that is reached by iSCSI. */
  readonly iscsi?: InputMaybe<ISCSIVolumeSourceInput>;
  /** Name, unique in the pod. */
  readonly name: Scalars['String']['input'];
  /** A folder of an NFS server. */
  readonly nfs?: InputMaybe<NFSVolumeSourceInput>;
  /** What a claim is bound to. */
  readonly persistentVolumeClaim?: InputMaybe<PersistentVolumeClaimVolumeSourceInput>;
  /**
   * A disk of Photon.
   * @deprecated Use a driver of CSI.
   */
  readonly photonPersistentDisk?: InputMaybe<PhotonPersistentDiskVolumeSourceInput>;
  /**
   * A Portworx volume.
   * @deprecated Use a driver of CSI.
   */
  readonly portworxVolume?: InputMaybe<PortworxVolumeSourceInput>;
  /** Several sources in one folder. */
  readonly projected?: InputMaybe<ProjectedVolumeSourceInput>;
  /**
   * A Quobyte volume.
   * @deprecated Use a driver of CSI.
   */
  readonly quobyte?: InputMaybe<QuobyteVolumeSourceInput>;
  /**
   * A RADOS block device.
   * @deprecated Use a driver of CSI.
   */
  readonly rbd?: InputMaybe<RBDVolumeSourceInput>;
  /**
   * A ScaleIO volume.
   * @deprecated Use a driver of CSI.
   */
  readonly scaleIO?: InputMaybe<ScaleIOVolumeSourceInput>;
  /** The keys of a Secret as files. */
  readonly secret?: InputMaybe<SecretVolumeSourceInput>;
  /**
   * A StorageOS volume.
   * @deprecated Use a driver of CSI.
   */
  readonly storageos?: InputMaybe<StorageOSVolumeSourceInput>;
  /**
   * A disk of vSphere.
   * @deprecated Use a driver of CSI.
   */
  readonly vsphereVolume?: InputMaybe<VsphereVirtualDiskVolumeSourceInput>;
}

/** Where a container sees a volume. */
export interface VolumeMount {
  /** Path in the container; without `:`. */
  readonly mountPath: Scalars['String']['output'];
  /** Whether later mounts are seen on the other side; None when absent. */
  readonly mountPropagation?: Maybe<MountPropagationMode>;
  /** Name of the volume. */
  readonly name: Scalars['String']['output'];
  /** Whether the container cannot write. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Whether mounts below are read-only too. */
  readonly recursiveReadOnly?: Maybe<RecursiveReadOnlyMode>;
  /** Path in the volume that is mounted; its root when absent. */
  readonly subPath?: Maybe<Scalars['String']['output']>;
  /** As `subPath`, with `$(NAME)` expanded to environment variables. */
  readonly subPathExpr?: Maybe<Scalars['String']['output']>;
}

/** Where a container sees a volume. */
export interface VolumeMountInput {
  /** Path in the container; without `:`. */
  readonly mountPath: Scalars['String']['input'];
  /** Whether later mounts are seen on the other side; None when absent. */
  readonly mountPropagation?: InputMaybe<MountPropagationMode>;
  /** Name of the volume. */
  readonly name: Scalars['String']['input'];
  /** Whether the container cannot write. */
  readonly readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether mounts below are read-only too. */
  readonly recursiveReadOnly?: InputMaybe<RecursiveReadOnlyMode>;
  /** Path in the volume that is mounted; its root when absent. */
  readonly subPath?: InputMaybe<Scalars['String']['input']>;
  /** As `subPath`, with `$(NAME)` expanded to environment variables. */
  readonly subPathExpr?: InputMaybe<Scalars['String']['input']>;
}

/** How a volume was mounted. */
export interface VolumeMountStatus {
  /** Path in the container. */
  readonly mountPath: Scalars['String']['output'];
  /** Name of the volume. */
  readonly name: Scalars['String']['output'];
  /** Whether the container cannot write. */
  readonly readOnly?: Maybe<Scalars['Boolean']['output']>;
  /** Whether mounts below are read-only too. */
  readonly recursiveReadOnly?: Maybe<RecursiveReadOnlyMode>;
  /** What is known of the volume. */
  readonly volumeStatus?: Maybe<VolumeStatus>;
}

/** One source of a projected volume; exactly one is given. */
export interface VolumeProjection {
  /** Certificates that are to be trusted. */
  readonly clusterTrustBundle?: Maybe<ClusterTrustBundleProjection>;
  /** The keys of a ConfigMap. */
  readonly configMap?: Maybe<ConfigMapProjection>;
  /** Fields of the pod. */
  readonly downwardAPI?: Maybe<DownwardAPIProjection>;
  /** A key of the pod and a certificate for it. */
  readonly podCertificate?: Maybe<PodCertificateProjection>;
  /** The keys of a Secret. */
  readonly secret?: Maybe<SecretProjection>;
  /** A token of the service account. */
  readonly serviceAccountToken?: Maybe<ServiceAccountTokenProjection>;
}

/** One source of a projected volume; exactly one is given. */
export interface VolumeProjectionInput {
  /** Certificates that are to be trusted. */
  readonly clusterTrustBundle?: InputMaybe<ClusterTrustBundleProjectionInput>;
  /** The keys of a ConfigMap. */
  readonly configMap?: InputMaybe<ConfigMapProjectionInput>;
  /** Fields of the pod. */
  readonly downwardAPI?: InputMaybe<DownwardAPIProjectionInput>;
  /** A key of the pod and a certificate for it. */
  readonly podCertificate?: InputMaybe<PodCertificateProjectionInput>;
  /** The keys of a Secret. */
  readonly secret?: InputMaybe<SecretProjectionInput>;
  /** A token of the service account. */
  readonly serviceAccountToken?: InputMaybe<ServiceAccountTokenProjectionInput>;
}

/** How much storage is wanted. */
export interface VolumeResourceRequirements {
  /** The most that is wanted, by resource name. */
  readonly limits?: Maybe<Scalars['StringMap']['output']>;
  /** The least that is needed, by resource name. */
  readonly requests?: Maybe<Scalars['StringMap']['output']>;
}

/** How much storage is wanted. */
export interface VolumeResourceRequirementsInput {
  /** The most that is wanted, by resource name. */
  readonly limits?: InputMaybe<Scalars['StringMap']['input']>;
  /** The least that is needed, by resource name. */
  readonly requests?: InputMaybe<Scalars['StringMap']['input']>;
}

/** What is known of the volume. */
export interface VolumeStatus {
  /** For a volume that is an image. */
  readonly image?: Maybe<ImageVolumeStatus>;
}

/** A disk of vSphere. */
export interface VsphereVirtualDiskVolumeSource {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: Maybe<Scalars['String']['output']>;
  /** Identity of the storage policy. */
  readonly storagePolicyID?: Maybe<Scalars['String']['output']>;
  /** Name of the storage policy. */
  readonly storagePolicyName?: Maybe<Scalars['String']['output']>;
  /** Path of the disk. */
  readonly volumePath: Scalars['String']['output'];
}

/** A disk of vSphere. */
export interface VsphereVirtualDiskVolumeSourceInput {
  /** File system to mount; ext4 when absent. */
  readonly fsType?: InputMaybe<Scalars['String']['input']>;
  /** Identity of the storage policy. */
  readonly storagePolicyID?: InputMaybe<Scalars['String']['input']>;
  /** Name of the storage policy. */
  readonly storagePolicyName?: InputMaybe<Scalars['String']['input']>;
  /** Path of the disk. */
  readonly volumePath: Scalars['String']['input'];
}

/** A preference for or against nearness. */
export interface WeightedPodAffinityTerm {
  /** Which pods, and what counts as near. */
  readonly podAffinityTerm: PodAffinityTerm;
  /** How much it counts, 1 to 100. */
  readonly weight: Scalars['Int']['output'];
}

/** A preference for or against nearness. */
export interface WeightedPodAffinityTermInput {
  /** Which pods, and what counts as near. */
  readonly podAffinityTerm: PodAffinityTermInput;
  /** How much it counts, 1 to 100. */
  readonly weight: Scalars['Int']['input'];
}

/** Settings for Windows. */
export interface WindowsSecurityContextOptions {
  /** The GMSA credential spec itself. */
  readonly gmsaCredentialSpec?: Maybe<Scalars['String']['output']>;
  /** Name of the GMSA credential spec. */
  readonly gmsaCredentialSpecName?: Maybe<Scalars['String']['output']>;
  /** Whether the container runs as a process of the host; the same for all of a pod. */
  readonly hostProcess?: Maybe<Scalars['Boolean']['output']>;
  /** User that runs the process. */
  readonly runAsUserName?: Maybe<Scalars['String']['output']>;
}

/** Settings for Windows. */
export interface WindowsSecurityContextOptionsInput {
  /** The GMSA credential spec itself. */
  readonly gmsaCredentialSpec?: InputMaybe<Scalars['String']['input']>;
  /** Name of the GMSA credential spec. */
  readonly gmsaCredentialSpecName?: InputMaybe<Scalars['String']['input']>;
  /** Whether the container runs as a process of the host; the same for all of a pod. */
  readonly hostProcess?: InputMaybe<Scalars['Boolean']['input']>;
  /** User that runs the process. */
  readonly runAsUserName?: InputMaybe<Scalars['String']['input']>;
}
