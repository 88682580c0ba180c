import * as v from 'valibot'
import { SiteDraft } from '../../shared/workspace.ts'
import { firstSite } from '../domain/sites-first.ts'
import { type Command, CommandFailed } from './command.ts'
import { need } from './options.ts'
import { withStores } from './stores.ts'

export const siteCreate: Command = {
  name: 'site create',
  usage: 'site create --name NAME --origin https://shop.example',
  summary: 'Adds a site and prints the tag to paste.',
  async run(options, desk) {
    const name = need(options, 'name')
    const draft = v.safeParse(SiteDraft, { ...firstSite(need(options, 'origin')), name })
    if (!draft.success) throw new CommandFailed(faultIn(draft.issues[0]))
    await withStores(desk, async ({ sites, url }) => {
      const made = await sites.create(draft.output)
      if (!made.ok) throw new CommandFailed(made.error.message)
      desk.say(`<script async src="${url}/widget.js" data-site="${made.value.key}"></script>`)
    })
  },
}

const faultIn = (issue: v.BaseIssue<unknown>): string =>
  `${v.getDotPath(issue)?.startsWith('origins') ? '--origin' : '--name'} ${issue.message}.`
