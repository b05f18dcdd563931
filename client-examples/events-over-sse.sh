#!/usr/bin/env bash
# Follows the pods with nothing but curl: GraphQL subscriptions are also served as server-sent events (SSE).
#   events-over-sse.sh [SELECTOR]     such as app=web; MYRIAD_URL and MYRIAD_TOKEN name the server and its token
# Goes on where it was when the connection is lost. Ctrl-C ends it.
set -euo pipefail

url=${MYRIAD_URL:-http://127.0.0.1:4000}
url=${url%/}
selector=${1:-}
if (($# > 1)) || [[ $selector == -* || $selector == *[\"\\]* ]]; then
  echo 'events-over-sse [SELECTOR], such as app=web' >&2
  exit 2
fi

subscription='subscription ($selector: String, $after: ResourceVersion) {
  podEvents(labelSelector: $selector, after: $after) { type resourceVersion pod { name status { phase } } }
}'
# The place of the log up to which everything is told. Without one, the present pods come first.
after=null

# Becomes curl, so that it ends with this script.
subscribe() {
  exec curl --silent --show-error --no-buffer "${url%/graphql}/graphql" \
    -H 'accept: text/event-stream' -H 'content-type: application/json' -H @<(authorization) \
    -d "{\"query\": \"${subscription//$'\n'/ }\", \"variables\": {\"selector\": \"$selector\", \"after\": $after}}"
}

# From a file, so that nobody reads the token in the list of processes.
authorization() {
  [[ -z ${MYRIAD_TOKEN:-} ]] || echo "authorization: Bearer $MYRIAD_TOKEN"
}

trap 'kill $! 2>/dev/null || true' EXIT
refused=false
while ! $refused; do
  # Each event is a line "data: {…}", and a request that is turned down a line "{…}". The other lines say what sort of
  # message it is, or keep the connection alive.
  while read -r line || [[ -n $line ]]; do
    line=${line#data: }
    [[ $line == '{'* ]] || continue
    echo "$line"
    # A faulty selector, or a log that no longer reaches back so far (EXPIRED): other errors mend themselves.
    if [[ $line == '{"errors"'* && ! $line =~ UNAVAILABLE|SLOW_CONSUMER ]]; then refused=true; fi
    # A bookmark says that all present pods have been told. From then on each event is a place to go on from.
    if [[ $after != null || $line == *'"BOOKMARK"'* ]] && [[ $line =~ \"resourceVersion\":(\"[0-9]+\") ]]; then
      after=${BASH_REMATCH[1]}
    fi
  done < <(subscribe)
  $refused || sleep 1
done
exit 1
