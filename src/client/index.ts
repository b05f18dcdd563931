export { type Client, type ConnectOptions, connect, type Variables } from './client.ts'
export { RequestError, type RequestErrorCause, type RequestErrorCode } from './request-error.ts'
