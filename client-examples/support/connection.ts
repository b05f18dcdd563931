/** Where the server is: that of `npm start`, unless MYRIAD_URL names another. */
export const url = process.env['MYRIAD_URL'] ?? 'http://127.0.0.1:4000'

/** Its GraphQL endpoint, for libraries that do not find it by themselves. */
export function endpoint(): URL {
  const server = new URL(url)
  if (server.pathname === '/') server.pathname = '/graphql'
  return server
}

/** The token of a server that wants one. */
export const token = process.env['MYRIAD_TOKEN']
