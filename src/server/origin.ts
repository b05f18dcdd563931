import type { IncomingMessage } from 'node:http'

/**
 * Whether a browser may have sent this request on behalf of a page of ours. Requests without an Origin come from no
 * browser page; those with one must name the host that they were sent to. The host itself must be one that the server
 * goes by, so that no foreign name can be pointed at it (DNS rebinding).
 */
export function isOwnOrigin({ headers }: IncomingMessage, hostNames: ReadonlySet<string> | undefined): boolean {
  const host = headers.host ?? ''
  if (hostNames !== undefined && !hostNames.has(nameOf(host))) return false
  const { origin } = headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Host names under which a server that is bound to loopback may be called. */
export const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}
