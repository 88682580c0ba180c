// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { ConnectionNotice } from '../../agent-console/connection-notice.tsx'
import { Log } from '../../agent-console/conversation/log.tsx'
import { newRule } from '../../agent-console/proactive/draft.ts'
import { RuleForm } from '../../agent-console/proactive/rule-form.tsx'
import { Sentence } from '../../agent-console/proactive/spoken.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { catalogues } from '../../agent-console/ui/words.ts'
import { makeId } from '../../shared/ids.ts'
import { applyTimeline, emptyTimeline, noReceipts, type Timeline } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story, sara, siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]

describe('what is read out of a conversation', () => {
  /** The texts in the live regions of the page. */
  const announced = () => all('[aria-live=polite] p').map((one) => one.textContent)

  async function openLog(story: Story) {
    const { draw } = await openStage()
    let timeline: Timeline = applyTimeline(emptyTimeline, {
      type: 'snapshot',
      conversation: story.conversation,
      entries: [...story.entries],
      receipts: noReceipts,
    })
    const show = () => draw(<Log timeline={timeline} conversationId={conversationId} visitorName="Mina" />)
    const fold = (event: Parameters<typeof applyTimeline>[1]) => {
      timeline = applyTimeline(timeline, event)
      return show()
    }
    await show()
    return { fold }
  }

  it('is what others write from now on, once', async () => {
    const story = new Story().visitor(minute)
    const { fold } = await openLog(story)
    expect(announced()).toEqual([])
    await fold({ type: 'entries', entries: story.visitor(2 * minute).entries.slice(-1) })
    expect(announced()).toHaveLength(1)
    expect(announced()[0]).toMatch(/^Mina: /)
    await fold({ type: 'receipts', receipts: noReceipts })
    expect(announced()).toHaveLength(1)
  })

  it('is nothing of one’s own: neither the message nor how far it has got', async () => {
    const story = new Story().visitor(minute)
    const { fold } = await openLog(story)
    await fold({ type: 'queued', clientId: clientId(7), text: 'On its way', writtenAt: 0 })
    await fold({ type: 'sending', clientId: clientId(7) })
    story.run({ type: 'message', author: sara, clientId: clientId(7), text: 'On its way', note: false }, 3)
    await fold({ type: 'entries', entries: story.entries.slice(1) })
    await fold({ type: 'receipts', receipts: { ...noReceipts, visitor: { delivered: 9, seen: 9 } } })
    expect(announced()).toEqual([])
    expect(all('[role=log]').map((log) => log.getAttribute('aria-live'))).toEqual(['off'])
  })
})

describe('a rule as a sentence on the page', () => {
  it('counts as its language does', async () => {
    const { draw } = await openStage()
    const seconds = (atLeast: number) => [{ kind: 'secondsOnPage' as const, atLeast }]
    await draw(<Sentence when={seconds(1)} />)
    expect(document.body.textContent).toBe('When they have been on the page for 1 second')
    await draw(<Sentence when={seconds(30)} />)
    expect(document.body.textContent).toBe('When they have been on the page for 30 seconds')
  })

  it('joins its parts as its language does', async () => {
    const { draw } = await openStage()
    await draw(<Sentence when={[{ kind: 'url', glob: '/*' }, { kind: 'somebodyCanAnswer' }]} />)
    expect(document.body.textContent).toBe('When the page is /* and somebody can answer')
    expect([catalogues.ar.andWithin, catalogues.fa.andWithin]).toEqual([' و', ' و '])
  })
})

describe('a rule of one site among several', () => {
  const other = makeId('s', 0, new Uint8Array(10).fill(9))
  const key = (n: number) => `site-${n}` as never
  const sites = [
    { id: siteId, key: key(1), name: 'Shop' },
    { id: other, key: key(2), name: 'Blog' },
  ]
  const form = (
    <RuleForm rule={newRule(siteId)} id={null} onSave={async () => []} onCancel={() => undefined} />
  )
  const preview = () => all('.preview-from').map((one) => one.textContent)

  it('can be given to each, and is previewed under the name visitors will see', async () => {
    const { draw } = await openStage({ sites })
    await draw(form)
    expect(preview()).toEqual(['Shop'])
    const select = all('select').find((one) => one.textContent?.includes('Blog'))
    if (select instanceof HTMLSelectElement) select.value = other
    await act(() => void select?.dispatchEvent(new Event('change', { bubbles: true })))
    expect(preview()).toEqual(['Blog'])
  })

  it('asks nothing where there is one site', async () => {
    const { draw } = await openStage({ sites: sites.slice(0, 1) })
    await draw(form)
    expect(all('label').map((one) => one.textContent)).not.toContain(en.site)
  })
})

describe('what stands above every screen', () => {
  it('W18 warns while this browser keeps nothing', async () => {
    const { draw, keep } = await openStage()
    await draw(<ConnectionNotice />)
    expect(all('.notice').map((one) => one.textContent)).toEqual([''])
    keep.forbid()
    await act(() => keep.write('draft', 'text'))
    expect(all('.notice').map((one) => one.textContent)).toEqual([en.notKept])
  })
})
