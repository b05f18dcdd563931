import { readFileSync } from 'node:fs'
import { packageRoot } from '../store/package-root.ts'

const manifest = JSON.parse(readFileSync(`${packageRoot}/package.json`, 'utf8')) as { version: string }

/** The version of this Myriad. */
export const version: string = manifest.version
