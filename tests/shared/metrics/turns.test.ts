import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { foldTurns, type Segment, type Turn } from '../../../shared/metrics/turns.ts'
import { anyStory } from '../any-story.ts'
import {
  clientId,
  conversationId,
  inviteId,
  minute,
  omid,
  ruleId,
  Story,
  sara,
  siteId,
  visitor,
} from '../story.ts'

/** Length of the wait in ms; of one that goes on what it has come to by `now`. */
const waited = ({ openedAt, end }: Turn, now: number): number =>
  Math.max(0, (end.by === 'nothing' ? now : end.at) - openedAt)

const subject = { id: conversationId, siteId }
const late = 1_000 * minute
const fold = (story: Story, now = late): ReturnType<typeof foldTurns> =>
  foldTurns(subject, story.entries, now)
const turns = (story: Story, now = late): Turn[] => fold(story, now).turns
const lengths = (story: Story, now = late): number[] =>
  turns(story, now).map((turn) => waited(turn, now) / minute)

/** `queue 2, Sara 3`: whom each piece is charged to, in minutes. */
const charged = (segments: readonly Segment[] = []): string =>
  segments
    .map((piece) => {
      const owner = piece.charge === 'queue' ? 'queue' : piece.agentId === sara.id ? 'Sara' : 'Omid'
      return `${owner} ${(piece.to - piece.from) / minute}`
    })
    .join(', ')

/** Minutes, so that the examples read as on a clock. */
const at = (minutes: number): number => minutes * minute

describe('a turn', () => {
  it('M1 opens at the first unanswered message, and further ones do not reset it', () => {
    const story = new Story()
      .visitor(at(0))
      .visitor(at(3))
      .visitor(at(4))
      .agent(at(5))
      .visitor(at(9))
      .agent(at(10))
    expect(lengths(story)).toEqual([5, 1])
    expect(turns(story).map(({ first }) => first)).toEqual([true, false])
  })

  it('M2 is not closed by a note, nor by what is sent by itself', () => {
    const story = new Story().visitor(at(0)).note(at(1)).agent(at(7))
    const automatic: Entry = {
      ...{ kind: 'message', author: sara, text: 'We are on our way.', clientId: null, auto: true },
      ...{ visibility: 'visible', seq: 2, at: at(2) },
    }
    const bot: Entry = { ...automatic, author: { kind: 'bot', name: 'Ahlan' }, auto: false }
    for (const between of [automatic, bot]) {
      const [first, ...rest] = story.entries
      const [turn] = foldTurns(subject, first ? [first, between, ...rest] : [], late).turns
      expect(turn && waited(turn, late)).toBe(at(7))
    }
  })

  it('M3 counts as "at least" when the conversation was closed unanswered', () => {
    const [turn] = turns(new Story().visitor(at(0)).close(at(8)))
    expect(turn?.end).toMatchObject({ by: 'close', at: at(8) })
    expect(turn && waited(turn, late)).toBe(at(8))
  })

  it('M3 goes on while nobody answers', () => {
    const story = new Story().visitor(at(10))
    expect(lengths(story, at(15))).toEqual([5])
    expect(turns(story, at(15))[0]?.end).toEqual({ by: 'nothing' })
  })

  it('M5 begins at the answer to an invitation, not at the invitation', () => {
    const story = new Story()
    const invitation = { ruleId, inviteId, text: 'May I help?', author: sara }
    const reply = { author: visitor, clientId: clientId(1), text: 'Yes', note: false, invitation }
    story.run({ type: 'message', ...reply }, at(20))
    expect(lengths(story.agent(at(22)))).toEqual([2])
    expect(turns(story)[0]?.openedSeq).toBe(2)
  })

  it('M6 is a first one again after a reopening', () => {
    const story = new Story()
      .visitor(at(0))
      .agent(at(1))
      .close(at(2))
      .visitor(at(30))
      .agent(at(34))
      .visitor(at(40))
    expect(turns(story).map(({ episode, first }) => [episode, first])).toEqual([
      [1, true],
      [2, true],
      [2, false],
    ])
    expect(lengths(story, at(41))).toEqual([1, 4, 1])
  })
})

describe('the pieces of a turn', () => {
  it('M4 are charged to the one who owned them', () => {
    const story = new Story().visitor(at(0)).assign(at(2), sara).assign(at(5), omid).agent(at(9), omid)
    expect(charged(turns(story)[0]?.segments)).toBe('queue 2, Sara 3, Omid 4')
  })

  it('M4 go back to the queue when the owner is taken away', () => {
    const story = new Story().assign(at(0), sara).visitor(at(1)).assign(at(4), null).agent(at(6), omid)
    expect(charged(turns(story)[0]?.segments)).toBe('Sara 3, queue 2')
  })

  it('M4 charge nothing to an agent who takes it by answering', () => {
    expect(charged(turns(new Story().visitor(at(0)).agent(at(6)))[0]?.segments)).toBe('queue 6')
  })

  it('M4 add up to the length of the turn, one after the other', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(10_000_000), (story, pause) => {
        const now = story.conversation.changedAt + pause
        for (const turn of turns(story, now)) {
          const sum = turn.segments.reduce((total, { from, to }) => total + to - from, 0)
          expect(sum).toBe(waited(turn, now))
          const starts = turn.segments.map(({ from }) => from)
          expect(starts).toEqual([turn.openedAt, ...turn.segments.slice(0, -1).map(({ to }) => to)])
        }
      }),
    )
  })
})

describe('turns as a whole', () => {
  it('M2 do not overlap, and at most the last is open', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const all = turns(story, story.conversation.changedAt)
        all.forEach((turn, i) => {
          const next = all[i + 1]
          if (next) expect('seq' in turn.end && turn.end.seq < next.openedSeq).toBe(true)
        })
        const open = all.filter(({ end }) => end.by === 'nothing')
        expect(open.length).toBe(story.conversation.waitingSince === null ? 0 : 1)
      }),
    )
  })

  it('M6 have one first turn an episode at most', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const firsts = turns(story).filter(({ first }) => first)
        expect(new Set(firsts.map(({ episode }) => episode)).size).toBe(firsts.length)
      }),
    )
  })
})

describe('a closed episode', () => {
  const closed = (): Story => new Story().visitor(at(0)).agent(at(1), omid).visitor(at(2)).close(at(3))

  it('M8 keeps where its rating stands', () => {
    const story = closed()
    const surveys = (): string[] => fold(story).episodes.map(({ survey }) => survey.state)
    expect(surveys()).toEqual(['due'])
    story.run({ type: 'showSurvey' }, at(3))
    expect(surveys()).toEqual(['shown'])
    story.run({ type: 'skipSurvey' }, at(4))
    expect(surveys()).toEqual(['skipped'])
    expect(fold(story.rate(at(5), 4, 'Kind')).episodes).toMatchObject([
      {
        episode: 1,
        startedAt: 0,
        closedAt: at(3),
        agentId: omid.id,
        survey: { state: 'answered', rating: 4 },
      },
    ])
  })

  it('M6 is followed by one of its own', () => {
    const story = closed().rate(at(4), 5).visitor(at(60)).close(at(61))
    expect(fold(story).episodes).toMatchObject([
      { episode: 1, survey: { state: 'answered' } },
      { episode: 2, startedAt: at(60), agentId: null, survey: { state: 'neverDue' } },
    ])
  })
})
