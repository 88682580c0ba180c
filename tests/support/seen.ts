import { join } from 'node:path'
import { bytesOf } from '../../server/files/carrying.ts'
import { diskFiles } from '../../server/files/disk-files.ts'
import type { History } from '../../server/history/history.ts'
import type { FileId, VisitorId } from '../../shared/ids.ts'
import { type Furnished, type Home, openHome } from './furnished.ts'
import { hour, noon } from './history-cast.ts'
import { all, everything, question, responses } from './question.ts'

/** Everything that the interface tells of a furnished house, its epoch excepted. */
export async function seen(
  home: Home,
  { conversations, tokens, siteId, files }: Furnished,
): Promise<unknown> {
  const history = await openHome(home)
  const told = {
    rows: await Promise.all(conversations.map((id) => history.conversations.find(id))),
    entries: await Promise.all(conversations.map((id) => history.conversations.entries(id, 0, 1_000))),
    people: await Promise.all([...tokens].map(([, hash]) => history.visitors.findByToken(siteId, hash))),
    views: await Promise.all([...tokens.keys()].map((id) => viewsOf(history, id))),
    waiting: await history.conversations.list({ order: 'waiting', limit: 50 }),
    recent: await history.conversations.list({ order: 'recent', limit: 50 }),
    count: await history.conversations.count(),
    jobs: await history.jobs.list({ limit: 50 }),
    files: await Promise.all(files.map(({ id }) => fileOf(history, home, id))),
    turns: await history.reports.turns(everything, responses, all),
    staffing: await history.reports.staffing(question(noon - hour, noon + 2 * hour)),
  }
  await history.close()
  return told
}

/** What is known of a file, and what is in it. */
async function fileOf({ files }: History, { dataDir }: Home, id: FileId): Promise<unknown> {
  const file = await files.find(id)
  const bytes = file && (await bytesOf(diskFiles(join(dataDir, 'files')), file.sha256))
  return { file, content: bytes?.toString() }
}

/** Which of one moment comes first is nobody's promise. */
async function viewsOf({ visits }: History, id: VisitorId): Promise<string[]> {
  const views = await visits.pageViews(id, 10)
  return views.map(({ at, visitId, url, title }) => [at, visitId, url, title].join(' ')).sort()
}
