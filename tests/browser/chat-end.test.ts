import { describe, expect, it } from 'vitest'
import { meet, meetToTheEnd } from '../support/conversing.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

describe('the end of a chat', () => {
  it('C5 comes when the visitor ends it, and only once they have confirmed', async () => {
    const { agent, guest, id } = await meet(town)
    await guest.button('endChat').click()
    await guest.button('endCancel').click()
    await guest.says('One more thing')
    await guest.button('endChat').click()
    await guest.button('endConfirm').click()
    await guest.log.getByText(guest.words.visitorClosed).waitFor()
    const said = await agent.wire.heard('entries:added', ({ entries }) =>
      entries.some(({ kind }) => kind === 'closed'),
    )
    expect(said.conversationId).toBe(id)
  })

  it('C7 asks how it was, and takes a skip as easily', async () => {
    const { agent, guest } = await meetToTheEnd(town)
    await guest.button('skip').click()
    await guest.survey.waitFor({ state: 'detached' })
    await agent.wire.heard('entries:added', ({ entries }) =>
      entries.some(({ kind }) => kind === 'surveySkipped'),
    )
    await guest.page.reload()
    await guest.dialog.getByRole('button', { name: 'I take it.' }).click()
    await guest.log.getByText('I take it.').waitFor()
    expect(await guest.survey.count()).toBe(0)
  })

  it('C7 lets a rating be changed', async () => {
    const { agent, guest } = await meetToTheEnd(town)
    await guest.page.getByRole('radio', { name: '2 – Bad' }).check()
    await guest.button('sendRating').click()
    await guest.button('changeRating').click()
    await guest.page.getByRole('radio', { name: '5 – Very good' }).check()
    await guest.page.getByRole('textbox', { name: 'Comment (optional)' }).fill('It came after all')
    await guest.button('sendRating').click()
    await guest.button('changeRating').waitFor()
    await agent.wire.heard('entries:added', ({ entries }) =>
      entries.some((entry) => entry.kind === 'rated' && entry.rating === 5 && entry.comment !== ''),
    )
  })

  it('C3 is undone by writing again', async () => {
    const { guest, id } = await meetToTheEnd(town)
    await guest.says('I forgot something.')
    await guest.log.getByText(guest.words.reopened).waitFor()
    expect(await guest.survey.count()).toBe(0)
    expect(await town.conversation()).toBe(id)
  })
})
