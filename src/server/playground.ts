import type { GraphiQLOptions } from 'graphql-yoga'

/** A first manifest to try: a few pods that any machine can run. */
export const helloManifest = `apiVersion: v1
kind: ReplicationController
metadata: { name: hello }
spec:
  replicas: 3
  selector: { app: hello }
  template:
    metadata: { labels: { app: hello } }
    spec:
      containers:
        - name: main
          image: none
          command: [sleep, "1000"]`

/**
 * What the playground shows to whoever comes for the first time: an operation for each of the common tasks, in the order in which
 * a newcomer meets them, each of which runs as it stands. They are one document, not a tab each: GraphiQL 5 draws tabs that are
 * there from the beginning where a click does not find them.
 */
export const playgroundDocument = `# Ctrl-Enter runs the operation that the cursor is
# in, the button to the right asks which. The book
# to the left explains every type and field.
# A server with a token wants it under Headers:
# {"Authorization": "Bearer TOKEN"}

query Cluster {
  cluster {
    version
    nodeCount
    podsByPhase { phase count }
    capacity
    allocated
  }
  clusterNodes {
    nodes {
      name
      status { conditions { type status reason } }
    }
  }
}

# Creates what is not there, changes what is.
# With dryRun: true it only judges.
mutation Apply {
  apply(
    manifests: """
${helloManifest.replace(/^/gm, '    ')}
    """
  ) {
    applied { action resource { kind namespace name } }
  }
}

# A page of pods; the next one comes with
# after: "(endCursor)".
query Pods {
  pods(labelSelector: "app=hello", first: 20) {
    totalCount
    resourceVersion
    nodes {
      namespace
      name
      status {
        phase
        podIP
        containerStatuses { name ready restartCount }
      }
      node { name }
    }
    pageInfo { hasNextPage endCursor }
  }
}

# The pods that are there, a BOOKMARK, then every
# change until you press stop: run Scale in a second
# window. With after: "(resourceVersion)" of an event
# it goes on right there.
subscription PodEvents {
  podEvents(labelSelector: "app=hello") {
    type
    resourceVersion
    at
    actor
    pod { name status { phase } node { name } }
  }
}

mutation Scale {
  scale(kind: "rc", name: "hello", replicas: 5) {
    name
  }
}

# Pods that wait for a machine, what the filters of
# the scheduler say of all, and what would help.
query WhyPending {
  pods(
    fieldSelector: "status.phase=Pending,spec.nodeName="
  ) {
    totalCount
    nodes {
      namespace
      name
      scheduling {
        message
        filters {
          filter
          nodes
          reasons { reason nodes }
          help
        }
      }
    }
  }
}

# What controllers, scheduler and agents tell.
subscription ClusterEvents {
  clusterEvents {
    type
    cursor
    event {
      lastTimestamp
      type
      reason
      message
      count
      involvedObject { kind namespace name }
    }
  }
}

# An object as it was: each of its versions, and
# who made it.
query History {
  resource(kind: "rc", namespace: "default", name: "hello") {
    name
    history(first: 10) {
      nodes { type resourceVersion at actor manifest }
    }
  }
}

mutation Delete {
  delete(kind: "rc", name: "hello") {
    name
  }
}
`

/**
 * GraphiQL's settings. Subscriptions go over SSE, which carries the headers that its user enters, as a browser's WebSocket
 * cannot, so that a token counts for them, too.
 */
export const playground: GraphiQLOptions = {
  title: 'Myriad',
  subscriptionsProtocol: 'SSE',
  defaultQuery: playgroundDocument,
}
