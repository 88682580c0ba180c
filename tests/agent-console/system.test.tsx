// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { SystemSection } from '../../agent-console/settings/system-section.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { JobId, type JobRow } from '../../shared/job.ts'
import { failure, success } from '../../shared/result.ts'
import { conversationId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const job = (state: JobRow['state'], kind = 'survey:lock'): JobRow => ({
  id: parse(JobId, `${conversationId}.3.5.${kind}`),
  ...{ kind, conversationId, state, attempts: 3, createdAt: 5 },
  ...{ dueAt: state === 'dead' ? null : Date.UTC(2026, 4, 4), lastError: 'unavailable: <b>no</b>' },
})

/** A server with these jobs, which takes off its list whatever is sent for. */
async function openSystem(jobs: JobRow[]) {
  const sent: string[] = []
  const state = { jobs, failing: false }
  const get = async (_: string, { state: asked }: Query = {}) => {
    if (state.failing) return failure('unavailable', 'Later.') as never
    const items = state.jobs.filter((one) => one.state === asked)
    const counts = { waiting: 0, running: 0, retrying: 0, dead: 0 }
    for (const one of state.jobs) counts[one.state]++
    return success({ items, nextCursor: null, counts }) as never
  }
  const send = async (method: string, path: string) => {
    sent.push(`${method} ${decodeURIComponent(path)}`)
    state.jobs = []
    return success(undefined) as never
  }
  const { draw } = await openStage({}, { get, send })
  const show = () => draw(<SystemSection />)
  await show()
  /** What was asked for has been answered and drawn. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await act(async () => undefined)
  }
  await settle()
  const press = async (name: string) => {
    await act(() =>
      all('button')
        .find((one) => one.textContent === name)
        ?.click(),
    )
    await settle()
  }
  return { sent, state, press }
}

describe('the system section', () => {
  it('S33 says that everything is done where nothing waits', async () => {
    await openSystem([])
    expect(document.body.textContent).toContain(en.jobsNone)
    expect(all('dd').map((one) => one.textContent)).toEqual(['0', '0', '0', '0'])
  })

  it('S33 shows what was given up, why and where, and what is tried again, and when', async () => {
    await openSystem([job('dead'), job('retrying', 'later:kind')])
    const [dead, retrying] = all('li').map((one) => one.textContent ?? '')
    expect(dead).toContain(en.jobSurveyLock)
    expect(dead).toContain('tried 3 times')
    expect(dead).toContain('unavailable: <b>no</b>')
    expect(retrying).toContain('later:kind')
    expect(retrying).toContain('2026')
    expect(all('a').map((one) => one.getAttribute('href'))).toContain(`#/inbox/${conversationId}`)
    expect(all('dd').map((one) => one.textContent)).toEqual(['0', '0', '1', '1'])
  })

  it.each([
    [en.jobRetry, 'POST', '/retry'],
    [en.jobDiscard, 'DELETE', ''],
  ])('S33 can %s a job, and looks again', async (name, method, path) => {
    const { sent, press } = await openSystem([job('dead')])
    await press(name)
    expect(sent).toEqual([`${method} /jobs/${job('dead').id}${path}`])
    expect(document.body.textContent).toContain(en.jobsNone)
  })

  it('S33 offers to try again when it could not load', async () => {
    const { state, press } = await openSystem([job('dead')])
    state.failing = true
    await press(en.jobRetry)
    expect(all('[role=alert]').map((one) => one.textContent)).toEqual([en.couldNotLoad + en.tryAgain])
    state.failing = false
    await press(en.tryAgain)
    expect(all('[role=alert]')).toEqual([])
  })
})
