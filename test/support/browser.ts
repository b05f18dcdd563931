import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findProgram, kindOf } from '../../src/agent/find-program.ts'

/** Where Chromium is, for machines that have it elsewhere than in their PATH. */
const pathVariable = 'MYRIAD_TEST_CHROMIUM'

/** A page of a browser, and what it did wrong. */
export interface Visit {
  readonly page: Page
  /** What was told on the console as an error, and errors that nobody has caught. */
  readonly faults: readonly string[]
}

/**
 * Tests in headless Chromium, each with what `open` opens: a page in a context of its own, which is closed after the test.
 * A request to any address that is not a loopback one fails the test. Without Chromium one test is reported as skipped, named
 * after what is missing.
 */
export function describeInChromium(name: string, tests: (open: () => Promise<Visit>) => void): void {
  const executablePath = findChromium()
  describe(`${name}, in Chromium`, () => {
    if (executablePath === undefined) {
      it.skip(`needs Chromium: install it, or name it in ${pathVariable}`)
      return
    }
    let browser: Browser
    let foreign: string[] = []
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, headless: true, args })
    })
    afterEach(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()))
      expect(foreign).toEqual([])
      foreign = []
    })
    afterAll(() => browser?.close())
    tests(async () => {
      const context = await browser.newContext()
      await context.route(
        (url) => !isLocal(url),
        (route) => {
          foreign.push(route.request().url())
          return route.abort()
        },
      )
      const faults: string[] = []
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
      page.on('websocket', (socket) => isLocal(new URL(socket.url())) || foreign.push(socket.url()))
      return { page, faults }
    })
  })
}

/** Nothing of the browser's own reaches out, and it runs as root, as in containers. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function findChromium(): string | undefined {
  const named = process.env[pathVariable]
  if (named !== undefined && named !== '') return kindOf(named) === 'file' ? named : undefined
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map((program) => findProgram(program, process.env['PATH'] ?? ''))
    .find((path) => path !== undefined)
}

function isLocal({ protocol, hostname }: URL): boolean {
  if (['data:', 'blob:', 'about:'].includes(protocol)) return true
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
}
