import type { IncomingMessage } from 'node:http'

/** From where a server may be called. */
export interface OriginRule {
  /** Host names that it goes by; undefined: any. */
  readonly hostNames: ReadonlySet<string> | undefined
  /** Origins, such as `https://app.example`, whose pages may call it beside its own. */
  readonly allowedOrigins: ReadonlySet<string>
}

/**
 * Whether a browser may have sent this request on behalf of a page that may call. Requests without an Origin come from no
 * browser page; those with one must name the host that they were sent to, or an origin that is allowed. The host itself must
 * be one that the server goes by, so that no foreign name can be pointed at it (DNS rebinding).
 */
export function mayCall({ headers }: IncomingMessage, { hostNames, allowedOrigins }: OriginRule): boolean {
  const host = headers.host ?? ''
  if (hostNames !== undefined && !hostNames.has(nameOf(host))) return false
  const { origin } = headers
  if (origin === undefined || allowedOrigins.has(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * The headers of an answer by which a browser lets a page of an allowed origin read it (https://fetch.spec.whatwg.org,
 * CORS protocol). None for others, but that caches must tell them apart.
 */
export function corsHeaders({ headers }: IncomingMessage, { allowedOrigins }: OriginRule): Record<string, string> {
  if (allowedOrigins.size === 0) return {}
  const { origin } = headers
  const isAllowed = origin !== undefined && allowedOrigins.has(origin)
  return { Vary: 'Origin', ...(isAllowed ? { 'Access-Control-Allow-Origin': origin } : {}) }
}

/**
 * The further headers that answer a browser which asks beforehand whether a page may send a request; undefined for all
 * other requests. Whoever may send may send any header: secrets are in `Authorization`, which the page must know itself.
 */
export function preflightHeaders(request: IncomingMessage, rule: OriginRule): Record<string, string> | undefined {
  const { method, headers } = request
  const isAsked = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
  if (!isAsked || !rule.allowedOrigins.has(headers.origin ?? '')) return undefined
  const wanted = headers['access-control-request-headers']
  return {
    Vary: 'Origin, Access-Control-Request-Headers',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Max-Age': '600',
    ...(wanted === undefined ? {} : { 'Access-Control-Allow-Headers': wanted }),
  }
}

/** Host names under which a server that is bound to loopback may be called. */
export const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}
