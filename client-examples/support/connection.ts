/** Where the server is: that of `npm start`, unless MYRIAD_URL names another. */
export const url = process.env['MYRIAD_URL'] ?? 'http://127.0.0.1:4000'

/** The token of a server that wants one. */
export const token = process.env['MYRIAD_TOKEN']
