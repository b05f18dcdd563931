// Sets up, then runs a control plane with one agent: npm start -- --port 4000

import { runBuilt } from './built.mjs'

await runBuilt('src/main.js', ['up', ...process.argv.slice(2)])
