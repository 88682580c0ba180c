// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ConditionsEditor } from '../../agent-console/conditions/conditions-editor.tsx'
import type { PlacedFault } from '../../agent-console/conditions/editing.tsx'
import { offers } from '../../agent-console/conditions/offers.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { limits } from '../../shared/limits.ts'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import { Rule, type RuleNode } from '../../shared/triggers/rule.ts'
import { piecesOf } from '../../shared/triggers/words/words.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const named = (name: string, within = 'button') =>
  all(within).find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === name)
const press = (element: HTMLElement | undefined, key?: string) =>
  act(() => {
    if (key === undefined) element?.click()
    else element?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  })
const type = (element: HTMLElement | undefined, text: string) =>
  act(() => {
    if (element instanceof HTMLInputElement) element.value = text
    element?.dispatchEvent(new Event('input', { bubbles: true }))
  })
const announced = () =>
  all('[role=status]')
    .map((one) => one.textContent)
    .join(' ')

/** An editor whose owner keeps what it tells. */
async function openEditor(first: readonly RuleNode[], faults: readonly PlacedFault[] = []) {
  const { draw } = await openStage()
  const held = { when: first }
  const show = (): Promise<void> =>
    draw(
      <ConditionsEditor
        when={held.when}
        site={siteId}
        faults={faults}
        onChange={(next) => {
          held.when = next
          void show()
        }}
      />,
    )
  await show()
  return held
}

const page = { kind: 'url', glob: '/a' } as const
const leaving = { kind: 'exitIntent' } as const
const either: RuleNode = { kind: 'any', of: [leaving, { kind: 'scroll', atLeast: 50 }] }
const handle = (what: string) => named(en.moveCondition.replace('{what}', what))
const said = { page: 'the page is \u2068/a\u2069', leaving: 'they are about to leave' }

describe('the editor of conditions', () => {
  it.each(kinds.map(({ id }) => id))('T18 T110 has a control for every field of %s', async (id) => {
    const { begin } = offers[id]
    await openEditor([begin])
    const fields = piecesOf(begin, 'en').filter(({ slot }) => slot !== null && slot !== 'hours')
    const controls = all('.clause-words > *').filter((one) =>
      one.matches(':is(input, select, .slot-pair, .tokens)'),
    )
    expect(controls).toHaveLength(fields.length)
    for (const one of all('.clause-words :is(input, select)'))
      expect(one.getAttribute('aria-label') ?? one.closest('label')).toBeTruthy()
  })

  it('T110 finds a condition by any of its words, and adds it by the keyboard', async () => {
    const held = await openEditor([page])
    await press(named(en.addCondition))
    const search = named(en.findCondition, 'input')
    expect(document.activeElement).toBe(search)
    expect(all('[role=option]')).toHaveLength(kinds.length + 1)
    await type(search, 'left alone')
    await press(search, 'Enter')
    expect(held.when).toEqual([page, { kind: 'cartAbandoned', seconds: 300 }])
    expect(announced()).toContain(en['kind.cartAbandoned'])
    expect(document.activeElement?.closest('li')?.textContent).toContain('a filled cart')
  })

  it('T110 moves a condition into a group and out of it with arrow keys, and says where it is', async () => {
    const held = await openEditor([page, either])
    await press(handle(said.page), 'ArrowDown')
    expect(held.when).toEqual([{ kind: 'any', of: [page, ...('of' in either ? either.of : [])] }])
    expect(announced()).toContain('now in place 1 of its group')
    expect(document.activeElement).toBe(handle(said.page))
    for (let i = 0; i < 3; i++) await press(handle(said.page), 'ArrowDown')
    expect(held.when).toEqual([either, page])
    await press(handle(said.page), 'ArrowDown')
    expect(announced()).toContain(en.noFurther)
  })

  it('T110 nests no deeper than a rule may, and has as many as a rule may', async () => {
    let deep: RuleNode = leaving
    for (let i = 0; i < limits.groupDepth; i++) deep = { kind: 'any', of: [deep] }
    await openEditor([deep])
    await press(handle(said.leaving))
    expect(named(en.putInGroup)).toBeUndefined()
    await openEditor(Array.from({ length: limits.conditionsPerRule }, () => ({ ...leaving })))
    expect(named(en.addCondition)).toBeUndefined()
  })

  it('T110 brings back what was removed, where it was', async () => {
    const held = await openEditor([page, either])
    await press(named(en.removeThis.replace('{what}', said.leaving)))
    expect(held.when).toEqual([page, { kind: 'any', of: [{ kind: 'scroll', atLeast: 50 }] }])
    expect(document.activeElement).toBe(named(en.undo))
    await press(named(en.undo))
    expect(held.when).toEqual([page, either])
  })

  it('T110 keeps what was typed where it is no number, and says which would do', async () => {
    const held = await openEditor([{ kind: 'scroll', atLeast: 50 }])
    const field = named(en['slot.number'], 'input')
    await type(field, '500')
    expect(held.when).toEqual([{ kind: 'scroll', atLeast: 50 }])
    expect(field?.getAttribute('aria-invalid')).toBe('true')
    expect(document.body.textContent).toContain('from 1 to 100')
    await type(field, '۷۵')
    expect(held.when).toEqual([{ kind: 'scroll', atLeast: 75 }])
    expect(field?.getAttribute('aria-invalid')).not.toBe('true')
  })

  it('T110 shows a fault at the condition it is in, and marks the field', async () => {
    await openEditor([page, either], [{ path: 'when.1.of.1.atLeast', text: 'out of range' }])
    const row = all('.clause-fault')[0]?.closest('li')
    expect(row?.textContent).toContain('of the page')
    expect(row?.querySelectorAll('[aria-invalid=true]')).toHaveLength(1)
  })

  it('T110 asks an event for more, and leaves it out again', async () => {
    const held = await openEditor([{ kind: 'event', name: 'signup', atLeast: 1 }])
    await press(named(en['extra.within']))
    expect(held.when).toEqual([{ kind: 'event', name: 'signup', atLeast: 1, withinSeconds: 3_600 }])
    await press(named(en['extra.within']))
    expect(held.when).toEqual([{ kind: 'event', name: 'signup', atLeast: 1 }])
  })

  it('T110 begins every kind as something that holds water', () => {
    const written = Object.values(offers)
      .map(({ begin }) => begin)
      .filter(({ kind }) => kind !== 'segment' && kind !== 'teamOnline')
    for (const begin of written) expect(v.safeParse(Rule.entries.when, [begin]).success).toBe(true)
  })
})
