import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RequestError } from '../client/index.ts'
import { outcomePrinter } from './change-objects.ts'
import { type ChoiceFlags, chooseObjects } from './chosen-objects.ts'
import { firstLineBelow, headed, isSameText, isUsable, withoutHeader } from './edited-text.ts'
import { CommandError } from './failure.ts'
import { failureText } from './failure-text.ts'
import { carryOut, manifestMutations } from './manifest-command.ts'
import { locateFaults } from './manifest-faults.ts'
import { formatYaml } from './object-yaml.ts'
import type { Session } from './session.ts'

/** The flags of `myriad edit`. */
export interface EditFlags extends ChoiceFlags {
  readonly output?: string
}

/** Runs `myriad edit`: opens objects in an editor, and replaces them with what was saved there. */
export async function edit(args: readonly string[], flags: EditFlags, session: Session): Promise<void> {
  const print = await outcomePrinter({ output: flags.output, dryRun: 'none' }, session)
  const { chosen, faults } = await chooseObjects(args, flags, session)
  const [fault] = faults
  if (fault !== undefined) throw fault
  const objects = chosen.map(({ object }) => object)
  if (objects.length === 0) throw new CommandError('edit cancelled, no objects found')
  const folder = await mkdtemp(join(tmpdir(), 'myriad-edit-'))
  const file = join(folder, 'objects.yaml')
  let isKept = false
  try {
    const original = formatYaml(objects, {})
    const outcomes = await editUntilTaken({ file, original }, session)
    if (outcomes === undefined) session.errors.write('Edit cancelled, no changes made.\n')
    else print(outcomes)
  } catch (error) {
    isKept = error instanceof KeptError
    throw error
  } finally {
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
}

/** What could not be saved, and is in a file still. */
class KeptError extends RequestError {}

interface Edited {
  readonly file: string
  readonly original: string
}

type Outcomes = Awaited<ReturnType<typeof carryOut>>

/** Opens the editor again and again until the server takes what was saved; undefined when nothing was changed. */
async function editUntilTaken({ file, original }: Edited, session: Session): Promise<Outcomes | undefined> {
  let offered = original
  let lastFault: RequestError | undefined
  for (;;) {
    await writeFile(file, headed(offered, lastFault && failureText(lastFault)))
    await openEditor(file, session)
    const saved = withoutHeader(await readFile(file, 'utf8'))
    if (!isUsable(saved) || isSameText(saved, original)) return undefined
    if (lastFault !== undefined && isSameText(saved, offered)) throw kept(file, lastFault)
    try {
      return await carryOut(manifestMutations.edit, { manifests: saved, dryRun: 'none' }, session)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const fault = locateBelowHeader(error, saved)
      if (error.code !== 'INVALID') throw kept(file, fault)
      lastFault = fault
      offered = saved
    }
  }
}

/** The faults with their lines as the editor will show them: below the header, in which the faults stand. */
function locateBelowHeader(error: RequestError, text: string): RequestError {
  const located = (firstLine: number) => locateFaults(error, [{ name: 'objects.yaml', text, firstLine }])
  return located(firstLineBelow(failureText(located(1))))
}

function kept(file: string, { code, message }: RequestError): KeptError {
  return new KeptError(code, `${message}\nA copy of your changes has been stored to "${file}"`)
}

async function openEditor(file: string, { environment }: Session): Promise<void> {
  const command = environment['MYRIAD_EDITOR'] || environment['VISUAL'] || environment['EDITOR'] || 'vi'
  const editor = spawn('sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve, reject) => {
    editor.once('error', reject)
    editor.once('close', resolve)
  })
  if (code !== 0) throw new CommandError(`there was a problem with the editor "${command}": it ended with ${code}`)
}
