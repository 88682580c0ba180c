// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { ActionEditor } from '../../agent-console/proactive/action-editor.tsx'
import { Preview } from '../../agent-console/proactive/preview.tsx'
import { TextsEditor } from '../../agent-console/proactive/texts-editor.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const buttons = { kind: 'buttons', buttons: [{ does: 'answer', label: { en: 'Yes' } }] } as const
const draft = (more: object): RuleDraft => ({
  ...{ siteId, name: 'A', enabled: true, priority: 1, when: [], say: { en: 'A' } },
  ...{ variants: [{ id: 'B', say: { en: 'B' } }] },
  ...more,
})
const differently = en.variantAction.replace('{name}', 'B')
const toggle = () => [...document.querySelectorAll('button')].find((one) => one.textContent === differently)

/** The text and its wordings, as they are edited one after another. */
async function edits(first: RuleDraft) {
  const { draw } = await openStage()
  const all = [first]
  const show = () =>
    draw(
      <TextsEditor
        rule={all.at(-1) ?? first}
        locale="en"
        onLocale={() => undefined}
        onChange={(next) => void all.push(next)}
      />,
    )
  await show()
  return { all, show }
}

describe('another wording', () => {
  it('T85 has the buttons of the rule until it is given some of its own, and gives them back', async () => {
    const { all, show } = await edits(draft({ action: buttons }))
    expect(document.querySelectorAll('.variant .action-parts')).toHaveLength(0)
    await act(() => toggle()?.click())
    await show()
    expect(all.at(-1)?.variants).toEqual([{ id: 'B', say: { en: 'B' }, action: buttons }])
    expect(document.querySelectorAll('.variant .action-parts')).toHaveLength(1)
    await act(() => toggle()?.click())
    expect(all.at(-1)).toEqual(all[0])
  })

  it('T85 has none to give where the rule shows only its text', async () => {
    await edits(draft({}))
    expect(toggle()).toBeUndefined()
  })

  it('T85 keeps none of another kind than the rule is of', async () => {
    const { draw } = await openStage()
    const told: RuleDraft[] = []
    const rule = draft({ action: buttons, variants: [{ id: 'B', say: { en: 'B' }, action: buttons }] })
    await draw(<ActionEditor rule={rule} locale="en" onChange={(next) => void told.push(next)} />)
    const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${en.actionKind}"]`)
    await act(() => {
      if (!select) throw new Error('There is nothing to choose with.')
      select.value = 'banner'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(told).toMatchObject([{ action: { kind: 'banner' }, variants: [{ id: 'B', say: { en: 'B' } }] }])
    expect(JSON.stringify(told)).not.toContain('Yes')
  })
})

describe('the preview', () => {
  const spoken = () =>
    [...document.querySelectorAll('.preview-bubble')].map((one) => [
      one.getAttribute('lang'),
      one.querySelector('.preview-from + p')?.textContent,
      one.querySelector('.preview-button')?.textContent,
    ])
  const press = (label: string) =>
    act(() => [...document.querySelectorAll('button')].find((one) => one.textContent === label)?.click())
  const own = { kind: 'buttons', buttons: [{ does: 'answer', label: { en: 'Sure' } }] } as const
  const say = { en: 'Hi {{visitor.name}}', ar: 'أهلاً' }
  const rule = draft({ action: buttons, say, variants: [{ id: 'B', say: { en: 'Hey' }, action: own }] })

  it('T117 shows each wording, with the buttons that its visitors get', async () => {
    const { draw } = await openStage()
    await draw(<Preview rule={rule} locale="en" />)
    expect(spoken()).toEqual([['en', 'Hi Maya', 'Yes']])
    await press(en.orElse.replace('{name}', 'B'))
    expect(spoken()).toEqual([['en', 'Hey', 'Sure']])
    const { variants: _, ...alone } = rule
    await draw(<Preview rule={alone} locale="en" />)
    expect(spoken()).toEqual([['en', 'Hi Maya', 'Yes']])
  })

  it('T117 shows all languages at once, as each would hear it', async () => {
    const { draw } = await openStage()
    await draw(<Preview rule={rule} locale="en" />)
    await press(en.previewAll)
    expect(spoken()).toEqual([
      ['en', 'Hi Maya', 'Yes'],
      ['ar', 'أهلاً', 'Yes'],
      ['fa', expect.stringContaining('Hi '), 'Yes'],
    ])
    await press(en.previewAll)
    expect(spoken()).toHaveLength(1)
  })
})
