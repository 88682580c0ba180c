import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { en as consoleEnglish } from '../../agent-console/ui/texts/en.ts'
import { fa as consolePersian } from '../../agent-console/ui/texts/fa.ts'
import { texts as widgetEnglish } from '../../widget/ui/texts/en.ts'
import { texts as widgetPersian } from '../../widget/ui/texts/fa.ts'
import { type Client, textAt } from './client.ts'
import type { ConsoleGuard } from './console-guard.ts'
import { asked } from './guest.ts'

/** The two languages the story is told in, and what the two people say in it. */
const scripts = {
  en: {
    widget: { ...widgetEnglish, ...asked('en') },
    console: consoleEnglish,
    shop: '/demo/',
    invitation: 'Shall I help you choose a vase?',
    question: 'Does the vase hold water?',
    answer: 'Yes, it is glazed inside.',
    thanks: 'Lovely, I will take it.',
    comment: 'Quick and kind',
  },
  fa: {
    widget: { ...widgetPersian, ...asked('fa') },
    console: consolePersian,
    shop: '/demo/fa/',
    invitation: 'در انتخاب گلدان کمکتان کنم؟',
    question: 'این گلدان آب را نگه می‌دارد؟',
    answer: 'بله، داخلش لعاب دارد.',
    thanks: 'عالی، همین را می‌خرم.',
    comment: 'سریع و مهربان',
  },
} as const

export type StoryLocale = keyof typeof scripts

export interface Stage {
  url: string
  browser: Browser
  guard: ConsoleGuard
  owner: { email: string; password: string }
  /** The owner, over HTTP. */
  api: Client
  locale: StoryLocale
}

interface Scene extends Stage {
  words: (typeof scripts)[StoryLocale]
  visitor: Page
  agent: Page
}

/**
 * From tag to rating, two people in one browser: a visitor browses the shop, the agent sees them
 * move, a proactive message appears, they talk, the agent closes, the visitor rates, the report tells.
 */
export async function playStory(stage: Stage): Promise<void> {
  const scene = await raiseCurtain(stage)
  try {
    await greetOnVasePage(scene)
    await signIn(scene)
    await visitorBrowses(scene)
    await answerInvitation(scene)
    await agentReplies(scene)
    await agentCloses(scene)
    await visitorRates(scene)
    await reportTells(scene)
  } finally {
    await Promise.all([scene.visitor.context().close(), scene.agent.context().close()])
  }
}

async function raiseCurtain(stage: Stage): Promise<Scene> {
  const words = scripts[stage.locale]
  const [visitor, agent] = await Promise.all([openPage(stage), openPage(stage)])
  return { ...stage, words, visitor, agent }
}

async function openPage({ browser, guard, locale }: Stage): Promise<Page> {
  const context = await browser.newContext({ locale })
  guard.watch(context)
  return context.newPage()
}

/** A rule of the owner's: on the vase's page, when somebody can answer, speak. */
async function greetOnVasePage({ api, words, locale }: Scene): Promise<void> {
  const sites = await api.get('/api/v1/sites')
  const made = await api.send('POST', '/api/v1/rules', {
    siteId: textAt(sites, 'items', 0, 'id'),
    name: 'Vase',
    enabled: true,
    priority: 10,
    when: [
      { kind: 'url', glob: '*/products/cypress-vase/' },
      { kind: 'pageViews', atLeast: 2 },
      { kind: 'somebodyCanAnswer' },
    ],
    say: { [locale]: words.invitation },
  })
  expect(made.status).toBe(201)
}

async function signIn({ agent, url, owner, words }: Scene): Promise<void> {
  await agent.goto(`${url}/console/`)
  await agent.getByRole('textbox', { name: words.console.email }).fill(owner.email)
  await agent.getByRole('textbox', { name: words.console.password }).fill(owner.password)
  await agent.getByRole('button', { name: words.console.signIn }).click()
  await mainLink(agent, words, 'visitors').click()
}

const mainLink = (page: Page, words: Scene['words'], screen: 'inbox' | 'visitors' | 'reports'): Locator =>
  page
    .getByRole('navigation', { name: words.console.main })
    .getByRole('link', { name: words.console[screen] })

/** The agent follows every move without touching anything. */
async function visitorBrowses({ visitor, agent, url, words }: Scene): Promise<void> {
  const table = agent.getByRole('table', { name: words.console.liveVisitors })
  await visitor.goto(`${url}${words.shop}`)
  await table.getByText(await visitor.title()).waitFor()
  await visitor.locator(`a[href="${words.shop}products/cypress-vase/"]`).first().click()
  await visitor.waitForURL('**/products/cypress-vase/')
  await table.getByText(await visitor.title()).waitFor()
}

async function answerInvitation({ visitor, words }: Scene): Promise<void> {
  const bubble = visitor.getByRole('status').filter({ hasText: words.invitation })
  await bubble.waitFor()
  await visitor.getByRole('button', { name: words.widget.reply }).click()
  await say(visitor, words, words.question)
}

async function say(visitor: Page, words: Scene['words'], text: string): Promise<void> {
  await visitor.getByRole('textbox', { name: words.widget.message }).fill(text)
  await visitor.getByRole('button', { name: words.widget.send, exact: true }).click()
  await visitor.getByRole('log', { name: words.widget.conversation }).getByText(text).waitFor()
}

async function agentReplies({ visitor, agent, words }: Scene): Promise<void> {
  await mainLink(agent, words, 'inbox').click()
  const list = agent.getByRole('list', { name: words.console.conversations })
  await list.getByRole('link').filter({ hasText: words.question }).click()
  const log = agent.getByRole('log', { name: words.console.conversation })
  await log.getByText(words.invitation).waitFor()
  await log.getByText(words.question).waitFor()
  await agent.getByRole('textbox', { name: words.console.replyBox }).fill(words.answer)
  await agent.getByRole('button', { name: words.console.send, exact: true }).click()
  await visitor.getByRole('log').getByText(words.answer).waitFor()
  await say(visitor, words, words.thanks)
  await log.getByText(words.thanks).waitFor()
}

async function agentCloses({ agent, words }: Scene): Promise<void> {
  await agent.getByRole('button', { name: words.console.closeConversation }).click()
  await agent.getByRole('button', { name: words.console.reopenConversation }).waitFor()
}

async function visitorRates({ visitor, agent, words }: Scene): Promise<void> {
  const survey = visitor.getByRole('group', { name: words.widget.surveyQuestion })
  await survey.getByRole('radio').nth(4).check()
  await visitor.getByRole('textbox', { name: words.widget.comment }).fill(words.comment)
  await visitor.getByRole('button', { name: words.widget.sendRating }).click()
  await visitor.getByText(words.widget.thanks).waitFor()
  await agent.getByRole('log').getByText(words.comment).waitFor()
}

/** The figures of the page and of the interface are the same. */
async function reportTells({ agent, api, words }: Scene): Promise<void> {
  await mainLink(agent, words, 'reports').click()
  // The conversation, which shows the comment too, is left first.
  await agent.getByRole('log').waitFor({ state: 'detached' })
  const parts = agent.getByRole('navigation', { name: words.console.reportParts })
  await parts.getByRole('link', { name: words.console.satisfaction }).click()
  await agent.getByText(words.comment).waitFor()
  const period = `from=${isoFromNow(-1)}&to=${isoFromNow(1)}`
  const responses = await api.get(`/api/v1/reports/response-times?${period}`)
  const ratings = await api.get(`/api/v1/reports/satisfaction?${period}`)
  expect(responses.json).toMatchObject({ measures: { 'firstResponse.customer': { n: 1, censored: 0 } } })
  expect(ratings.json).toMatchObject({ csat: { shown: 1, answered: 1, score: 1, mean: 5 } })
}

const isoFromNow = (days: number): string =>
  encodeURIComponent(new Date(Date.now() + days * 86_400_000).toISOString())
