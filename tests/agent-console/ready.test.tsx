// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { Ready } from '../../agent-console/proactive/ready.tsx'
import type { RuleDesk } from '../../agent-console/proactive/rule-book.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const needs = (id: 'cart' | 'feature' | 'form') =>
  [...document.querySelectorAll(`[aria-label="${en[`ready.${id}`]}"] .need span`)].map(
    (one) => one.textContent,
  )

/** A server that answers so when it is asked what pages have told. */
async function look(answer: Result<object>) {
  const asked: string[] = []
  const get = async (path: string) => {
    asked.push(path)
    return answer as never
  }
  const { draw } = await openStage({}, { get })
  await draw(<Ready site={siteId} desk={{} as RuleDesk} rules={[]} onEdit={() => undefined} />)
  await expect.poll(() => asked).toEqual([`/sites/${siteId}/told`])
}

describe('a ready-made rule', () => {
  it('T84 says whether what it needs was told, of somebody here or on record', async () => {
    const here = { events: ['cart'], attributes: [] }
    const recorded = { events: ['cart', 'order'], attributes: ['triedReports'] }
    await look(success({ here, recorded }))
    await expect.poll(() => needs('cart')).toEqual([en.needSeen, en.needRecorded])
    expect(needs('feature')).toEqual([en.needRecorded])
    expect(needs('form')).toEqual([en.needNotSeen, en.needNotSeen])
  })

  it('T84 says nothing of it while that is not known', async () => {
    await look(failure('unavailable', 'Later.'))
    expect(needs('cart')).toEqual([])
  })
})
