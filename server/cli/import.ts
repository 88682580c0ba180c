import { resolve } from 'node:path'
import { kinds } from '../history/transfer/kinds.ts'
import { bringUpToDate, fillStore } from '../history/transfer/stores.ts'
import { difference, startTally, type Tallies, type Tally } from '../history/transfer/tally.ts'
import { placeDocument, refuseOthers } from '../workspace/stored.ts'
import { type Command, CommandFailed } from './command.ts'
import { inWords } from './export.ts'
import { type Manifest, readLines, readManifest } from './export-lines.ts'
import { agentCredentials, putTogether, type SettingsParts } from './export-settings.ts'
import { filesIn, importFiles } from './files.ts'
import { alone, configOf, exists } from './place.ts'

export const importCommand: Command = {
  name: 'import',
  usage: 'import DIR',
  summary: 'Fills an empty store from an export. All or nothing: it can be repeated.',
  operands: ['DIR'],
  async run(_options, desk, [given = '']) {
    const config = configOf(desk)
    const directory = resolve(given)
    const exported = await readExport(directory)
    const document = putTogether(exported.settings)
    await alone(config, async () => {
      await refuseOthers(config.dataDir, document)
      await fillStore(config, exported.history, async (taken) => {
        refuseDifference({ ...taken, ...exported.lists }, exported.expected)
        if (exported.expected.files) await importFiles(directory, filesIn(config.dataDir))
        await placeDocument(config.dataDir, document)
      })
      // Whom the list beside the store names was erased after the export was made.
      await bringUpToDate(config)
    })
    desk.say(`Imported ${inWords(exported.expected)}, and compared counts and checksums.`)
    if (!exported.expected[agentCredentials])
      desk.say('It came without agents’ passwords: make an account with owner create.')
  },
}

interface Exported {
  settings: SettingsParts
  /** What the lists of the settings came to. */
  lists: Tallies
  /** What there has to be, by the manifest. */
  expected: Tallies
  history(kind: string): AsyncIterable<string[]> | null
}

const historyKinds: ReadonlySet<string> = new Set(kinds.map(({ name }) => name))

async function readExport(directory: string): Promise<Exported> {
  const manifest = await readManifest(directory)
  const expected = await withoutLeftOut(directory, manifest)
  const settings: SettingsParts = { single: manifest.settings, lists: {} }
  const lists: Record<string, Tally> = {}
  for (const name of Object.keys(expected)) {
    if (historyKinds.has(name)) continue
    const tally = startTally()
    const lines: string[] = []
    for await (const some of readLines(directory, name)) {
      tally.add(some)
      lines.push(...some)
    }
    settings.lists[name] = lines
    lists[name] = tally.result()
  }
  refuseDifference(
    { ...lists },
    Object.fromEntries(Object.entries(expected).filter(([name]) => name in lists)),
  )
  const history = (kind: string) => (expected[kind] ? readLines(directory, kind) : null)
  return { settings, lists, expected, history }
}

/** Credentials may be taken out of an export that is handed on; nothing else may be missing. */
async function withoutLeftOut(directory: string, { kinds }: Manifest): Promise<Tallies> {
  const there: Record<string, Tally> = {}
  for (const [name, tally] of Object.entries(kinds)) {
    const isThere = await exists(`${directory}/${name}.jsonl`)
    if (isThere) there[name] = tally
    else if (!name.endsWith('-credentials'))
      throw new CommandFailed(`${name}.jsonl is missing in ${directory}.`)
  }
  return there
}

function refuseDifference(found: Tallies, expected: Tallies): void {
  const wrong = difference(expected, found)
  if (wrong)
    throw new CommandFailed(`The export is not what its manifest says: ${wrong}. Nothing was imported.`)
}
